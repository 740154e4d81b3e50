/// <reference lib="webworker" />
import { loadPhysics } from '@chiron/sim/web'
import wasmUrl from '@mujoco/mujoco/mujoco.wasm?url'
import type { Answer, Ask } from './protocol.ts'
import { openRecorded, rerun } from './rerun.ts'
import type { Trajectory } from './trajectory-in.ts'

declare const self: DedicatedWorkerGlobalScope

let recorded: { mjcf: string; trajectory: Trajectory } | undefined

self.onmessage = async ({ data }: MessageEvent<{ id: number; ask: Ask }>) => {
  const { id, ask } = data
  try {
    const physics = await loadPhysics(wasmUrl)
    self.postMessage({ id, answer: answerTo(ask, physics) })
  } catch (cause) {
    self.postMessage({ id, error: cause instanceof Error ? cause.message : String(cause) })
  }
}

function answerTo(ask: Ask, physics: Awaited<ReturnType<typeof loadPhysics>>): Answer {
  if ('open' in ask) {
    recorded = ask.open
    return { opened: openRecorded(physics, recorded) }
  }
  if (!recorded) throw new Error('nothing was opened')
  return { rerun: rerun(physics, recorded, ask) }
}
