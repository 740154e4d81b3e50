import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { answerSet, auto, confusionDawidSkene, DEFAULT_PRIORS, goldOf } from '../consensus/index.ts'
import { seededRandom } from '../kit/index.ts'
import { abstention, calibrated, calibrationError, conformalSets, learnCalibration } from './index.ts'

const root = resolve(import.meta.dirname, '../../../..')
const crowd = join(resolve(root, process.env.CHIRON_DATA ?? '../shared/data'), 'crowd')
const missing = existsSync(crowd) ? '' : ` (no crowd data at ${crowd}: skipped)`

function rows(name: string, file: string): string[][] {
  const text = readFileSync(join(crowd, name, file), 'utf8').trim()
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))
}
function crowdSet(name: string) {
  const set = answerSet(
    rows(name, 'answers.csv').map(([task = '', worker = '', label = '']) => ({ task, worker, label })),
  )
  const truth = new Map(rows(name, 'truth.csv').map(([task = '', label = '']) => [task, label]))
  return { set, truth: goldOf(set, truth) }
}
function split(truth: Int32Array, ratio: number, seed: number) {
  const dice = seededRandom(`gold ${seed}`)
  const gold = truth.map((label) => (dice.next() < ratio ? label : -1))
  return { gold, rest: truth.map((label, task) => (gold[task]! >= 0 ? -1 : label)) }
}
/** Two labels; says `said` of the first where `chance` is right. */
function world(seed: number, count: number, distort: (chance: number) => number) {
  const dice = seededRandom(seed)
  const chances = Array.from({ length: count }, () => 0.5 + dice.next() / 2)
  const posteriors = Float64Array.from(chances.flatMap((chance) => [distort(chance), 1 - distort(chance)]))
  const truth = Int32Array.from(chances, (chance) => (dice.next() < chance ? 0 : 1))
  return { posteriors, truth, labelCount: 2 }
}

test('CAL-1 too sure becomes right, honest stays raw, ten gold answers change nothing', () => {
  const { posteriors, truth, labelCount } = world(1, 2000, (chance) => 1 / (1 + (1 / chance - 1) ** 3))
  const { gold, rest } = split(truth, 0.2, 1)
  const calibration = learnCalibration({ posteriors, labelCount, gold })
  expect(calibration.slope).toBeGreaterThan(0.2)
  expect(calibration.slope).toBeLessThan(0.8)
  const before = calibrationError(posteriors, labelCount, rest).error
  const after = calibrationError(calibrated(posteriors, labelCount, calibration), labelCount, rest).error
  expect(before).toBeGreaterThan(0.12)
  expect(after).toBeLessThan(0.05)
  let changed = 0
  for (let seed = 0; seed < 50; seed++) {
    const honest = world(seed, 300, (chance) => chance)
    if (!learnCalibration({ ...honest, gold: split(honest.truth, 0.3, seed).gold }).isRaw) changed++
  }
  expect(changed).toBeLessThanOrEqual(3)
  const few = truth.map((label, task) => (task < 9 ? label : -1))
  expect(learnCalibration({ posteriors, labelCount, gold: few }).isRaw).toBe(true)
})

test('CAL-2 the best label stays best, sums stay one, a tie stays a tie', () => {
  const posteriors = Float64Array.of(0.6, 0.3, 0.1, 0.4, 0.4, 0.2, 1, 0, 0, 0.34, 0.33, 0.33)
  const unsure = { slope: 0.1, shift: -3, isRaw: false, goldCount: 50 }
  const out = calibrated(posteriors, 3, unsure)
  for (let from = 0; from < out.length; from += 3) {
    const row = out.subarray(from, from + 3)
    expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(Math.max(...row)).toBeLessThanOrEqual(row[0]! + 1e-12)
  }
  expect([...out.subarray(3, 6)]).toEqual([0.4, 0.4, 0.2])
})

