import { type CsvRow, csvRows } from './csv-rows.ts'

/** What could not be read, and why, in words. `line` counts from 1; the header is line 1. */
export type RowFault = { readonly line: number; readonly why: string }

/** What was read, with the line of each row, and what was not. */
export type Rows<T> = {
  readonly rows: readonly T[]
  readonly lines: readonly number[]
  readonly faults: readonly RowFault[]
}

/** For each column that is named otherwise in the file: its header there. */
export type Headers<Name extends string> = Readonly<Partial<Record<Name, string>>>

export type Reading<Name extends string, T> = {
  readonly required: readonly Name[]
  readonly optional?: readonly Name[]
  readonly headers?: Headers<Name> | undefined
  /** A row's value, or why there is none. Cells of optional columns may be empty. */
  readonly rowOf: (cell: (name: Name) => string) => T | Trouble
}

/** Why a row has no value, in words. */
export class Trouble {
  readonly why: string

  constructor(why: string) {
    this.why = why
  }
}

/** Reads rows by the names of their columns; see SPEC.md. */
export function readRows<Name extends string, T>(text: string, reading: Reading<Name, T>): Rows<T> {
  const [rows, lines, faults]: [T[], number[], RowFault[]] = [[], [], []]
  let head: CsvRow | undefined
  let places: Map<Name, number> | undefined
  for (const row of csvRows(text)) {
    if (!head) {
      head = row
      const found = placesOf(row, reading)
      if (found instanceof Trouble) return { rows, lines, faults: [{ line: row.line, why: found.why }] }
      places = found
      continue
    }
    const value = rowValue(row, head.cells.length, places!, reading)
    if (value instanceof Trouble) faults.push({ line: row.line, why: value.why })
    else {
      rows.push(value)
      lines.push(row.line)
    }
  }
  if (!head) faults.push({ line: 1, why: `the file is empty; its first line must name ${namesOf(reading)}` })
  return { rows, lines, faults }
}

function placesOf<Name extends string, T>(head: CsvRow, reading: Reading<Name, T>) {
  const { required, optional = [], headers = {} as Headers<Name> } = reading
  if (head.fault) return new Trouble(head.fault)
  const places = new Map<Name, number>()
  for (const name of [...required, ...optional]) {
    const header = headers[name] ?? name
    const place = head.cells.indexOf(header)
    if (place >= 0 && head.cells.indexOf(header, place + 1) >= 0) {
      return new Trouble(`two columns are named “${header}”`)
    }
    if (place >= 0) places.set(name, place)
    else if (required.includes(name) || headers[name] !== undefined) {
      const there = head.cells.map((cell) => `“${cell}”`).join(', ')
      return new Trouble(`there is no column “${header}”; the columns are ${there}`)
    }
  }
  return places
}

function namesOf<Name extends string, T>({ required, headers = {} as Headers<Name> }: Reading<Name, T>) {
  return required.map((name) => headers[name] ?? name).join(', ')
}

function rowValue<Name extends string, T>(
  { cells, fault }: CsvRow,
  width: number,
  places: ReadonlyMap<Name, number>,
  { required, headers = {} as Headers<Name>, rowOf }: Reading<Name, T>,
): T | Trouble {
  if (fault) return new Trouble(fault)
  if (cells.length !== width) {
    return new Trouble(
      `${cells.length} ${cells.length === 1 ? 'field' : 'fields'} where the header has ${width}`,
    )
  }
  const cell = (name: Name) => cells[places.get(name) ?? -1] ?? ''
  for (const name of required) if (cell(name) === '') return new Trouble(`no ${headers[name] ?? name}`)
  return rowOf(cell)
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A finite decimal number, or why it is none. */
export function numberOf(cell: string, name: string): number | Trouble {
  const value = NUMBER.test(cell) ? Number(cell) : Number.NaN
  return Number.isFinite(value) ? value : new Trouble(`${name} is “${cell}”, which is not a number`)
}
