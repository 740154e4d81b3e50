import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import type { Answer, Consensus } from './index.ts'
import { dawidSkene, verdictOf } from './index.ts'

const root = resolve(import.meta.dirname, '../../../..')
const crowd = join(resolve(root, process.env.CHIRON_DATA ?? '../shared/data'), 'crowd')
const missing = existsSync(crowd) ? '' : ` (no crowd data at ${crowd}: skipped)`

function rows(set: string, file: string): string[][] {
  const lines = readFileSync(join(crowd, set, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  return lines.map((line) => line.trim().split(','))
}
function answersOf(set: string): Answer[] {
  return rows(set, 'answers.csv').map(([task = '', worker = '', label = '']) => ({ task, worker, label }))
}
function labelsOf(answers: Answer[]): string[] {
  return [...new Set(answers.map((answer) => answer.label))].sort()
}
/** Percent right; a tie counts as its share, as in the table of figures. */
function accuracyPercent(set: string, { posteriors }: Consensus): number {
  const truth = rows(set, 'truth.csv')
  const shares = truth.map(([task = '', label = '']) => {
    const posterior = posteriors.get(task) ?? {}
    const best = Math.max(...Object.values(posterior))
    const tied = Object.keys(posterior).filter((each) => posterior[each] === best)
    return tied.includes(label) ? 1 / tied.length : 0
  })
  return (100 * shares.reduce((sum, share) => sum + share, 0)) / truth.length
}

const labels = ['x', 'y', 'z']
const anyAnswers = fc.array(
  fc.record({
    task: fc.integer({ min: 0, max: 7 }).map((at) => `t${at}`),
    worker: fc.integer({ min: 0, max: 5 }).map((at) => `w${at}`),
    label: fc.constantFrom(...labels),
  }),
  { maxLength: 60 },
)

test('CNS-1 any order, any names and any order of labels: the same to the last bit', () => {
  const shuffled = anyAnswers.chain((answers) =>
    fc.tuple(
      fc.constant(answers),
      fc.shuffledSubarray(answers, { minLength: answers.length, maxLength: answers.length }),
      fc.shuffledSubarray(labels, { minLength: 3, maxLength: 3 }),
      fc.string({ maxLength: 3 }),
    ),
  )
  const renamed = (id: string, salt: string) => `${9 - Number(id.slice(1))}${salt}`
  fc.assert(
    fc.property(shuffled, ([answers, order, labelOrder, salt]) => {
      const before = dawidSkene({ answers, labels })
      const other = order.map(({ task, worker, label }) => ({
        task: renamed(task, salt),
        worker: renamed(worker, salt),
        label,
      }))
      const after = dawidSkene({ answers: other, labels: labelOrder })
      for (const [task, posterior] of before.posteriors) {
        expect(after.posteriors.get(renamed(task, salt))).toEqual(posterior)
      }
      for (const [worker, { accuracy, answerCount }] of before.workers) {
        expect(after.workers.get(renamed(worker, salt))).toMatchObject({ accuracy, answerCount })
      }
      expect(after.classPrior).toEqual(before.classPrior)
      expect(after.iterations).toBe(before.iterations)
    }),
    { numRuns: 500 },
  )
})

test.skipIf(missing !== '')(`CNS-1 shuffling and renaming bluebird changes no bit${missing}`, () => {
  const answers = answersOf('bluebird')
  const before = dawidSkene({ answers, labels: ['0', '1'] })
  for (const seed of [1, 2, 3]) {
    const dice = seededRandom(seed)
    const names = new Map(dice.shuffle([...before.workers.keys()]).map((worker, at) => [worker, `${at}`]))
    const other = dice
      .shuffle(answers)
      .map((answer) => ({ ...answer, worker: names.get(answer.worker) ?? '' }))
    const after = dawidSkene({ answers: other, labels: ['1', '0'] })
    expect([...after.posteriors]).toEqual([...before.posteriors])
  }
})

test('CNS-1 a perfect tie stays a tie', () => {
  const answers = ['t1', 't2', 't3'].flatMap((task, at) => [
    { task, worker: `a${at}`, label: 'x' },
    { task, worker: `b${at}`, label: 'y' },
  ])
  const { posteriors } = dawidSkene({ answers, labels: ['x', 'y'] })
  for (const posterior of posteriors.values()) expect(posterior).toEqual({ x: 0.5, y: 0.5 })
})

test('CNS-2 few answers do not make certainty, more do', () => {
  for (const labelCount of [2, 3, 4, 8]) {
    const known = Array.from({ length: labelCount }, (_, at) => `l${at}`)
    const sure = [1, 2, 3, 4, 5].map((answerCount) => {
      const answers = Array.from({ length: answerCount }, (_, at) => ({
        task: 't',
        worker: `w${at}`,
        label: 'l0',
      }))
      return dawidSkene({ answers, labels: known }).posteriors.get('t')?.l0 ?? 0
    })
    expect(sure[0], `${labelCount} labels`).toBeLessThan(0.75)
    if (labelCount <= 4) expect(sure[1], `${labelCount} labels`).toBeLessThan(0.95)
    expect(sure[4], `${labelCount} labels`).toBeGreaterThan(0.95)
    expect(sure).toEqual([...sure].sort((a, b) => a - b))
  }
})

test('CNS-2 good workers come to count more than guessers', () => {
  const dice = seededRandom('good and bad')
  const truth = Array.from({ length: 60 }, () => labels[dice.int(3)] ?? 'x')
  const answers = truth.flatMap((label, at) => [
    ...['g1', 'g2'].map((worker) => ({ task: `t${at}`, worker, label })),
    ...['b1', 'b2', 'b3'].map((worker) => ({ task: `t${at}`, worker, label: labels[dice.int(3)] ?? 'x' })),
  ])
  const { posteriors, workers } = dawidSkene({ answers, labels })
  const right = truth.filter(
    (label, at) => verdictOf(posteriors.get(`t${at}`) ?? {}, { sureAt: 0.9 }).label === label,
  )
  expect(right.length).toBeGreaterThanOrEqual(59)
  expect(workers.get('g1')?.accuracy).toBeGreaterThan(0.9)
  expect(workers.get('b1')?.accuracy).toBeLessThan(0.6)
})

test('CNS-3 thousands of answers about one task neither underflow nor give NaN', () => {
  const answers = Array.from({ length: 20_000 }, (_, at) => ({
    task: 't',
    worker: `w${at}`,
    label: at % 3 === 0 ? 'y' : 'x',
  }))
  const { posteriors, workers } = dawidSkene({ answers, labels: ['x', 'y'] })
  expect(posteriors.get('t')?.x).toBe(1)
  expect(Number.isFinite(workers.get('w0')?.accuracy)).toBe(true)
})

test('CNS-4 a worker has one vote per task', () => {
  const once: Answer[] = [
    { task: 't', worker: 'a', label: 'x' },
    { task: 't', worker: 'b', label: 'y' },
    { task: 'u', worker: 'a', label: 'y' },
  ]
  const repeated = [...once, ...Array(3).fill(once[0])] as Answer[]
  const before = dawidSkene({ answers: once, labels })
  expect(dawidSkene({ answers: repeated, labels })).toEqual(before)
  const counted = dawidSkene({ answers: repeated, labels, repeats: 'count' })
  expect(counted.posteriors.get('t')?.x).toBeGreaterThan(before.posteriors.get('t')?.x ?? 1)
  const torn: Answer[] = [
    { task: 't', worker: 'a', label: 'x' },
    { task: 't', worker: 'a', label: 'y' },
  ]
  expect(dawidSkene({ answers: torn, labels: ['x', 'y'] }).posteriors.get('t')).toEqual({ x: 0.5, y: 0.5 })
  expect(before.workers.get('a')?.answerCount).toBe(2)
})

test('CNS-5 gold is held and teaches who answers well', () => {
  const answers = Array.from({ length: 10 }, (_, at) => [
    { task: `t${at}`, worker: 'right', label: 'x' },
    { task: `t${at}`, worker: 'wrong', label: 'y' },
  ]).flat()
  const gold = new Map([...Array(6).keys()].map((at) => [`t${at}`, 'x']))
  const { posteriors, workers } = dawidSkene({ answers, labels: ['x', 'y'], gold })
  expect(posteriors.get('t0')).toEqual({ x: 1, y: 0 })
  expect(posteriors.get('t9')?.x).toBeGreaterThan(0.8)
  expect(dawidSkene({ answers, labels: ['x', 'y'] }).posteriors.get('t9')?.x).toBe(0.5)
  expect(workers.get('right')?.accuracy ?? 0).toBeGreaterThan((workers.get('wrong')?.accuracy ?? 1) + 0.3)
  const unasked = new Map([...gold, ['t99', 'y']])
  expect(dawidSkene({ answers, labels: ['x', 'y'], gold: unasked }).posteriors).toEqual(posteriors)
})

test.skipIf(missing !== '')(
  `CNS-6 within one point of plain Dawid and Skene on public data${missing}`,
  () => {
    const plain = { rte: 92.75, bluebird: 88.89, dog: 84.26, snow_wsd: 99.44, sp_amt: 94.4, d_possent: 96 }
    for (const [set, expected] of Object.entries(plain)) {
      const answers = answersOf(set)
      const result = dawidSkene({ answers, labels: labelsOf(answers) })
      expect(accuracyPercent(set, result), set).toBeGreaterThanOrEqual(expected - 1)
      expect(result.hasConverged, set).toBe(true)
    }
  },
)

test.skipIf(missing !== '')(`CNS-6 the class shares of the example of 1979${missing}`, () => {
  const answers = answersOf('anaesthetist_ds1979')
  const flat = { correct: 1e-6, wrong: 1e-6, labels: 1e-6 }
  const { classPrior } = dawidSkene({ answers, labels: labelsOf(answers), priors: flat, repeats: 'count' })
  const shares = Object.values(classPrior)
  expect(shares.map((share) => Number(share.toFixed(2)))).toEqual([0.4, 0.42, 0.11, 0.07])
})

test('CNS-7 the verdict: best label, lead, disputed or not', () => {
  expect(verdictOf({ x: 0.2, y: 0.7, z: 0.1 }, { sureAt: 0.7 })).toEqual({
    label: 'y',
    probability: 0.7,
    margin: 0.49999999999999994,
    isDisputed: false,
  })
  expect(verdictOf({ x: 0.2, y: 0.7, z: 0.1 }, { sureAt: 0.71 }).isDisputed).toBe(true)
  expect(verdictOf({ y: 0.5, x: 0.5 }, { sureAt: 0.5 })).toMatchObject({
    label: 'x',
    margin: 0,
    isDisputed: true,
  })
  expect(verdictOf({ only: 1 }, { sureAt: 0.9 })).toMatchObject({ label: 'only', isDisputed: false })
})

test('CNS-8 probabilities sum to one, maps come sorted, mistakes stop', () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      const { posteriors, workers } = dawidSkene({ answers, labels })
      for (const posterior of posteriors.values()) {
        expect(Object.values(posterior).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      }
      for (const map of [posteriors, workers]) expect([...map.keys()]).toEqual([...map.keys()].sort())
      for (const { confusion } of workers.values()) {
        for (const row of confusion) expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      }
    }),
  )
  expect(dawidSkene({ answers: [], labels }).posteriors.size).toBe(0)
  expect(() => dawidSkene({ answers: [{ task: 't', worker: 'w', label: '?' }], labels })).toThrow('not among')
  expect(() => dawidSkene({ answers: [], labels: ['x', 'x'] })).toThrow('distinct')
  expect(() => dawidSkene({ answers: [], labels, priors: { wrong: 0 } })).toThrow('above zero')
})
