import { expect, test } from 'vitest'
import { seededRandom, throwNormal } from '../kit/index.ts'
import { meanInterval } from './index.ts'

const meanOf = (values: readonly number[]) =>
  meanInterval({
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    squareSum: values.reduce((sum, value) => sum + value ** 2, 0),
  })

test('QUA-3 the interval is Student’s: 95 of 100 cover, for few values as for many', () => {
  expect(meanOf([])).toBeNull()
  expect(meanOf([3])).toEqual({ value: 3, low: null, high: null, n: 1 })
  const dice = seededRandom('means')
  for (const n of [2, 3, 5, 20]) {
    let covered = 0
    const rounds = 4000
    for (let round = 0; round < rounds; round += 1) {
      const mean = meanOf(Array.from({ length: n }, () => 3 + throwNormal(dice)))!
      if (mean.low! <= 3 && mean.high! >= 3) covered += 1
    }
    // Four standard errors of a share of 0.95.
    expect(Math.abs(covered / rounds - 0.95), `n ${n}`).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / rounds))
  }
})
