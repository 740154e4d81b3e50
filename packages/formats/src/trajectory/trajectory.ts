/** Numbers over time, on a clock of their own. `columns[i]` names `values[i]`; a missing value is NaN. */
export type Trajectory = {
  readonly columns: readonly string[]
  /** Milliseconds, never falling. */
  readonly timesMs: Float64Array
  readonly values: readonly Float64Array[]
}

export const TIME_COLUMN = 'time_ms'
export const MAX_COLUMNS = 500
/** Samples times columns. */
export const MAX_CELLS = 20_000_000
