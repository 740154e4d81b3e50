const [QUOTE, COMMA, LF, CR] = [34, 44, 10, 13]

/** One row of a CSV file. `line`: where it begins, from 1. `fault`: why its quotes make no sense, or null. */
export type CsvRow = {
  readonly line: number
  readonly cells: readonly string[]
  readonly fault: string | null
}

type Cursor = { at: number; line: number }

/**
 * The rows of a CSV text (RFC 4180), one after the other. Empty lines are no rows. A row with a fault ends
 * with its line.
 */
export function* csvRows(text: string): Generator<CsvRow> {
  const cursor: Cursor = { at: text.startsWith('\uFEFF') ? 1 : 0, line: 1 }
  while (cursor.at < text.length) {
    const { line } = cursor
    const isEmpty = text.charCodeAt(cursor.at) === LF || text.charCodeAt(cursor.at) === CR
    if (isEmpty) endLine(text, cursor)
    else yield { line, ...readRow(text, cursor) }
  }
}

function readRow(text: string, cursor: Cursor): Omit<CsvRow, 'line'> {
  const cells: string[] = []
  for (;;) {
    const isQuoted = text.charCodeAt(cursor.at) === QUOTE
    const cell = isQuoted ? readQuoted(text, cursor) : readBare(text, cursor)
    if (typeof cell !== 'string') {
      skipLine(text, cursor)
      return { cells, fault: cell.why }
    }
    cells.push(cell)
    if (text.charCodeAt(cursor.at) !== COMMA) break
    cursor.at++
  }
  endLine(text, cursor)
  return { cells, fault: null }
}

function readBare(text: string, cursor: Cursor): string | { why: string } {
  const from = cursor.at
  let to = from
  for (; to < text.length; to++) {
    const code = text.charCodeAt(to)
    if (code === COMMA || code === LF || code === CR) break
    if (code === QUOTE) return { why: 'a quote stands inside a field that is not quoted' }
  }
  cursor.at = to
  return text.slice(from, to)
}

function readQuoted(text: string, cursor: Cursor): string | { why: string } {
  const from = cursor.at + 1
  let to = from
  for (;;) {
    to = text.indexOf('"', to)
    if (to < 0) {
      cursor.at = text.length
      return { why: 'a quote opened here is never closed; nothing after it was read' }
    }
    if (text.charCodeAt(to + 1) !== QUOTE) break
    to += 2
  }
  const inside = text.slice(from, to)
  cursor.at = to + 1
  cursor.line += inside.split('\n').length - 1
  const next = text.charCodeAt(cursor.at)
  if (cursor.at < text.length && next !== COMMA && next !== LF && next !== CR) {
    return { why: 'text follows a closing quote' }
  }
  return inside.replaceAll('""', '"')
}

function skipLine(text: string, cursor: Cursor): void {
  const end = text.indexOf('\n', cursor.at)
  cursor.at = end < 0 ? text.length : end
  endLine(text, cursor)
}

function endLine(text: string, cursor: Cursor): void {
  if (text.charCodeAt(cursor.at) === CR) cursor.at++
  if (text.charCodeAt(cursor.at) === LF) cursor.at++
  cursor.line++
}
