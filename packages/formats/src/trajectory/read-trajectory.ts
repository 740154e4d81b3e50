import { Refusal } from '@chiron/core/kit'
import { csvRows } from '../csv/index.ts'
import { MAX_CELLS, MAX_COLUMNS, TIME_COLUMN, type Trajectory } from './trajectory.ts'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const MISSING = /^(nan|null)?$/i

/**
 * Reads a trajectory from CSV: a header `time_ms,COLUMN,…`, then a line per sample. An empty cell (or `nan`) is a
 * value that is missing.
 * @throws Refusal `trajectory-malformed` with facts `{ row, reason }`: the first line (from 1) that makes no sense
 */
export function readTrajectory(text: string): Trajectory {
  const rows = csvRows(text)
  const head = rows.next()
  if (head.done) throw malformed(1, 'the file is empty; its first line must name time_ms and the columns')
  const columns = columnsOf(head.value)
  const times: number[] = []
  const values: number[][] = columns.map(() => [])
  for (const { line, cells, fault } of rows) {
    if (fault !== null) throw malformed(line, fault)
    if (cells.length !== columns.length + 1)
      throw malformed(line, `${cells.length} fields where the header has ${columns.length + 1}`)
    times.push(timeOf(cells[0] as string, line, times.at(-1)))
    for (let at = 0; at < columns.length; at++)
      (values[at] as number[]).push(numberAt(cells[at + 1] as string, line, columns[at] as string))
    if (times.length * columns.length > MAX_CELLS) throw malformed(line, `more than ${MAX_CELLS} numbers`)
  }
  if (times.length === 0) throw malformed(2, 'there is no sample under the header')
  return { columns, timesMs: Float64Array.from(times), values: values.map((each) => Float64Array.from(each)) }
}

function malformed(row: number, reason: string): Refusal {
  return new Refusal('trajectory-malformed', { row, reason }, `Row ${row}: ${reason}.`)
}

function columnsOf({ line, cells, fault }: { line: number; cells: readonly string[]; fault: string | null }) {
  if (fault !== null) throw malformed(line, fault)
  const [time, ...columns] = cells.map((cell) => cell.trim())
  if (time !== TIME_COLUMN) throw malformed(line, `the first column is “${time}”, not “${TIME_COLUMN}”`)
  if (columns.length === 0) throw malformed(line, 'there is no column but the time')
  if (columns.length > MAX_COLUMNS) throw malformed(line, `more than ${MAX_COLUMNS} columns`)
  for (const [at, column] of columns.entries()) {
    if (column === '' || column.length > 120)
      throw malformed(line, `column ${at + 2} has no name of 1 to 120 letters`)
    if (columns.indexOf(column) !== at) throw malformed(line, `two columns are named “${column}”`)
  }
  return columns
}

function timeOf(cell: string, line: number, before: number | undefined): number {
  const time = NUMBER.test(cell) ? Number(cell) : Number.NaN
  if (!Number.isFinite(time)) throw malformed(line, `${TIME_COLUMN} is “${cell}”, which is not a number`)
  if (before !== undefined && time < before)
    throw malformed(line, `time goes back, from ${before} to ${time} ms`)
  return time
}

function numberAt(cell: string, line: number, column: string): number {
  if (MISSING.test(cell)) return Number.NaN
  const value = NUMBER.test(cell) ? Number(cell) : Number.NaN
  if (!Number.isFinite(value)) throw malformed(line, `${column} is “${cell}”, which is not a number`)
  return value
}
