import { expect, test } from 'vitest'
import { seededRandom, throwNormal } from '../kit/index.ts'
import { type PolicyInUse, predictivePower, rateError } from './index.ts'

const used = (policy: string, predicted: number, successCount: number, trialCount = 100): PolicyInUse => {
  return { policy, predicted, predictedError: 0, successCount, trialCount }
}

test('VAL-1 worked examples: a right order, one pair the wrong way round, and shared ranks', () => {
  const right = predictivePower([used('a', 0.2, 10), used('b', 0.5, 40), used('c', 0.9, 80)])
  expect(right.spearman.value).toBeCloseTo(1, 12)
  expect(right.mmrv.value).toBe(0)
  // r of (.2, .5, .9) with (.1, .4, .8): the same steps, so exactly 1.
  expect(right.pearson.value).toBeCloseTo(1, 12)
  const turned = predictivePower([used('a', 0.2, 10), used('b', 0.9, 40), used('c', 0.5, 80)])
  // b and c are the wrong way round and .4 apart: (0 + .4 + .4) / 3.
  expect(turned.mmrv.value).toBeCloseTo(0.8 / 3, 12)
  expect(turned.spearman.value).toBeCloseTo(0.5, 12)
  const tied = predictivePower([used('a', 1, 10), used('b', 1, 20), used('c', 2, 30)])
  expect(tied.spearman.value).toBeCloseTo(Math.sqrt(0.75), 12)
})

test('VAL-2 intervals hold the figure of endless measurement about as often as they say', () => {
  const dice = seededRandom('validity')
  let held = 0
  const worlds = 120
  for (let world = 0; world < worlds; world++) {
    const rates = Array.from({ length: 6 }, () => 0.15 + 0.7 * dice.next())
    const beliefs = rates.map((rate) => rate + 0.15 * throwNormal(dice))
    const exact = predictivePower(
      rates.map((rate, at) => used(`${at}`, beliefs[at]!, Math.round(rate * 1e9), 1e9)),
      { drawCount: 0 },
    )
    const rows = rates.map((rate, at) => {
      const successCount = Array.from({ length: 60 }, () => dice.next()).filter((each) => each < rate).length
      const predicted = beliefs[at]! + 0.05 * throwNormal(dice)
      return { policy: `${at}`, predicted, predictedError: 0.05, successCount, trialCount: 60 }
    })
    const { interval } = predictivePower(rows, { drawCount: 300, seed: world }).pearson
    if (interval!.low <= exact.pearson.value! && exact.pearson.value! <= interval!.high) held++
  }
  // Nominal 95%: of 120, fewer than 103 or so would be beyond chance; noise pulls correlations down, so some are lost.
  expect(held / worlds).toBeGreaterThan(0.85)
})

test('VAL-3 order and names change nothing, and what cannot be said is null', () => {
  const rows = [used('a', 0.2, 10), used('b', 0.9, 40), used('c', 0.5, 80), used('d', 0.6, 70)]
  const found = predictivePower(rows)
  const renamed = rows.toReversed().map((row, at) => ({ ...row, policy: `p${at}` }))
  expect(predictivePower(renamed)).toEqual(found)
  expect(predictivePower(rows.slice(0, 2)).pearson).toEqual({ value: null, interval: null })
  const alike = predictivePower([used('a', 1, 10), used('b', 1, 20), used('c', 1, 30)])
  expect(alike.pearson.value).toBeNull()
  expect(() => predictivePower([used('a', Number.NaN, 1)])).toThrow('figure')
})

test('VAL-8 the error of a rate is that of many trials where there are many, and not 0 where all went alike', () => {
  expect(rateError(3000, 10_000)).toBeCloseTo(Math.sqrt((0.3 * 0.7) / 10_000), 5)
  expect(rateError(5, 5)).toBeGreaterThan(0.05)
  expect(rateError(5, 5)).toBeCloseTo(rateError(0, 5), 12)
})
