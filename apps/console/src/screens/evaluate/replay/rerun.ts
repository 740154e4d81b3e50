import {
  type Model,
  openModel,
  type Perturbation,
  type Physics,
  posesAt,
  positionColumns,
  runScenario,
  type SimRollout,
  type SimScenario,
} from '@chiron/sim'
import { type Bone, boneAt, bonesOf } from './bones.ts'
import {
  type Drawn,
  type Ending,
  type Force,
  NUMBERS_PER_GEOM,
  type Opened,
  type Push,
  type Recorded,
  type Rerun,
  type Steering,
} from './protocol.ts'
import type { Trajectory } from './trajectory-in.ts'

/** Below this share of where it began, a trunk has fallen. */
const FALLEN = 0.6
/** A robot whose middle begins lower than this lies or drives: it cannot fall. */
const LEAST_HEIGHT_M = 0.3
/** Contacts of a run that are told, the hardest. */
const MOST_FORCES = 6

/** The model of a rollout, and where its parts stood at each sample. */
export function openRecorded(physics: Physics, recorded: Recorded): Opened {
  return within(physics, recorded.mjcf, (model) => {
    const { qpos, movedJointCount } = positionsOf(model, recorded.trajectory)
    // What is welded to the world cannot be pushed.
    const weldedTo = model.model.body_weldid as ArrayLike<number>
    return {
      geoms: [...model.geoms, ...bonesAtHome(model).map(({ geom }) => geom)],
      bodies: model.bodies.filter((name, at) => name !== '' && (weldedTo[at] ?? 0) > 0),
      feet: feetOf(model),
      isSteeredAgain: recorded.scenario !== null && recorded.steered !== null,
      movedJointCount,
      jointCount: model.joints.length,
      recorded: drawn(model, { timesMs: recorded.trajectory.timesMs, qpos }),
    }
  })
}

/**
 * Runs the scene of a rollout again from its beginning, once alone and once with a push. A scenario of a template of ours
 * is run whole, with what pushes it, and judged by the template's own rules.
 */
export function rerun(physics: Physics, recorded: Recorded, { push, steering }: Push): Rerun {
  const { scenario, startQpos, falling, loose } = within(physics, recorded.mjcf, (model) =>
    sceneOf(model, recorded),
  )
  const [startMs = 0] = recorded.trajectory.timesMs
  const order = orderOf(recorded, steering, startQpos)
  const run = (perturbations: readonly Perturbation[]) =>
    runScenario(physics, scenario, { ...order, perturbations })
  const alone = run([])
  const pushed = run([{ ...push, atMs: push.atMs - startMs }])
  return within(physics, recorded.mjcf, (model) => {
    const endingOf = (of: SimRollout): Ending => {
      const atMs = of.failureAtMs === null ? null : of.failureAtMs + startMs
      return {
        judged: recorded.scenario && { failureId: of.failureId, atMs },
        fell: falling === null ? null : { body: falling, atMs },
        places: placesAtEnd(model, of, loose),
      }
    }
    const timesMs = pushed.timesMs.map((timeMs) => timeMs + startMs)
    return {
      pushed: drawn(model, { timesMs, qpos: pushed.qpos }),
      forces: hardest(pushed, timesMs),
      alone: endingOf(alone),
      withPush: endingOf(pushed),
    }
  })
}

/** Who steers, and from where: the same controller with the same dice begins as it did, others at the first sample. */
function orderOf({ steered, trajectory }: Recorded, steering: Steering, startQpos: Float64Array) {
  if (steering === 'again' && steered) return steered
  if (steering === 'balance')
    return { controller: { kind: 'balance', skill: 1 }, seed: 0, startQpos } as const
  return { controller: { kind: 'replay', trajectory: fromZero(trajectory) }, seed: 0, startQpos } as const
}

function hardest({ contacts }: SimRollout, timesMs: Float64Array): Force[] {
  const peakOf = (forcesN: Float64Array) => forcesN.reduce((most, force) => Math.max(most, force), 0)
  return [...contacts]
    .sort((a, b) => peakOf(b.forcesN) - peakOf(a.forcesN))
    .slice(0, MOST_FORCES)
    .map(({ one, other, forcesN }) => ({ one, other, timesMs, forcesN }))
}

function within<T>(physics: Physics, mjcf: string, use: (model: Model) => T): T {
  const model = openModel(physics, mjcf)
  try {
    return use(model)
  } finally {
    model.close()
  }
}

/** Bodies that are named as feet are; fewer than two are none. */
function feetOf({ bodies }: Model): string[] {
  const feet = bodies.filter((name) => /foot/i.test(name))
  const found = feet.length > 0 ? feet : bodies.filter((name) => /ankle_roll/i.test(name))
  return found.length >= 2 ? found : []
}

/** Positions of all joints at each sample; those without a column stay where the model has them. */
function positionsOf(model: Model, { columns, timesMs, values }: Trajectory) {
  const size = model.model.nq
  const home = Float64Array.from(model.model.qpos0 as ArrayLike<number>)
  const qpos = new Float64Array(timesMs.length * size)
  for (let sample = 0; sample < timesMs.length; sample += 1) qpos.set(home, sample * size)
  let movedJointCount = 0
  for (const joint of model.joints) {
    const found = positionColumns(joint).map((name) => columnOf(columns, name))
    if (found.some((column) => column >= 0)) movedJointCount += 1
    for (const [part, column] of found.entries()) {
      const series = values[column]
      if (!series) continue
      const at = joint.qposAt + part
      let last = home[at] ?? 0
      for (let sample = 0; sample < timesMs.length; sample += 1) {
        const value = series[sample] ?? Number.NaN
        if (Number.isFinite(value)) last = value
        qpos[sample * size + at] = last
      }
    }
  }
  return { qpos, movedJointCount }
}

