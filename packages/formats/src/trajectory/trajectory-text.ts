import { csvText } from '../csv/index.ts'
import { TIME_COLUMN, type Trajectory } from './trajectory.ts'

/** A trajectory as CSV, as `readTrajectory` reads it: every number to its last bit. */
export function trajectoryText({ columns, timesMs, values }: Trajectory): string {
  return csvText([TIME_COLUMN, ...columns], lines(timesMs, values))
}

function* lines(timesMs: Float64Array, values: readonly Float64Array[]): Generator<(string | number)[]> {
  for (let at = 0; at < timesMs.length; at++) {
    yield [timesMs[at] as number, ...values.map((each) => numberText(each[at] as number))]
  }
}

function numberText(value: number): string | number {
  if (Number.isNaN(value)) return ''
  return Object.is(value, -0) ? '-0' : value
}
