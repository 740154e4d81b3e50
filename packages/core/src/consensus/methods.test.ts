import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import type { Aggregate, Answer, AnswerSet } from './index.ts'
import {
  answerSet,
  answerSetOfColumns,
  auto,
  confusionDawidSkene,
  dependentDawidSkene,
  glad,
  goldFirst,
  goldOf,
  ibcc,
  mace,
  majority,
  oneCoin,
  pooledDawidSkene,
  workerAgreement,
} from './index.ts'

const root = resolve(import.meta.dirname, '../../../..')
const crowd = join(resolve(root, process.env.CHIRON_DATA ?? '../shared/data'), 'crowd')
const missing = existsSync(crowd) ? '' : ` (no crowd data at ${crowd}: skipped)`

type Method = (set: AnswerSet, options?: { gold?: Int32Array }) => Aggregate
const methods: Record<string, Method> = {
  majority,
  workerAgreement,
  oneCoin,
  confusionDawidSkene,
  ibcc,
  mace: (set, options) => mace(set, { ...options, restarts: 3 }),
  glad,
  pooledDawidSkene,
  auto,
}

function rows(name: string, file: string): string[][] {
  const lines = readFileSync(join(crowd, name, file), 'utf8')
  return lines
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))
}
function answersOf(name: string): Answer[] {
  return rows(name, 'answers.csv').map(([task = '', worker = '', label = '']) => ({ task, worker, label }))
}
function accuracyPercent(set: AnswerSet, { posteriors }: Aggregate, truth: Int32Array): number {
  let [right, known] = [0, 0]
  for (let task = 0; task < truth.length; task++) {
    if (truth[task]! < 0) continue
    known++
    const row = posteriors.subarray(task * set.labels.length, (task + 1) * set.labels.length)
    const best = Math.max(...row)
    const tied = row.filter((share) => share === best).length
    if (row[truth[task]!] === best) right += 1 / tied
  }
  return (100 * right) / known
}

const labels = ['x', 'y', 'z']
const anyAnswers = fc.array(
  fc.record({
    task: fc.integer({ min: 0, max: 7 }).map((at) => `t${at}`),
    worker: fc.integer({ min: 0, max: 5 }).map((at) => `w${at}`),
    label: fc.constantFrom(...labels),
  }),
  { minLength: 1, maxLength: 60 },
)
const renamed = (id: string) => `${9 - Number(id.slice(1))}n`

function byTask(set: AnswerSet, { posteriors }: Aggregate): ReadonlyMap<string, Record<string, number>> {
  const row = (at: number) =>
    set.labels.map((label, each) => [label, posteriors[at * set.labels.length + each]!])
  return new Map(set.taskNames.map((name, at) => [name, Object.fromEntries(row(at))]))
}

