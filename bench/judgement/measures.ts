import {
  cronbachAlpha,
  krippendorffAlpha,
  type Level,
  pairwiseKappas,
  type Rating,
} from '@chiron/core/agreement'
import { aggregateKeypoints, type PointAnswer } from '@chiron/core/keypoints'
import { seededRandom } from '@chiron/core/kit'
import { aggregateNumbers } from '@chiron/core/numbers'
import { cellsOf } from './golden.ts'
import { heading, table, target } from './report.ts'

/** Of all 462 ways to choose five of eleven annotators, every sixth. */
const EVERY = 6

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Alpha of the textbook, kappas of PandaLM, Cronbach's alpha of TVSum. */
export function judgeAgreement(): void {
  heading('Agreement')
  const codings = textbook()
  const levels: readonly (readonly [Level, number])[] = [
    ['nominal', 0.7434],
    ['ordinal', 0.8154],
    ['interval', 0.8491],
    ['ratio', 0.7974],
  ]
  const found = levels.map(([level]) => krippendorffAlpha(codings, { level, bootstrapCount: 1000 }))
  table([
    ['alpha', 'figure', 'ours', '95%'],
    ...found.map(({ level, alpha, interval }, at) => [
      level,
      levels[at]![1].toFixed(4),
      alpha!.toFixed(4),
      `${interval!.low.toFixed(3)} … ${interval!.high.toFixed(3)}`,
    ]),
  ])
  const isExact = found.every(({ alpha }, at) => Math.abs(alpha! - levels[at]![1]) <= 1e-4)
  target(
    'alpha exact to 1e-4 (four levels)',
    isExact,
    found.map(({ alpha }) => alpha!.toFixed(4)).join(' / '),
  )
  const ratings = cellsOf('pw_pandalm', 'answers.csv').map(([task, , , worker, value]) => {
    return { task: task!, worker: worker!, value: value! }
  })
  const kappas = pairwiseKappas(ratings).map(({ kappa }) => kappa!.toFixed(3))
  target('pw_pandalm kappas .852 / .879 / .862', kappas.join() === '0.852,0.879,0.862', kappas.join(' / '))
  const videos = Map.groupBy(cellsOf('temporal_tvsum', 'answers.csv'), ([task]) => task!.slice(0, 3))
  const cronbach = [...videos.values()].map(
    (rows) =>
      cronbachAlpha(
        rows.map(([task, worker, value]) => ({ task: task!, worker: worker!, value: Number(value) })),
      )!,
  )
  console.log(`\nTVSum, Cronbach's alpha of 50 videos: ${meanOf(cronbach).toFixed(4)} (published .814).`)
}

function textbook(): Rating<number>[] {
  const rows = [
    ['1', '2', '3', '3', '2', '1', '4', '1', '2', '', '', ''],
    ...cellsOf('pw_evalica_golden', 'codings.csv'),
  ]
  return rows.flatMap((cells, worker) =>
    cells.flatMap((cell, task) =>
      cell ? [{ task: `${task}`, worker: `${worker}`, value: Number(cell) }] : [],
    ),
  )
}

/** Emotions of headlines, −100 … 100, against experts. */
export function judgeNumbers(): void {
  heading('n_emotion: 700 numbers, ten workers each')
  const answers = cellsOf('n_emotion', 'answers.csv').map(([task, worker, value]) => {
    return { task: task!, worker: worker!, value: Number(value) }
  })
  const truth = new Map(cellsOf('n_emotion', 'truth.csv').map(([task, value]) => [task!, Number(value)]))
  const groups = Map.groupBy(answers, ({ task }) => task)
  const simple = (pick: (values: number[]) => number) =>
    new Map(
      [...groups].map(([task, rows]) => [task, pick(rows.map(({ value }) => value).sort((a, b) => a - b))]),
    )
  const ours = aggregateNumbers(answers)
  const middle = (values: readonly number[]) =>
    (values[Math.floor((values.length - 1) / 2)]! + values[Math.ceil((values.length - 1) / 2)]!) / 2
  const methods = {
    mean: simple(meanOf),
    median: simple(middle),
    ours: new Map(ours.tasks.map(({ task, value }) => [task, value])),
  }
  const gapsOf = (values: ReadonlyMap<string, number>) =>
    [...truth].map(([task, value]) => values.get(task)! - value)
  const rows = Object.entries(methods).map(([name, values]) => {
    const gaps = gapsOf(values)
    return [name, meanOf(gaps.map(Math.abs)), Math.sqrt(meanOf(gaps.map((gap) => gap * gap)))] as const
  })
  table([['method', 'MAE', 'RMSE'], ...rows])
  const own = rows.at(-1)![1]
  target(
    'n_emotion MAE ≤ 11.9',
    own <= 11.9,
    `${own.toFixed(2)} (shrinkage ${ours.shrinkage}, chosen without truth)`,
  )
}

