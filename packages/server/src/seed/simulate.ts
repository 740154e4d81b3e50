import { access, mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type ControllerSpec, pickPlaceTemplate, runScenario, scenarioOf } from '@chiron/sim'
import { loadPhysics, renderRun } from '@chiron/sim/node'

/** Raised when the pictures change, so that old ones are not taken for new. */
const EDITION = 2

type RunKind = 'placed' | 'dropped' | 'missed' | 'misplaced'
/** How each is made to go, and what must come of it. */
const KINDS: Record<RunKind, { controller: ControllerSpec; failureId: string | null }> = {
  placed: { controller: { kind: 'pick-place', skill: 1 }, failureId: null },
  dropped: { controller: { kind: 'pick-place', skill: 1, mistake: 'drops' }, failureId: 'failure.dropped' },
  missed: {
    controller: { kind: 'pick-place', skill: 1, mistake: 'misses' },
    failureId: 'failure.missed-grasp',
  },
  misplaced: {
    controller: { kind: 'pick-place', skill: 1, mistake: 'misplaces' },
    failureId: 'failure.wrong-place',
  },
}
const SETTINGS = {
  object: 'block',
  pose: 'usual',
  clutter: 'none',
  light: 'bright',
  surface: 'rough',
  distractors: 'none',
}
const RUNS: readonly { kind: RunKind; seed: number }[] = [
  { kind: 'placed', seed: 1 },
  { kind: 'dropped', seed: 1 },
  { kind: 'placed', seed: 2 },
  { kind: 'missed', seed: 1 },
  { kind: 'misplaced', seed: 1 },
]

/** A clip drawn from a physics run on this machine. It shows no person and no real robot, and says so in its picture. */
export interface SimulatedClip {
  name: string
  file: string
  kind: RunKind
  seed: number
}

/**
 * The demo's clips: a two-finger gripper that lifts a block onto a pad, drops it, misses it or puts it elsewhere.
 * Physics by MuJoCo, pictures by our own rasteriser (@chiron/sim); the same on every machine. Made once, in a few seconds, and kept
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

async function makeClip({ kind, seed, file }: { kind: RunKind; seed: number; file: string }): Promise<void> {
  const { controller, failureId } = KINDS[kind]
  const physics = await loadPhysics()
  const scenario = scenarioOf(pickPlaceTemplate, { key: `${kind}-${seed}`, settings: SETTINGS, seed })
  const run = runScenario(physics, scenario, { controller, seed })
  // What the physics did not do is not shown under its name.
  if (run.failureId !== failureId)
    throw new Error(`the run ${kind}-${seed} came out as ${run.failureId ?? 'a success'}`)
  const half = `${file}.${process.pid}.half.mp4`
  try {
    await renderRun({ physics, scenario, run, file: half })
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