test('CAL-3 sets hold the truth as often as asked, whatever the model', () => {
  for (const distort of [(chance: number) => chance, (chance: number) => (chance > 0.7 ? 1 : 0.5)]) {
    let [held, count] = [0, 0]
    for (let seed = 0; seed < 40; seed++) {
      const { posteriors, truth, labelCount } = world(seed, 500, distort)
      const { gold, rest } = split(truth, 0.2, seed)
      const thrown = seededRandom(`dice ${seed}`)
      const dice = Float64Array.from(gold, () => thrown.next())
      const { sets } = conformalSets({ posteriors, labelCount, gold, coverageRatio: 0.9, dice })
      for (const [task, label] of rest.entries()) {
        if (label < 0) continue
        count++
        if (sets[task]!.includes(label)) held++
      }
    }
    expect(Math.abs(held / count - 0.9)).toBeLessThan(0.015)
  }
})

test('CAL-4 answers given are wrong no more often than asked, and without enough gold none is given', () => {
  let broken = 0
  for (let seed = 0; seed < 100; seed++) {
    const { posteriors, truth, labelCount } = world(seed, 1500, (chance) => chance)
    const { gold, rest } = split(truth, 0.3, seed)
    const { sureAt } = abstention({ posteriors, labelCount, gold, maxErrorRatio: 0.1 })
    const given = [...rest.entries()].filter(([task, label]) => {
      return label >= 0 && Math.max(posteriors[task * 2]!, posteriors[task * 2 + 1]!) >= sureAt
    })
    const wrong = given.filter(([task, label]) => posteriors[task * 2 + label]! < 0.5).length
    if (given.length > 0 && wrong / given.length > 0.125) broken++
  }
  expect(broken).toBeLessThanOrEqual(15)
  const { posteriors } = world(1, 50, (chance) => chance)
  const none = new Int32Array(50).fill(-1)
  expect(abstention({ posteriors, labelCount: 2, gold: none, maxErrorRatio: 0.1 }).answeredRatio).toBe(0)
})

test('CAL-5 the error of a known example', () => {
  const posteriors = Float64Array.of(0.8, 0.2, 0.8, 0.2, 0.8, 0.2, 0.8, 0.2, 0.5, 0.5)
  const gold = Int32Array.of(0, 0, 1, 1, 0)
  const { error, bins } = calibrationError(posteriors, 2, gold)
  expect(error).toBeCloseTo((4 * 0.3) / 5, 12)
  expect(bins[8]).toEqual({ count: 4, confidence: 0.8, accuracy: 0.5 })
})

test.skipIf(missing !== '')(`CAL-6 on public crowds calibration helps and the sets cover${missing}`, () => {
  const names = ['rte', 'dog', 'face', 'cf_amt', 'd_possent']
  let coverage = 0
  for (const name of names) {
    const { set, truth } = crowdSet(name)
    const labelCount = set.labels.length
    const { posteriors } = confusionDawidSkene(set, { priors: DEFAULT_PRIORS })
    const mixed = auto(set).posteriors
    let [raw, better, covered] = [0, 0, 0]
    for (let seed = 1; seed <= 5; seed++) {
      const { gold, rest } = split(truth, 0.2, seed)
      raw += calibrationError(posteriors, labelCount, rest).error / 5
      const calibration = learnCalibration({ posteriors, labelCount, gold })
      better += calibrationError(calibrated(posteriors, labelCount, calibration), labelCount, rest).error / 5
      const thrown = seededRandom(`dice ${seed}`)
      const dice = Float64Array.from(gold, () => thrown.next())
      const { sets } = conformalSets({ posteriors: mixed, labelCount, gold, coverageRatio: 0.9, dice })
      const known = [...rest.entries()].filter(([, label]) => label >= 0)
      covered += known.filter(([task, label]) => sets[task]!.includes(label)).length / known.length / 5
    }
    expect(better, name).toBeLessThan(Math.min(raw, 0.08))
    coverage += covered / names.length
  }
  expect(Math.abs(coverage - 0.9)).toBeLessThan(0.025)
})
