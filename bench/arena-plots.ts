/**
 * Draws the plots of docs/arena.md from what `npm run bench -- arena` printed:
 * `npm run bench -- arena-plots OUTPUT.txt`.
 */
import { coveragePlot, dotPlot, drawAll, tableOf } from './judgement/plots.ts'

const GREEN = '#1f8a5b'
const GREY = '#8a8f98'
/** Room for whole sentences before the axis. */
const SENTENCES_WIDTH = 290

const percent = (cell: string | undefined): number => Number(cell?.replace('%', ''))

function votesPlot(text: string): string {
  const { rows } = tableOf(text, 'Three policies, six raters')
  const lines = rows.map(([name = '', votes], at) => ({
    name,
    dots: [{ name: 'votes (mean)', value: Number(votes), colour: at === rows.length - 1 ? GREEN : GREY }],
  }))
  return dotPlot('Votes until the order of three policies is found', lines, [0, 60, 10], SENTENCES_WIDTH)
}

function hostilePlot(text: string): string {
  const { rows } = tableOf(text, '7 policies, 4 of 20 raters hostile')
  const lines = rows.map(([votes, all, named]) => ({
    name: `${votes} votes`,
    dots: [
      { name: 'all votes counted', value: Number(all), colour: GREY },
      { name: 'without who is named', value: Number(named), colour: GREEN },
    ],
  }))
  return dotPlot('Of 100 arenas with four hostile raters of twenty: first rank kept', lines, [60, 100, 10])
}

function driftPlot(text: string): string {
  const { rows } = tableOf(text, 'Drift of success')
  const lines = rows.map(([change = '', alarms]) => ({
    name: change,
    dots: [{ name: 'watches that rang, percent', value: percent(alarms), colour: GREEN }],
  }))
  return dotPlot('Watches over a policy’s success that rang within 1000 rollouts', lines, [0, 100, 20])
}

drawAll('arena', {
  'arena-votes.svg': votesPlot,
  'arena-hostile.svg': hostilePlot,
  'arena-coverage.svg': coveragePlot,
  'arena-drift.svg': driftPlot,
})
