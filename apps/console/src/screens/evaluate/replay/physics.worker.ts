/// <reference lib="webworker" />
import { loadPhysics } from '@chiron/sim/web'
import wasmUrl from '@mujoco/mujoco/mujoco.wasm?url'
import type { Answer, Ask, Recorded } from './protocol.ts'
import { openRecorded, rerun } from './rerun.ts'

declare const self: DedicatedWorkerGlobalScope

let recorded: Recorded | undefined

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
