/**
 * Draws the plots of docs/judgement.md from what `npm run bench -- judgement` printed:
 * `npm run bench -- judgement-plots OUTPUT.txt`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const FOLDER = resolve(import.meta.dirname, '../docs/images')
const SERIES = [
  ['majority', '#8a8f98'],
  ['dawid-skene', '#c2703d'],
  ['ibcc', '#4a7fb5'],
  ['auto', '#1f8a5b'],
] as const
const [WIDTH, LEFT, RIGHT, ROW, TOP] = [720, 110, 24, 22, 48]

type Table = { head: string[]; rows: string[][] }

/** The table under a heading, cells parted by two spaces or more. */
function tableOf(text: string, heading: string): Table {
  const after = text.split(`\n## ${heading}`)[1]
  if (!after) throw new Error(`The output holds no table “${heading}”.`)
  const lines = after.split('\n').slice(2)
  const end = lines.findIndex((line) => line.trim() === '')
  const [head, ...rows] = lines.slice(0, end).map((line) => line.trim().split(/ {2,}/))
  return { head: head ?? [], rows }
}

type Dot = { value: number; colour: string; name: string }

/** One line per row, its dots along a common axis from `from` to `to`. */
function dotPlot(
  title: string,
  rows: readonly { name: string; dots: Dot[] }[],
  [from, to, step]: number[],
): string {
  const height = TOP + rows.length * ROW + 34
  const x = (value: number) => LEFT + ((value - from!) / (to! - from!)) * (WIDTH - LEFT - RIGHT)
  const parts: string[] = []
  for (let at = from!; at <= to! + 1e-9; at += step!) {
    parts.push(`<line x1="${x(at)}" x2="${x(at)}" y1="${TOP - 8}" y2="${height - 28}" stroke="#8884" />`)
    parts.push(`<text x="${x(at)}" y="${height - 12}" text-anchor="middle">${Number(at.toFixed(2))}</text>`)
  }
  for (const [at, { name, dots }] of rows.entries()) {
    const y = TOP + at * ROW + ROW / 2
    parts.push(`<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end">${name}</text>`)
    for (const { value, colour, name: series } of dots) {
      const words = `<title>${name}, ${series}: ${value.toFixed(2)}</title>`
      parts.push(`<circle cx="${x(value).toFixed(1)}" cy="${y}" r="5" fill="${colour}">${words}</circle>`)
    }
  }
  const keys = new Map(rows.flatMap(({ dots }) => dots.map(({ name, colour }) => [name, colour] as const)))
  const legend = [...keys].map(([name, colour], at) => {
    const place = LEFT + at * 160
    return `<circle cx="${place}" cy="30" r="5" fill="${colour}" /><text x="${place + 10}" y="34">${name}</text>`
  })
  const style = 'text{font:12px system-ui,sans-serif;fill:#777}'
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">` +
    `<title>${title}</title><style>${style}</style><text x="0" y="14">${title}</text>` +
    `${legend.join('')}${parts.join('')}</svg>\n`
  )
}

function accuracyPlot(text: string): string {
  const { head, rows } = tableOf(text, 'Accuracy, percent')
  const lines = rows.map(([name = '', ...cells]) => ({
    name,
    dots: SERIES.map(([series, colour]) => ({
      name: series,
      colour,
      value: Number(cells[head.indexOf(series) - 1]),
    })),
  }))
  return dotPlot('Accuracy per set, percent (ties by their share)', lines, [50, 100, 10])
}

function calibrationPlot(text: string): string {
  const { rows } = tableOf(text, 'Calibration error with 20% gold')
  const lines = rows.map(([name = '', raw, gold, ownRaw, ownGold]) => ({
    name,
    dots: [
      { name: 'dawid-skene', colour: '#c2703d', value: Number(raw) },
      { name: 'dawid-skene, gold', colour: '#e5b08f', value: Number(gold) },
      { name: 'auto', colour: '#1f8a5b', value: Number(ownRaw) },
      { name: 'auto, gold', colour: '#8fd1b3', value: Number(ownGold) },
    ],
  }))
  return dotPlot(
    'Expected calibration error without and with 20% gold, percent (smaller is better)',
    lines,
    [0, 40, 10],
  )
}

/** The cells of a row turned into one line for each column, a dot for each of some rows. */
function columnLines(
  { head, rows }: Table,
  series: readonly (readonly [string, string])[],
  nameOf: (column: string) => string,
) {
  return head.slice(1).map((column, at) => ({
    name: nameOf(column),
    dots: series.map(([name, colour]) => ({
      name,
      colour,
      value: Number(rows.find(([first]) => first === name)?.[at + 1]?.replace('%', '')),
    })),
  }))
}

function pairsPlot(text: string): string {
  const lines = columnLines(
    tableOf(text, '7 simulated policies'),
    [
      ['at random', '#8a8f98'],
      ['chosen', '#1f8a5b'],
    ],
    (count) => `${count} votes`,
  )
  return dotPlot(
    'Pearson’s r with the true strengths of seven policies, mean of worlds',
    lines,
    [0.8, 1, 0.05],
  )
}

function coveragePlot(text: string): string {
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

const PLOTS = {
  'judgement-accuracy.svg': accuracyPlot,
  'judgement-calibration.svg': calibrationPlot,
  'judgement-pairs.svg': pairsPlot,
  'judgement-coverage.svg': coveragePlot,
}

const output = process.argv[2]
if (!output) {
  console.error('Which output? npm run bench -- judgement > OUTPUT.txt, then give OUTPUT.txt.')
  process.exitCode = 2
} else {
  const text = readFileSync(output, 'utf8')
  for (const [name, draw] of Object.entries(PLOTS)) writeFileSync(join(FOLDER, name), draw(text))
  console.log(`Drawn: ${Object.keys(PLOTS).join(', ')} in ${FOLDER}`)
}
