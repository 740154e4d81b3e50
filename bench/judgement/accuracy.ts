import { calibrationError } from '@chiron/core/calibration'
import {
  type Aggregate,
  type AnswerSet,
  answerSet,
  auto,
  confusionDawidSkene,
  glad,
  ibcc,
  mace,
  majority,
  oneCoin,
  pooledDawidSkene,
  workerAgreement,
} from '@chiron/core/consensus'
import { seededRandom } from '@chiron/core/kit'
import { accuracyPercent, type Crowd, FIGURE_METHODS, FIGURES } from './crowds.ts'
import { heading, table, target, timed } from './report.ts'

/** Published figures depend on when a fit is stopped. */
const AS_PUBLISHED = { stopLike: 'crowd-kit' } as const

export const METHODS: Readonly<Record<string, (set: AnswerSet) => Aggregate>> = {
  majority,
  'one-coin': (set) => oneCoin(set, AS_PUBLISHED),
  'dawid-skene': (set) => confusionDawidSkene(set, AS_PUBLISHED),
  'ds to the end': confusionDawidSkene,
  ibcc,
  mace,
  glad: (set) => glad(set, AS_PUBLISHED),
  wawa: workerAgreement,
  pooled: pooledDawidSkene,
  auto,
}

export type Cell = { percent: number; errorPercent: number; cpuMs: number }
export type Results = ReadonlyMap<string, ReadonlyMap<string, Cell>>

/** Accuracy, calibration and time of every method on every set. */
export function accuracyOf(crowds: readonly Crowd[]): Results {
  const names = Object.keys(METHODS)
  const results = new Map<string, Map<string, Cell>>()
  for (const crowd of crowds) {
    const cells = new Map<string, Cell>()
    const labelCount = crowd.shared.labels.length
    for (const [name, method] of Object.entries(METHODS)) {
      // The figures count repeated answers; our own methods share a vote, as the platform does.
      const set = ['auto', 'pooled', 'wawa'].includes(name) ? crowd.shared : crowd.counted
      const { value, cpuMs } = timed(() => method(set))
      const percent = accuracyPercent(value, crowd.truth, labelCount)
      const errorPercent = 100 * calibrationError(value.posteriors, labelCount, crowd.truth).error
      cells.set(name, { percent, errorPercent, cpuMs })
    }
    results.set(crowd.name, cells)
    console.error(`  ${crowd.name} done`)
  }
  const rowsOf = (pick: (cell: Cell) => number) => [
    ['set', ...names],
    ...[...results].map(([set, cells]) => [set, ...names.map((name) => pick(cells.get(name)!))]),
    ['mean', ...names.map((name) => meanOf([...results.values()].map((cells) => pick(cells.get(name)!))))],
  ]
  heading('Accuracy, percent')
  table(rowsOf(({ percent }) => percent))
  heading('Expected calibration error without gold, percent')
  table(rowsOf(({ errorPercent }) => errorPercent))
  heading('Time of the processor, ms (one core)')
  table(rowsOf(({ cpuMs }) => cpuMs))
  return results
}

export function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length
}

/** The targets of accuracy: figures reproduced, `auto` above all, above the majority. */
export function judgeAccuracy(results: Results): void {
  heading('Against the figures (ours − figure, points)')
  const rows: (string | number)[][] = [['set', ...FIGURE_METHODS]]
  const misses = new Map<string, string[]>()
  for (const [set, cells] of results) {
    const gaps = FIGURE_METHODS.map((name, at) => cells.get(name)!.percent - FIGURES[set]![at]!)
    rows.push([set, ...gaps])
    for (const [at, name] of FIGURE_METHODS.entries()) {
      if (Math.abs(gaps[at]!) > 0.1 + 1e-9)
        misses.set(name, [...(misses.get(name) ?? []), `${set} ${gaps[at]!.toFixed(2)}`])
    }
  }
  table(rows)
  for (const name of ['one-coin', 'dawid-skene', 'ibcc', 'glad']) {
    const missed = misses.get(name) ?? []
    const words = `${results.size - missed.length} of ${results.size} sets${missed.length ? `; off: ${missed.join(', ')}` : ''}`
    target(`${name} within 0.1 of the figures`, missed.length === 0, words)
  }
  const autos = [...results.values()].map((cells) => cells.get('auto')!.percent)
  const mean = meanOf(autos)
  target('auto, mean over 14 sets ≥ 85.0', mean >= 85, mean.toFixed(2))
  const leads = [...results].map(([set, cells]) => ({
    set,
    lead: cells.get('auto')!.percent - cells.get('majority')!.percent,
  }))
  const worst = leads.sort((a, b) => a.lead - b.lead)[0]!
  target(
    'auto never more than 0.5 below majority',
    worst.lead >= -0.5,
    `worst ${worst.set} ${worst.lead.toFixed(2)}`,
  )
}

/** Every method under a thrown order and new names: the largest change of any posterior. */
export function judgeInvariance(crowds: readonly Crowd[]): void {
  heading('Rows shuffled, tasks and workers renamed: largest change of a posterior')
  const rows: string[][] = [['method', ...crowds.map(({ name }) => name)]]
  let worst = 0
  for (const [name, method] of Object.entries(METHODS)) {
    const cells = crowds.map((crowd) => {
      const change = changeUnderRenaming(crowd, method)
      worst = Math.max(worst, change)
      return change.toExponential(1)
    })
    rows.push([name, ...cells])
  }
  table(rows)
  target('same posteriors (1e-9) for any order and names', worst <= 1e-9, `largest change ${worst}`)
}

function changeUnderRenaming({ answers, counted }: Crowd, method: (set: AnswerSet) => Aggregate): number {
  const dice = seededRandom('invariance')
  const taskIds = new Map(dice.shuffle(counted.taskNames).map((task, at) => [task, `${at}`]))
  const workerIds = new Map(dice.shuffle(counted.workerNames).map((worker, at) => [worker, `${at}`]))
  const renamed = answers.map(({ task, worker, label }) => {
    return { task: taskIds.get(task)!, worker: workerIds.get(worker)!, label }
  })
  const other = answerSet(dice.shuffle(renamed), { labels: counted.labels, repeats: 'count' })
  const place = new Map(other.taskNames.map((task, at) => [task, at]))
  const [before, after] = [method(counted).posteriors, method(other).posteriors]
  const labelCount = counted.labels.length
  let largest = 0
  for (const [task, name] of counted.taskNames.entries()) {
    const there = place.get(taskIds.get(name)!)! * labelCount
    for (let each = 0; each < labelCount; each++) {
      largest = Math.max(largest, Math.abs(before[task * labelCount + each]! - after[there + each]!))
    }
  }
  return largest
}
