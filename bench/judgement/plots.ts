/** Plots for the docs, drawn from the tables that a bench printed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const FOLDER = resolve(import.meta.dirname, '../../docs/images')
const [WIDTH, RIGHT, ROW, TOP] = [720, 24, 22, 48]
const NAMES_WIDTH = 110

export type Table = { head: string[]; rows: string[][] }

/** The table under a heading, cells parted by two spaces or more. */
export function tableOf(text: string, heading: string): Table {
  const after = text.split(`\n## ${heading}`)[1]
  if (!after) throw new Error(`The output holds no table “${heading}”.`)
  const lines = after.split('\n').slice(2)
  const end = lines.findIndex((line) => line.trim() === '')
  const [head, ...rows] = lines.slice(0, end).map((line) => line.trim().split(/ {2,}/))
  return { head: head ?? [], rows }
}

export type Dot = { value: number; colour: string; name: string }

/** One line per row, its dots along a common axis from `from` to `to`; names stand in `left` pixels. */
export function dotPlot(
  title: string,
  rows: readonly { name: string; dots: Dot[] }[],
  [from, to, step]: readonly [from: number, to: number, step: number],
  left = NAMES_WIDTH,
): string {
  const height = TOP + rows.length * ROW + 34
  const x = (value: number) => left + ((value - from) / (to - from)) * (WIDTH - left - RIGHT)
  const parts: string[] = []
  for (let at = from; at <= to + 1e-9; at += step) {
    parts.push(`<line x1="${x(at)}" x2="${x(at)}" y1="${TOP - 8}" y2="${height - 28}" stroke="#8884" />`)
    parts.push(`<text x="${x(at)}" y="${height - 12}" text-anchor="middle">${Number(at.toFixed(2))}</text>`)
  }
  for (const [at, { name, dots }] of rows.entries()) {
    const y = TOP + at * ROW + ROW / 2
    parts.push(`<text x="${left - 10}" y="${y + 4}" text-anchor="end">${name}</text>`)
    for (const { value, colour, name: series } of dots) {
      const words = `<title>${name}, ${series}: ${value.toFixed(2)}</title>`
      parts.push(`<circle cx="${x(value).toFixed(1)}" cy="${y}" r="5" fill="${colour}">${words}</circle>`)
    }
  }
  const keys = new Map(rows.flatMap(({ dots }) => dots.map(({ name, colour }) => [name, colour] as const)))
  const legend = [...keys].map(([name, colour], at) => {
    const place = left + at * 160
    return `<circle cx="${place}" cy="30" r="5" fill="${colour}" /><text x="${place + 10}" y="34">${name}</text>`
  })
  const style = 'text{font:12px system-ui,sans-serif;fill:#777}'
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">` +
    `<title>${title}</title><style>${style}</style><text x="0" y="14">${title}</text>` +
    `${legend.join('')}${parts.join('')}</svg>\n`
  )
}

/** How often intervals held, of the table that both benches print. */
export function coveragePlot(text: string): string {
  const { head, rows } = tableOf(text, 'Coverage of all 21 differences')
  const moments = [
    ['fixed at 200', '#4a7fb5'],
    ['stopped when settled', '#1f8a5b'],
    ['at every look', '#c2703d'],
  ] as const
  const lines = rows.map(([name = '', ...cells]) => ({
    name,
    dots: moments.map(([moment, colour]) => ({
      name: moment,
      colour,
      value: Number(cells[head.indexOf(moment) - 1]?.replace('%', '')),
    })),
  }))
  return dotPlot('How often intervals of nominal 95% held all 21 differences, percent', lines, [80, 100, 5])
}

/** Draws what `PLOTS` says from the file named on the command line, which holds what `bench` printed. */
export function drawAll(bench: string, plots: Readonly<Record<string, (text: string) => string>>): void {
  const output = process.argv[2]
  if (!output) {
    console.error(`Which output? npm run bench -- ${bench} > OUTPUT.txt, then give OUTPUT.txt.`)
    process.exitCode = 2
    return
  }
  const text = readFileSync(output, 'utf8')
  for (const [name, draw] of Object.entries(plots)) writeFileSync(join(FOLDER, name), draw(text))
  console.log(`Drawn: ${Object.keys(plots).join(', ')} in ${FOLDER}`)
}
