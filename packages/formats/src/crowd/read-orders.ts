import { type Headers, numberOf, type RowFault, type Rows, readRows, Trouble } from '../csv/index.ts'

/** Where somebody put an item: position 1 is best, equal positions are a tie. */
export type OrderEntry = { readonly ranking: string; readonly item: string; readonly position: number }

type OrderColumn = 'ranking' | 'item' | 'position'

/** Whole orders: columns ranking, item, position; one row per item. An item named twice in one ranking is a fault. */
export function readOrders(text: string, headers?: Headers<OrderColumn>): Rows<OrderEntry> {
  const read = readRows<OrderColumn, OrderEntry>(text, {
    required: ['ranking', 'item', 'position'],
    headers,
    rowOf: (cell) => {
      const position = numberOf(cell('position'), headers?.position ?? 'position')
      return position instanceof Trouble
        ? position
        : { ranking: cell('ranking'), item: cell('item'), position }
    },
  })
  const firstLine = new Map<string, number>()
  const doubled = new Map<number, RowFault>()
  for (const [at, { ranking, item }] of read.rows.entries()) {
    const key = JSON.stringify([ranking, item])
    const [line, first] = [read.lines[at]!, firstLine.get(key)]
    if (first === undefined) firstLine.set(key, line)
    else
      doubled.set(at, { line, why: `“${item}” already stands in the ranking “${ranking}”, on line ${first}` })
  }
  return {
    rows: read.rows.filter((_, at) => !doubled.has(at)),
    lines: read.lines.filter((_, at) => !doubled.has(at)),
    faults: [...read.faults, ...doubled.values()].sort((a, b) => a.line - b.line),
  }
}
