/**
 * Draws the plots of docs/judgement.md from what `npm run bench -- judgement` printed:
 * `npm run bench -- judgement-plots OUTPUT.txt`.
 */
import { coveragePlot, dotPlot, drawAll, type Table, tableOf } from './judgement/plots.ts'

const SERIES = [
  ['majority', '#8a8f98'],
  ['dawid-skene', '#c2703d'],
  ['ibcc', '#4a7fb5'],
  ['auto', '#1f8a5b'],
] as const

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

drawAll('judgement', {
  'judgement-accuracy.svg': accuracyPlot,
  'judgement-calibration.svg': calibrationPlot,
  'judgement-pairs.svg': pairsPlot,
  'judgement-coverage.svg': coveragePlot,
})
