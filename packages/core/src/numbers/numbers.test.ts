import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Rating } from '../agreement/index.ts'
import { seededRandom } from '../kit/index.ts'
import { aggregateNumbers } from './index.ts'

const folder = join(
  resolve(import.meta.dirname, '../../../..', process.env.CHIRON_DATA ?? '../shared/data'),
  'crowd/n_emotion',
)

/** Workers w0 … w4, each wider than the one before; w4 throws numbers. */
function simulated(seed: number): { ratings: Rating<number>[]; truth: Map<string, number> } {
  const dice = seededRandom(seed)
  const truth = new Map(Array.from({ length: 60 }, (_, at) => [`t${at}`, dice.next() * 100]))
  const around = () => dice.next() + dice.next() + dice.next() - 1.5
  const ratings = [...truth].flatMap(([task, value]) =>
    [1, 2, 3, 4, 200].map((width, who) => ({ task, worker: `w${who}`, value: value + width * around() })),
  )
  return { ratings, truth }
}
const errorOf = (values: ReadonlyMap<string, number>, truth: ReadonlyMap<string, number>) =>
  [...truth].reduce((sum, [task, value]) => sum + Math.abs(values.get(task)! - value), 0) / truth.size
const valuesOf = (ratings: Iterable<Rating<number>>) =>
  new Map(aggregateNumbers(ratings).tasks.map(({ task, value }) => [task, value]))

test('NUM-1 order and names leave no trace; shifted and stretched answers give values alike', () => {
  const { ratings } = simulated(1)
  const dice = seededRandom('order')
  const before = valuesOf(ratings)
  expect(valuesOf(dice.shuffle(ratings))).toEqual(before)
  const renamed = valuesOf(
    ratings.map(({ task, worker, value }) => ({
      task: `${200 - Number(task.slice(1))}`,
      worker: `${9 - Number(worker.slice(1))}`,
      value,
    })),
  )
  const moved = valuesOf(ratings.map((rating) => ({ ...rating, value: rating.value * 3 - 50 })))
  for (const [task, value] of before) {
    expect(renamed.get(`${200 - Number(task.slice(1))}`)).toBeCloseTo(value, 9)
    expect(moved.get(task)).toBeCloseTo(value * 3 - 50, 7)
  }
})

test('NUM-2 NUM-3 who lies far off counts less, and the values are recovered', () => {
  for (let seed = 0; seed < 5; seed++) {
    const { ratings, truth } = simulated(seed)
    const found = aggregateNumbers(ratings)
    const deviations = found.workers.map(({ deviation }) => deviation)
    expect(deviations[4]! / deviations[0]!).toBeGreaterThan(5)
    const means = new Map(
      [...Map.groupBy(ratings, ({ task }) => task)].map(([task, rows]) => [
        task,
        rows.reduce((sum, { value }) => sum + value, 0) / rows.length,
      ]),
    )
    expect(errorOf(valuesOf(ratings), truth)).toBeLessThan(errorOf(means, truth) / 5)
    expect(found.shrinkage).toBeLessThan(100)
  }
  const { ratings } = simulated(9)
  const calm = ratings.filter(({ worker }) => worker !== 'w4')
  const wild = calm.map((rating, at) => (at === 0 ? { ...rating, value: 1e6 } : rating))
  expect(valuesOf(wild).get('t0')! - valuesOf(calm).get('t0')!).toBeLessThan(20)
})

test('NUM-4 lone workers, lone tasks, no overlap and answers alike', () => {
  const one = (value: number, task = 'a', worker = 'w') => ({ task, worker, value })
  expect(aggregateNumbers([])).toMatchObject({ tasks: [], workers: [] })
  expect(aggregateNumbers([one(5)]).tasks).toEqual([
    { task: 'a', value: 5, standardError: null, answerCount: 1 },
  ])
  expect([...valuesOf([one(5), one(7, 'b', 'v')]).values()]).toEqual([5, 7])
  expect([...valuesOf([one(5), one(5, 'a', 'v'), one(5, 'a', 'u')]).values()]).toEqual([5])
  expect(() => aggregateNumbers([one(Number.NaN)])).toThrow('finite')
})

test.skipIf(!existsSync(folder))(
  'NUM-5 emotions: mean absolute error at most 11.9 (skipped without CHIRON_DATA)',
  () => {
    const rows = (file: string) =>
      readFileSync(join(folder, file), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(','))
    const values = valuesOf(
      rows('answers.csv').map(([task, worker, value]) => ({
        task: task!,
        worker: worker!,
        value: Number(value),
      })),
    )
    const truth = new Map(rows('truth.csv').map(([task, value]) => [task!, Number(value)]))
    expect(errorOf(values, truth)).toBeLessThanOrEqual(11.9)
  },
)
