import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Aggregate, type Answer, type AnswerSet, answerSet, goldOf } from '@chiron/core/consensus'
import { seededRandom } from '@chiron/core/kit'

const root = resolve(import.meta.dirname, '../..')
export const CROWD_FOLDER = join(resolve(root, process.env.CHIRON_DATA ?? '../shared/data'), 'crowd')
export const hasCrowds = existsSync(CROWD_FOLDER)

/** Published or independent figures per set: accuracy in percent, ties by their share. */
export const FIGURES: Readonly<Record<string, readonly number[]>> = {
  bluebird: [75.93, 58.33, 88.89, 88.89, 86.11, 72.22],
  rte: [89.69, 92.5, 92.75, 92.75, 92.62, 92.62],
  snow_wsd: [99.44, 99.44, 99.44, 99.44, 99.44, 99.44],
  dog: [82.22, 83.02, 84.26, 83.89, 83.02, 83.4],
  face: [63.67, 61.13, 64.04, 64.04, 64.38, 62.84],
  trec: [65.14, 56.04, 70.15, 70.55, 70.9, 57.93],
  cf: [88.22, 88.67, 82.67, 88.33, 88.67, 87.67],
  cf_amt: [85.33, 86, 84, 85.67, 85.67, 85.33],
  sp: [88.59, 91.66, 91.52, 91.5, 91.78, 91.7],
  sp_amt: [94.3, 94.6, 94.4, 94.4, 94.6, 94.6],
  d_product: [89.66, 90.84, 93.97, 93.83, 83.43, 92.82],
  d_possent: [93.35, 94.9, 96, 96, 95.7, 94.8],
  s_rel: [54.11, 25.78, 61.73, 58.59, 60.76, 56.35],
  adult333: [75.98, 70.87, 76.58, 74.47, 78.08, 75.98],
}
export const FIGURE_METHODS = ['majority', 'one-coin', 'dawid-skene', 'ibcc', 'mace', 'glad'] as const

export type Crowd = {
  readonly name: string
  readonly answers: readonly Answer[]
  readonly known: ReadonlyMap<string, string>
  /** Repeated answers counted, as in the figures. */
  readonly counted: AnswerSet
  /** One vote per worker and task: the platform's way. */
  readonly shared: AnswerSet
  readonly truth: Int32Array
}

export function loadCrowd(name: string): Crowd {
  const answers = rows(name, 'answers.csv').map(([task = '', worker = '', label = '']) => ({
    task,
    worker,
    label,
  }))
  const known = new Map(rows(name, 'truth.csv').map(([task = '', label = '']) => [task, label]))
  const labels = [...new Set([...answers.map(({ label }) => label), ...known.values()])].sort()
  const shared = answerSet(answers, { labels })
  const counted = answerSet(answers, { labels, repeats: 'count' })
  return { name, answers, known, counted, shared, truth: goldOf(shared, known) }
}

function rows(name: string, file: string): string[][] {
  const lines = readFileSync(join(CROWD_FOLDER, name, file), 'utf8')
    .trim()
    .split('\n')
  return lines.slice(1).map((line) => line.trim().split(','))
}

/** Percent right among tasks with a known label; a tie is right by its share. */
export function accuracyPercent(
  { posteriors }: Pick<Aggregate, 'posteriors'>,
  truth: Int32Array,
  labelCount: number,
) {
  let [right, known] = [0, 0]
  for (let task = 0; task < truth.length; task++) {
    if (truth[task]! < 0) continue
    known++
    const row = posteriors.subarray(task * labelCount, (task + 1) * labelCount)
    const best = row.reduce((most, share) => Math.max(most, share), 0)
    if (row[truth[task]!] === best) right += 1 / row.filter((share) => share === best).length
  }
  return (100 * right) / known
}

/** A thrown share of the known tasks as gold, and the rest to be judged by. */
export function splitGold(truth: Int32Array, ratio: number, seed: number) {
  const dice = seededRandom(`gold ${seed}`)
  const tasks = [...truth.keys()].filter((task) => truth[task]! >= 0)
  const chosen = new Set(dice.shuffle(tasks).slice(0, Math.max(1, Math.round(tasks.length * ratio))))
  return {
    gold: truth.map((label, task) => (chosen.has(task) ? label : -1)),
    rest: truth.map((label, task) => (chosen.has(task) ? -1 : label)),
  }
}

/** The crowd joined by copiers of one key thrown by chance, who give `ratio` of all answers. */
export function withCopiers(crowd: Crowd, copierCount: number, ratio: number, seed: number) {
  const dice = seededRandom(`copiers ${seed}`)
  const { labels, taskNames } = crowd.shared
  const key = new Map(taskNames.map((task) => [task, labels[dice.int(labels.length)]!]))
  const each = Math.min(
    taskNames.length,
    Math.round(((ratio / (1 - ratio)) * crowd.answers.length) / copierCount),
  )
  const copied = Array.from({ length: copierCount }, (_, at) =>
    dice
      .shuffle(taskNames)
      .slice(0, each)
      .map((task) => ({ task, worker: `copier ${at}`, label: key.get(task)! })),
  ).flat()
  const set = answerSet([...crowd.answers, ...copied], { labels })
  return { set, truth: goldOf(set, crowd.known) }
}