for (const [name, method] of Object.entries(methods)) {
  test(`CNS-1 ${name}: any order, names and order of labels, the same to the last bit`, () => {
    const shuffled = anyAnswers.chain((answers) =>
      fc.tuple(
        fc.constant(answers),
        fc.shuffledSubarray(answers, { minLength: answers.length, maxLength: answers.length }),
        fc.shuffledSubarray(labels, { minLength: 3, maxLength: 3 }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([answers, order, labelOrder]) => {
        const set = answerSet(answers, { labels })
        const other = answerSet(
          order.map(({ task, worker, label }) => ({ task: renamed(task), worker: renamed(worker), label })),
          { labels: labelOrder },
        )
        const before = byTask(set, method(set))
        const after = byTask(other, method(other))
        for (const [task, posterior] of before) expect(after.get(renamed(task))).toEqual(posterior)
      }),
      { numRuns: 60 },
    )
  })

  test(`CNS-9 ${name}: one worker, one class, no overlap, ties, thousands of votes`, () => {
    const sets = [
      [{ task: 't', worker: 'w', label: 'x' }],
      ['a', 'b', 'c'].map((task) => ({ task, worker: 'w', label: 'x' })),
      ['x', 'y', 'z'].map((label, at) => ({ task: `t${at}`, worker: `w${at}`, label })),
      Array.from({ length: 3000 }, (_, at) => ({ task: 't', worker: `w${at}`, label: at % 2 ? 'x' : 'y' })),
    ]
    for (const answers of sets) {
      for (const known of [undefined, labels]) {
        const set = answerSet(answers, known ? { labels: known } : {})
        const { posteriors, workers } = method(set)
        for (let from = 0; from < posteriors.length; from += set.labels.length) {
          const total = posteriors.subarray(from, from + set.labels.length).reduce((sum, p) => sum + p, 0)
          expect(total).toBeCloseTo(1, 9)
        }
        for (const worker of workers) expect(worker).toBeGreaterThanOrEqual(0)
        for (const worker of workers) expect(worker).toBeLessThanOrEqual(1 + 1e-9)
      }
    }
    const empty = answerSet([], { labels })
    expect(method(empty).posteriors).toHaveLength(0)
  })

  test(`CNS-10 ${name}: a simulated crowd is recovered, gold is held`, () => {
    const dice = seededRandom(7)
    const truth = Array.from({ length: 300 }, () => dice.int(3))
    const answers: Answer[] = []
    for (const [task, label] of truth.entries()) {
      for (let vote = 0; vote < 5; vote++) {
        const worker = dice.int(20)
        const isRight = dice.next() < (worker < 5 ? 0.4 : 0.85)
        answers.push({ task: `${task}`, worker: `${worker}`, label: labels[isRight ? label : dice.int(3)]! })
      }
    }
    const set = answerSet(answers, { labels })
    const known = new Map(truth.map((label, task) => [`${task}`, labels[label]!]))
    const least = name === 'majority' ? 85 : 88
    expect(accuracyPercent(set, method(set), goldOf(set, known))).toBeGreaterThan(least)
    const gold = goldOf(set, new Map([['0', labels[(truth[0]! + 1) % 3]!]]))
    const { posteriors } = method(set, { gold })
    expect(posteriors[set.taskNames.indexOf('0') * 3 + ((truth[0]! + 1) % 3)]).toBe(1)
  })
}

const figures: Record<string, Record<string, number>> = {
  oneCoin: { bluebird: 58.33, rte: 92.5, snow_wsd: 99.44, dog: 83.02, face: 61.13, cf_amt: 86 },
  confusionDawidSkene: { rte: 92.75, snow_wsd: 99.44, dog: 84.26, face: 64.04, sp_amt: 94.4, d_possent: 96 },
  ibcc: { bluebird: 88.89, rte: 92.75, dog: 83.89, face: 64.04, cf: 88.33, cf_amt: 85.67, d_possent: 96 },
  glad: { bluebird: 72.22, snow_wsd: 99.44, dog: 83.4, face: 62.84, cf_amt: 85.33, sp_amt: 94.6 },
}
test.skipIf(missing !== '')(`CNS-6 the figures of the papers' methods on public data${missing}`, () => {
  for (const [name, expected] of Object.entries(figures)) {
    for (const [data, percent] of Object.entries(expected)) {
      const set = answerSet(answersOf(data), { repeats: 'count' })
      const truth = goldOf(
        set,
        new Map(rows(data, 'truth.csv').map(([task = '', label = '']) => [task, label])),
      )
      const found = accuracyPercent(set, methods[name]!(set), truth)
      expect(Math.abs(found - percent), `${name} on ${data}: ${found}`).toBeLessThan(0.1)
    }
  }
})

test.skipIf(missing !== '')(
  `CNS-15 stopped like crowd-kit: its figures, after as many rounds${missing}`,
  () => {
    const figuresOf = { bluebird: [88.89, 2], cf: [83, 5], face: [64.04, 40] } as const
    for (const [data, [percent, rounds]] of Object.entries(figuresOf)) {
      const set = answerSet(answersOf(data), { repeats: 'count' })
      const known = new Map(rows(data, 'truth.csv').map(([task = '', label = '']) => [task, label]))
      const found = confusionDawidSkene(set, { stopLike: 'crowd-kit' })
      expect(accuracyPercent(set, found, goldOf(set, known)), data).toBeCloseTo(percent, 2)
      expect(found.iterations, data).toBe(rounds)
    }
  },
)

test.skipIf(missing !== '')(`CNS-11 auto is never below the majority by half a point${missing}`, () => {
  for (const data of ['bluebird', 'rte', 'dog', 'face', 'cf', 'cf_amt', 'sp_amt', 'd_possent']) {
    const set = answerSet(answersOf(data))
    const truth = goldOf(
      set,
      new Map(rows(data, 'truth.csv').map(([task = '', label = '']) => [task, label])),
    )
    const [ours, votes] = [auto(set), majority(set)].map((each) => accuracyPercent(set, each, truth))
    expect(ours, data).toBeGreaterThan(votes! - 0.5)
  }
})

test('CNS-11 a model that foretells worse than equal workers has no say', () => {
  const answers = Array.from({ length: 40 }, (_, at) => ({ task: `t${at}`, worker: `w${at}`, label: 'x' }))
  const { opinions } = auto(answerSet(answers, { labels: ['x', 'y'] }))
  expect(opinions.map(({ share }) => share).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  expect(opinions[0]).toMatchObject({ name: 'votes' })
})

test('CNS-12 columns of positions and rows of names make the same set', () => {
  const answers = [
    { task: 'b', worker: 'v', label: 'y' },
    { task: 'a', worker: 'v', label: 'x' },
    { task: 'b', worker: 'w', label: 'x' },
    { task: 'b', worker: 'w', label: 'x' },
  ]
  const columns = {
    labels: ['x', 'y'],
    taskNames: ['b', 'a'],
    workerNames: ['v', 'w'],
    task: Int32Array.of(0, 1, 0, 0),
    worker: Int32Array.of(0, 0, 1, 1),
    label: Uint8Array.of(1, 0, 0, 0),
  }
  for (const repeats of ['share', 'count'] as const) {
    expect(answerSetOfColumns(columns, { repeats })).toEqual(answerSet(answers, { repeats }))
  }
  expect(answerSet(answers).labels).toEqual(['x', 'y'])
  expect(answerSet(answers).taskStart).toEqual(Int32Array.of(0, 2, 3))
  expect(() => answerSet(answers, { labels: ['x'] })).toThrow('not among')
})

test('CNS-13 gold alone decides who is trusted', () => {
  const answers = Array.from({ length: 10 }, (_, at) => [
    { task: `${at}`, worker: 'right', label: 'x' },
    { task: `${at}`, worker: 'wrong', label: 'y' },
    { task: `${at}`, worker: 'shadow', label: 'y' },
  ]).flat()
  const set = answerSet(answers)
  const gold = goldOf(set, new Map([0, 1, 2, 3, 4, 5].map((at) => [`${at}`, 'x'])))
  const { labels: best, workers } = goldFirst(set, { gold })
  expect([...best]).toEqual(Array(10).fill(0))
  expect(workers[0]! - workers[1]!).toBeGreaterThan(0.5)
  const none = new Int32Array(10).fill(-1)
  expect(goldFirst(set, { gold: none }).posteriors).toEqual(majority(set).posteriors)
})

test('CNS-16 correlated errors are found, make less sure, and are not seen where there are none', () => {
  const crowdOf = (isTogether: boolean) => {
    const dice = seededRandom('dependence')
    return Array.from({ length: 250 }, (_, task) => {
      const truth = dice.int(2)
      const errorRatio = isTogether ? (task % 5 < 2 ? 0.42 : 0.02) : 0.18
      return Array.from({ length: 12 }, (_, vote) => {
        const label = dice.next() < errorRatio ? 1 - truth : truth
        return { task: `t${task}`, worker: `w${(task * 7 + vote) % 30}`, label: `${label}` }
      })
    }).flat()
  }
  const [together, alone] = [crowdOf(true), crowdOf(false)].map((answers) => {
    return dependentDawidSkene(answerSet(answers))
  })
  expect(together!.dependence.ratio).toBeGreaterThan(alone!.dependence.upperRatio)
  expect(alone!.dependence.ratio).toBeLessThanOrEqual(0.01)
  const plain = pooledDawidSkene(answerSet(crowdOf(true)))
  const meanTop = (posteriors: Float64Array) =>
    posteriors.reduce((sum, share, at) => sum + Math.max(share, posteriors[at ^ 1]!) / 2, 0)
  expect(meanTop(together!.posteriors)).toBeLessThan(meanTop(plain.posteriors))
  const other = dependentDawidSkene(answerSet(seededRandom(1).shuffle(crowdOf(true))))
  expect(other.dependence).toEqual(together!.dependence)
  expect(other.posteriors.slice().sort()).toEqual(together!.posteriors.slice().sort())
})
