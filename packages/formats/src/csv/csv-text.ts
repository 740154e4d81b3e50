/** Rows as CSV text with a header line, fields quoted where needed, lines ending in LF. */
export function csvText(header: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  const lines = [lineOf(header)]
  for (const row of rows) lines.push(lineOf(row))
  return `${lines.join('\n')}\n`
}

function lineOf(cells: readonly (string | number)[]): string {
  // A row of one empty field would be an empty line, which is no row.
  if (cells.length === 1 && cells[0] === '') return '""'
  return cells.map((cell) => quoted(`${cell}`)).join(',')
}

function quoted(cell: string): string {
  return /[",\n\r]/.test(cell) || cell.startsWith('\uFEFF') ? `"${cell.replaceAll('"', '""')}"` : cell
}
