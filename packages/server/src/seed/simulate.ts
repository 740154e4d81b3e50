import { access, mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { planRun, type RunKind } from './gripper-plan.ts'
import { type GripperRun, runGripper } from './gripper-run.ts'
import { renderRun } from './render-run.ts'

/** Raised when the pictures change, so that old ones are not taken for new. */
const EDITION = 1
const RUNS: readonly { kind: RunKind; seed: string }[] = [
  { kind: 'placed', seed: '1' },
  { kind: 'dropped', seed: '1' },
  { kind: 'placed', seed: '2' },
  { kind: 'missed', seed: '1' },
  { kind: 'misplaced', seed: '1' },
]

/** A clip drawn from a physics run on this machine. It shows no person and no real robot, and says so in its picture. */
export interface SimulatedClip {
  name: string
  file: string
  kind: GripperRun['outcome']
  seed: string
}

/**
 * The demo's clips: a two-finger gripper that lifts a block onto a pad, drops it, misses it or puts it elsewhere.
 * Physics by MuJoCo, pictures by our own rasteriser; the same on every machine. Made once, in a few seconds, and kept
 * under `home/simulated`. `onClip` is told of each as it is ready.
 */
export async function simulateClips(
  home: string,
  onClip: (doneCount: number, totalCount: number) => void = () => {},
): Promise<SimulatedClip[]> {
  const folder = path.join(home, 'simulated', `v${EDITION}`)
  await mkdir(folder, { recursive: true })
  const clips: SimulatedClip[] = []
  for (const { kind, seed } of RUNS) {
    const name = `${kind}-${seed}`
    const file = path.join(folder, `${name}.mp4`)
    if (!(await isThere(file))) await makeClip({ kind, seed, file })
    clips.push({ name, file, kind, seed })
    onClip(clips.length, RUNS.length)
  }
  return clips
}

async function makeClip({ kind, seed, file }: { kind: RunKind; seed: string; file: string }): Promise<void> {
  const plan = planRun(kind, seed)
  const run = await runGripper(plan)
  // What the physics did not do is not shown under its name.
  if (run.outcome !== kind) throw new Error(`the run ${kind}-${seed} came out as ${run.outcome}`)
  const half = `${file}.${process.pid}.half.mp4`
  try {
    await renderRun(plan, run, half)
    await rename(half, file)
  } finally {
    await rm(half, { force: true })
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file)
    return true
  } catch {
    return false // not made yet
  }
}