/** By the name that a run of ours writes, or the joint's plain name as datasets have it. */
function columnOf(columns: readonly string[], name: string): number {
  const plain = name.replace(/^qpos\./, '')
  return columns.findIndex((column) => column === name || column === plain || column === `${plain}.pos`)
}

function drawn(model: Model, { timesMs, qpos }: { timesMs: Float64Array; qpos: Float64Array }): Drawn {
  const size = model.model.nq
  const bones = bonesAtHome(model)
  const partCount = model.geoms.length + bones.length
  const poses = new Float32Array(timesMs.length * partCount * NUMBERS_PER_GEOM)
  for (let sample = 0; sample < timesMs.length; sample += 1) {
    const stands = posesAt(model, qpos.subarray(sample * size, (sample + 1) * size))
    const at = (part: number) => (sample * partCount + part) * NUMBERS_PER_GEOM
    for (let geom = 0; geom < model.geoms.length; geom += 1) {
      poses.set(stands.middles.subarray(geom * 3, geom * 3 + 3), at(geom))
      poses.set(stands.axes.subarray(geom * 9, geom * 9 + 9), at(geom) + 3)
    }
    for (const [bone, part] of bones.entries()) poses.set(boneAt(part, stands), at(model.geoms.length + bone))
  }
  return { timesMs, poses }
}

const bonesAtHome = (model: Model): Bone[] =>
  bonesOf(model, posesAt(model, model.model.qpos0 as ArrayLike<number>))

/** What is run: its own scenario, or the model as it is, judged by whether the robot's trunk sinks. */
function sceneOf(model: Model, { mjcf, trajectory, scenario }: Recorded) {
  const startQpos = positionsOf(model, trajectory).qpos.slice(0, model.model.nq)
  const bodyOfJoint = model.model.jnt_bodyid as ArrayLike<number>
  const rootOf = model.model.body_rootid as ArrayLike<number>
  const steered = new Set(model.actuators.flatMap(({ joint }) => (joint === null ? [] : [joint])))
  const steeredRoots = new Set(
    model.joints.flatMap(({ name }, at) => (steered.has(name) ? [rootOf[bodyOfJoint[at] ?? 0]] : [])),
  )
  const free = model.joints.flatMap(({ type }, at) => (type === 'free' ? [bodyOfJoint[at] ?? 0] : []))
  const { bodies } = posesAt(model, startQpos)
  const trunk = free.find((body) => steeredRoots.has(body) && (bodies[body * 3 + 2] ?? 0) > LEAST_HEIGHT_M)
  const falling = trunk === undefined ? null : (model.bodies[trunk] ?? null)
  const heightM = trunk === undefined ? 0 : (bodies[trunk * 3 + 2] ?? 0) * FALLEN
  const loose = free.filter((body) => !steeredRoots.has(body))
  if (scenario) return { scenario, startQpos, falling: null, loose }
  const feet = feetOf(model)
  return { scenario: plainScenario({ mjcf, trajectory, falling, heightM, feet }), startQpos, falling, loose }
}

type Plain = Pick<Recorded, 'mjcf' | 'trajectory'> & {
  falling: string | null
  heightM: number
  feet: readonly string[]
}

function plainScenario({ mjcf, trajectory, falling, heightM, feet }: Plain): SimScenario {
  const { timesMs } = trajectory
  const durationMs = Math.max(1, (timesMs.at(-1) ?? 0) - (timesMs[0] ?? 0))
  const sinks = { kind: 'falls-below', body: falling ?? '', heightM } as const
  return {
    key: 'recorded',
    settings: {},
    seed: 0,
    values: {},
    mjcf,
    pushes: [],
    template: {
      key: 'recorded',
      ...{ name: {}, instruction: {}, success: {}, base: {}, start: {} },
      mjcf,
      ...{ factors: [], impossible: [], feet, pushes: [], milestones: [] },
      durationMs,
      failures: falling === null ? [] : [{ failureId: 'failure.fell', if: sinks }],
      controller: 'balance',
      view: { eye: [2, -2, 1], target: [0, 0, 0], focalPx: 640, ground: { kind: 'floor' }, hidden: [] },
    },
  }
}

const fromZero = ({ columns, timesMs, values }: Trajectory): Trajectory => {
  const [startMs = 0] = timesMs
  return { columns, values, timesMs: timesMs.map((timeMs) => timeMs - startMs) }
}

function placesAtEnd(model: Model, run: SimRollout, loose: readonly number[]): Ending['places'] {
  const last = run.qpos.subarray(run.qpos.length - run.positionsPerSample)
  const { bodies } = posesAt(model, last)
  return loose.map((body) => ({
    body: model.bodies[body] ?? '',
    at: [bodies[body * 3] ?? 0, bodies[body * 3 + 1] ?? 0, bodies[body * 3 + 2] ?? 0],
  }))
}
