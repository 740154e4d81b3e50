import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import { aggregateKeypoints, type PointAnswer } from './index.ts'

const file = join(
  resolve(import.meta.dirname, '../../../..', process.env.CHIRON_DATA ?? '../shared/data'),
  'crowd/kp_ceph5/answers.csv',
)

function normals(seed: string | number): () => number {
  const dice = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next())
}

/** Forty images with three keypoints by five workers; `grossRatio` of the points lie anywhere. */
function simulated(seed: number, grossRatio = 0) {
  const [dice, normal] = [seededRandom(seed), normals(`n${seed}`)]
  const truth = new Map<string, readonly [number, number]>()
  const answers: PointAnswer[] = []
  for (let task = 0; task < 40; task++) {
    for (let keypoint = 0; keypoint < 3; keypoint++) {
      const [x, y] = [dice.next() * 100, dice.next() * 100]
      truth.set(`t${task} k${keypoint}`, [x, y])
      for (let worker = 0; worker < 5; worker++) {
        const width = dice.next() < grossRatio ? 30 : 1
        answers.push({
          task: `t${task}`,
          keypoint: `k${keypoint}`,
          worker: `w${worker}`,
          x: x + width * normal(),
          y: y + width * normal(),
        })
      }
    }
  }
  return { answers, truth }
}

const placesOf = (answers: Iterable<PointAnswer>) =>
  new Map(
    aggregateKeypoints(answers).points.map(({ task, keypoint, x, y }) => [
      `${task} ${keypoint}`,
      [x, y] as const,
    ]),
  )
function meansOf(answers: readonly PointAnswer[]) {
  const groups = Map.groupBy(answers, ({ task, keypoint }) => `${task} ${keypoint}`)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return new Map(
    [...groups].map(([spot, rows]) => [
      spot,
      [mean(rows.map(({ x }) => x)), mean(rows.map(({ y }) => y))] as const,
    ]),
  )
}
type Places = ReadonlyMap<string, readonly [number, number]>
const errorOf = (found: Places, truth: Places) =>
  [...truth].reduce(
    (sum, [spot, [x, y]]) => sum + Math.hypot(found.get(spot)![0] - x, found.get(spot)![1] - y),
    0,
  ) / truth.size

test('KPT-1 order and names leave no trace; moved, turned and stretched answers give places alike', () => {
  const { answers } = simulated(1, 0.1)
  const before = placesOf(answers)
  expect(placesOf(seededRandom('order').shuffle(answers))).toEqual(before)
  const [cos, sin] = [Math.cos(0.7), Math.sin(0.7)]
  const turned = placesOf(
    answers.map(({ x, y, worker, ...rest }) => ({
      ...rest,
      worker,
      x: 10 * (cos * x - sin * y) + 5,
      y: 10 * (sin * x + cos * y) - 7,
    })),
  )
  for (const [spot, [x, y]] of before) {
    // Geometric medians begin at the medians of the axes, which turn only nearly.
    expect(turned.get(spot)![0]).toBeCloseTo(10 * (cos * x - sin * y) + 5, 0)
    expect(turned.get(spot)![1]).toBeCloseTo(10 * (sin * x + cos * y) - 7, 0)
  }
})

test('KPT-2 nearly the mean on clean points, hardly moved by gross errors or a spammer', () => {
  for (let seed = 0; seed < 4; seed++) {
    const clean = simulated(seed)
    expect(errorOf(placesOf(clean.answers), clean.truth)).toBeLessThan(
      errorOf(meansOf(clean.answers), clean.truth) * 1.06,
    )
    const gross = simulated(seed, 0.1)
    expect(errorOf(placesOf(gross.answers), gross.truth)).toBeLessThan(1)
    expect(errorOf(meansOf(gross.answers), gross.truth)).toBeGreaterThan(2)
    const normal = normals(seed)
    const spam = clean.answers.map((answer) =>
      answer.worker === 'w0'
        ? { ...answer, x: answer.x + 20 * normal(), y: answer.y + 20 * normal() }
        : answer,
    )
    const found = aggregateKeypoints(spam)
    expect(errorOf(placesOf(spam), clean.truth)).toBeLessThan(0.8)
    expect(found.workers[0]!.deviation).toBeGreaterThan(5 * found.workers[1]!.deviation)
  }
})

test('KPT-3 one worker, one answer, answers alike; NaN is refused', () => {
  const at = (x: number, worker = 'w', task = 't') => ({ task, keypoint: 'k', worker, x, y: 2 * x })
  expect(aggregateKeypoints([])).toMatchObject({ points: [], workers: [] })
  expect(aggregateKeypoints([at(3)]).points).toEqual([
    { task: 't', keypoint: 'k', x: 3, y: 6, standardError: null, answerCount: 1 },
  ])
  const alike = aggregateKeypoints([at(3), at(3, 'v'), at(3, 'u')]).points
  expect(alike[0]).toMatchObject({ x: 3, y: 6 })
  const alone = placesOf([at(1), at(2, 'w', 's'), at(5, 'w', 'r')])
  expect([...alone.values()].map(([x]) => x)).toEqual([5, 2, 1])
  const two = placesOf([at(1), at(2, 'v')])
  expect(two.get('t k')![0]).toBeCloseTo(1.5, 6)
  expect(() => aggregateKeypoints([at(Number.NaN)])).toThrow('finite')
})

test.skipIf(!existsSync(file))(
  'KPT-4 landmarks: five annotators against the other six (skipped without CHIRON_DATA)',
  () => {
    const answers = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [task, keypoint, worker, x, y] = line.trim().split(',')
        return { task: task!, keypoint: keypoint!, worker: worker!, x: Number(x), y: Number(y) }
      })
    const workers = [...new Set(answers.map(({ worker }) => worker))]
    const sums = [0, 0, 0]
    const splits = 6
    for (let split = 0; split < splits; split++) {
      const [dice, normal] = [seededRandom(`split ${split}`), normals(`noise ${split}`)]
      const chosen = dice.shuffle(workers).slice(0, 5)
      const clean = answers.filter(({ worker }) => chosen.includes(worker))
      const truth = meansOf(answers.filter(({ worker }) => !chosen.includes(worker)))
      const off = (answer: PointAnswer, width: number) => ({
        ...answer,
        x: answer.x + width * normal(),
        y: answer.y + width * normal(),
      })
      const gross = clean.map((answer) => (dice.next() < 0.1 ? off(answer, 20) : answer))
      const spam = clean.map((answer) => (answer.worker === chosen[0] ? off(answer, 10) : answer))
      for (const [at, given] of [clean, gross, spam].entries())
        sums[at]! += errorOf(placesOf(given), truth) / splits
    }
    // Few splits, for speed: the bench takes more. The bars leave room for the luck of six.
    expect(sums[0]).toBeLessThan(0.93)
    expect(sums[1]).toBeLessThan(0.98)
    expect(sums[2]).toBeLessThan(1.02)
  },
)