type Place = readonly [number, number]

/** Five annotators against the mean of the other six, in mm, over choices spread evenly. */
export function judgeKeypoints(): void {
  const answers = cellsOf('kp_ceph5', 'answers.csv').map(([task, keypoint, worker, x, y]) => {
    return { task: task!, keypoint: keypoint!, worker: worker!, x: Number(x), y: Number(y) }
  })
  const workers = [...new Set(answers.map(({ worker }) => worker))].sort()
  const splits = choicesOf(workers, 5).filter((_, at) => at % EVERY === 0)
  heading(`kp_ceph5: five of eleven annotators against the mean of the rest, ${splits.length} splits, mm`)
  const errors = { mean: [0, 0, 0], ours: [0, 0, 0] }
  for (const [split, chosen] of splits.entries()) {
    const dice = seededRandom(`split ${split}`)
    const spammer = chosen[split % chosen.length]
    const truth = meansOf(answers.filter(({ worker }) => !chosen.includes(worker)))
    const clean = answers.filter(({ worker }) => chosen.includes(worker))
    const normal = () => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next())
    const off = (answer: PointAnswer, mm: number) => ({
      ...answer,
      x: answer.x + mm * normal(),
      y: answer.y + mm * normal(),
    })
    const gross = clean.map((answer) => (dice.next() < 0.1 ? off(answer, 20) : answer))
    const spam = clean.map((answer) => (answer.worker === spammer ? off(answer, 10) : answer))
    for (const [at, given] of [clean, gross, spam].entries()) {
      const ours = aggregateKeypoints(given).points
      const places = new Map(ours.map(({ task, keypoint, x, y }) => [`${task} ${keypoint}`, [x, y] as const]))
      errors.mean[at]! += errorOf(meansOf(given), truth) / splits.length
      errors.ours[at]! += errorOf(places, truth) / splits.length
    }
  }
  table([
    ['method', 'clean', '10% gross', '10 mm spammer'],
    ['mean', ...errors.mean],
    ['ours', ...errors.ours],
  ])
  const isMet = errors.ours.every((error, at) => error <= [0.89, 0.94, 0.98][at]!)
  target('keypoints ≤ .89 / .94 / .98 mm', isMet, errors.ours.map((error) => error.toFixed(3)).join(' / '))
}

function choicesOf(names: readonly string[], count: number): string[][] {
  if (count === 0) return [[]]
  return names.flatMap((name, at) => choicesOf(names.slice(at + 1), count - 1).map((rest) => [name, ...rest]))
}

function meansOf(answers: readonly PointAnswer[]): Map<string, Place> {
  const groups = Map.groupBy(answers, ({ task, keypoint }) => `${task} ${keypoint}`)
  return new Map(
    [...groups].map(([spot, rows]) => [
      spot,
      [meanOf(rows.map(({ x }) => x)), meanOf(rows.map(({ y }) => y))],
    ]),
  )
}

function errorOf(found: ReadonlyMap<string, Place>, truth: ReadonlyMap<string, Place>): number {
  return meanOf(
    [...truth].map(([spot, [x, y]]) => Math.hypot(found.get(spot)![0] - x, found.get(spot)![1] - y)),
  )
}
