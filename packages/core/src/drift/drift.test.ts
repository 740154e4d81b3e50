import { expect, test } from 'vitest'
import { type SeededRandom, seededRandom } from '../kit/index.ts'
import { binsOf, type DriftState, startDrift, watchDrift, whatMoved } from './index.ts'

const ALPHA = 0.05

/** Counts of `size` throws by shares. */
function thrown(dice: SeededRandom, shares: readonly number[], size: number): number[] {
  const counts = shares.map(() => 0)
  for (let at = 0; at < size; at++) {
    let rest = dice.next()
    const category = shares.findIndex((share) => {
      rest -= share
      return rest < 0
    })
    counts[category < 0 ? shares.length - 1 : category]!++
  }
  return counts
}

type World = { before: readonly number[]; after: readonly number[]; sizes: readonly [number, number] }

function watched(seed: string, { before, after, sizes }: World, blocks: number): DriftState {
  const dice = seededRandom(seed)
  let state = startDrift(before.length)
  for (let block = 0; block < blocks; block++) {
    const seen = { before: thrown(dice, before, sizes[0]), after: thrown(dice, after, sizes[1]) }
    state = watchDrift(state, seen, ALPHA)
  }
  return state
}

test('DRF-1 nothing changed: over 200 blocks, looked at after each, an alarm in at most one of twenty watches', () => {
  const worlds: World[] = [
    { before: [0.8, 0.2], after: [0.8, 0.2], sizes: [1, 1] },
    { before: [0.5, 0.3, 0.15, 0.05], after: [0.5, 0.3, 0.15, 0.05], sizes: [3, 2] },
    { before: [0.98, 0.02], after: [0.98, 0.02], sizes: [5, 1] },
  ]
  for (const [at, world] of worlds.entries()) {
    const watches = Array.from({ length: 200 }, (_, seed) => watched(`still ${at} ${seed}`, world, 200))
    const alarms = watches.filter(({ alarmAt }) => alarmAt !== null).length
    // 200 × .05 = 10; more than 20 would be far beyond chance.
    expect(alarms).toBeLessThanOrEqual(20)
  }
})

test('DRF-2 a change is found, a larger one sooner', () => {
  const blocksUntil = (rate: number) =>
    Array.from({ length: 20 }, (_, seed) => {
      const world: World = { before: [0.8, 0.2], after: [rate, 1 - rate], sizes: [2, 2] }
      return watched(`moved ${seed}`, world, 400).alarmAt ?? Number.POSITIVE_INFINITY
    }).sort((a, b) => a - b)[10]!
  const [small, large] = [blocksUntil(0.6), blocksUntil(0.3)]
  expect(small).toBeLessThan(200)
  expect(large).toBeLessThan(small / 2)
})

test('DRF-3 other names and another order of categories, and a state that was kept, say the same', () => {
  const world: World = { before: [0.5, 0.3, 0.2], after: [0.2, 0.3, 0.5], sizes: [2, 3] }
  const dice = seededRandom('kept')
  const blocks = Array.from({ length: 30 }, () => ({
    before: thrown(dice, world.before, 2),
    after: thrown(dice, world.after, 3),
  }))
  const once = blocks.reduce((state, block) => watchDrift(state, block, ALPHA), startDrift(3))
  const kept = blocks.reduce(
    (state, block) => watchDrift(JSON.parse(JSON.stringify(state)) as DriftState, block, ALPHA),
    startDrift(3),
  )
  expect(kept).toEqual(once)
  const turned = blocks.reduce(
    (state, { before, after }) =>
      watchDrift(state, { before: before.toReversed(), after: after.toReversed() }, ALPHA),
    startDrift(3),
  )
  expect(turned.logEvidence).toBeCloseTo(once.logEvidence, 9)
  expect(() => watchDrift(startDrift(2), { before: [1, 0], after: [0, 0] }, ALPHA)).toThrow('after')
  expect(() => watchDrift(startDrift(2), { before: [Number.NaN, 1], after: [0, 1] }, ALPHA)).toThrow('whole')
})

test('DRF-4 what moved most comes first, with its shares before and after', () => {
  const state = watched('moved', { before: [0.6, 0.3, 0.1], after: [0.2, 0.7, 0.1], sizes: [4, 4] }, 200)
  const moved = whatMoved(state, ['kitchen', 'bath', 'hall'])
  expect(
    moved
      .map(({ category }) => category)
      .slice(0, 2)
      .sort(),
  ).toEqual(['bath', 'kitchen'])
  const [{ before, after }] = moved.filter(({ category }) => category === 'kitchen') as [
    (typeof moved)[number],
  ]
  expect(before.low).toBeLessThan(0.6)
  expect(before.high).toBeGreaterThan(0.6)
  expect(after.high).toBeLessThan(before.low)
  expect(moved.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9)
  expect(whatMoved(startDrift(2), ['a', 'b'])).toEqual([])
})

test('DRF-5 bins hold about as many each, equal values stay together', () => {
  const { edges, binOf } = binsOf([...Array.from({ length: 100 }, (_, at) => at)], 4)
  expect(edges).toEqual([25, 50, 75])
  expect([-5, 0, 24.9, 25, 74, 75, 900].map(binOf)).toEqual([0, 0, 0, 1, 2, 3, 3])
  expect(binsOf([7, 7, 7, 7, 9], 4).edges).toEqual([9])
  expect(binsOf([7, 7], 3).edges).toEqual([])
  expect(() => binOf(Number.NaN)).toThrow('finite')
})
