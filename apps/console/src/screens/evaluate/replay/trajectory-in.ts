/** Numbers over time with named columns; what is missing is NaN. */
export type Trajectory = {
  readonly columns: readonly string[]
  readonly timesMs: Float64Array
  readonly values: readonly Float64Array[]
}

/** As many as a minute and a half of film; of more every second, third and so on is taken. */
export const MAX_SAMPLES = 3000

/** Reads the CSV of a trajectory that this server has checked: `time_ms`, then a column per value. */
export function trajectoryIn(text: string): Trajectory {
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '')
  const columns = head.split(',').slice(1)
  const every = Math.ceil(lines.length / MAX_SAMPLES)
  const rows = lines
    .filter((_, at) => at % every === 0)
    .map((line) => line.split(',').map((cell) => (cell === '' ? Number.NaN : Number(cell))))
  return {
    columns: columns.map((name) => name.trim().replace(/^"(.*)"$/, '$1')),
    timesMs: Float64Array.from(rows, ([timeMs = 0]) => timeMs),
    values: columns.map((_, at) => Float64Array.from(rows, (row) => row[at + 1] ?? Number.NaN)),
  }
}
