import { type Joint, positionCount } from './model.ts'
import type { SimRollout } from './run-scenario.ts'

/** Numbers over time with named columns; a trajectory of formats. */
type Series = {
  readonly columns: readonly string[]
  readonly timesMs: Float64Array
  readonly values: readonly Float64Array[]
}

const PARTS = {
  free: ['x', 'y', 'z', 'qw', 'qx', 'qy', 'qz'],
  ball: ['qw', 'qx', 'qy', 'qz'],
  slide: [''],
  hinge: [''],
} as const

/**
 * A run as columns: `qpos.JOINT` (a free joint has seven, `.x` to `.qz`; metres, radians, quaternions) and `ctrl.ACTUATOR`.
 * Given to a `replay` controller, it is played again.
 */
export function trajectoryOf({
  timesMs,
  joints,
  actuators,
  qpos,
  positionsPerSample,
  ctrl,
}: SimRollout): Series {
  const positions = joints.flatMap((joint) =>
    positionColumns(joint).map((name, part) => ({
      name,
      values: every(timesMs.length, (sample) => qpos[sample * positionsPerSample + joint.qposAt + part] ?? 0),
    })),
  )
  const controls = actuators.map(({ name }, at) => ({
    name: `ctrl.${name}`,
    values: every(timesMs.length, (sample) => ctrl[sample * actuators.length + at] ?? 0),
  }))
  const all = [...positions, ...controls]
  return { columns: all.map(({ name }) => name), timesMs, values: all.map(({ values }) => values) }
}

/** The columns of a joint's position, in the order of qpos. */
export const positionColumns = (joint: Joint): string[] =>
  PARTS[joint.type]
    .slice(0, positionCount(joint))
    .map((part) => `qpos.${joint.name}${part === '' ? '' : `.${part}`}`)

/** The positions of a model at each time of a trajectory that `trajectoryOf` made, sample after sample; 0 where a column lacks. */
export function positionsIn(
  joints: readonly Joint[],
  positionsPerSample: number,
  trajectory: {
    columns: readonly string[]
    timesMs: ArrayLike<number>
    values: readonly ArrayLike<number>[]
  },
): Float64Array {
  const { columns, timesMs, values } = trajectory
  const qpos = new Float64Array(timesMs.length * positionsPerSample)
  for (const joint of joints) {
    for (const [part, name] of positionColumns(joint).entries()) {
      const series = values[columns.indexOf(name)]
      for (let sample = 0; series && sample < timesMs.length; sample += 1)
        qpos[sample * positionsPerSample + joint.qposAt + part] = series[sample] ?? 0
    }
  }
  return qpos
}

/** The forces of a run's contacts as columns `force.ONE.OTHER`, in newton; null where nothing touched. */
export function contactSeriesOf({ timesMs, contacts }: SimRollout): Series | null {
  if (contacts.length === 0) return null
  const strongest = [...contacts].sort((a, b) => peakOf(b) - peakOf(a)).slice(0, MAX_PAIRS)
  return {
    columns: strongest.map(({ one, other }) => `force.${one}.${other}`),
    timesMs,
    values: strongest.map(({ forcesN }) => forcesN),
  }
}

/** As many columns as a trajectory may have, with room to spare; the strongest are kept. */
const MAX_PAIRS = 100
const peakOf = ({ spans }: SimRollout['contacts'][number]): number =>
  spans.reduce((most, { peakForceN }) => Math.max(most, peakForceN), 0)

const every = (count: number, of: (at: number) => number): Float64Array =>
  Float64Array.from({ length: count }, (_, at) => of(at))
