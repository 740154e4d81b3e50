import { expect, test } from 'vitest'
import { variety, wilsonShare } from './index.ts'

test('QUA-1 the Wilson interval is that of the textbook', () => {
  // R: binom::binom.confint(c(0, 8, 45, 10), c(10, 10, 60, 10), methods = "wilson")
  const near = (share: ReturnType<typeof wilsonShare>, low: number, high: number) => {
    expect(share?.low).toBeCloseTo(low, 4)
    expect(share?.high).toBeCloseTo(high, 4)
  }
  near(wilsonShare(0, 10), 0, 0.2775)
  near(wilsonShare(8, 10), 0.4902, 0.9433)
  near(wilsonShare(45, 60), 0.6277, 0.8422)
  near(wilsonShare(10, 10), 0.7225, 1)
})

test('QUA-1 without cases a share is unknown', () => {
  expect(wilsonShare(0, 0)).toBeNull()
  expect(() => wilsonShare(2, 1)).toThrow()
})

test('QUA-1 the interval holds the share and narrows with more cases', () => {
  let width = 1
  for (const n of [4, 16, 64, 256]) {
    const { value, low, high } = wilsonShare(n / 4, n)!
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
    expect(high - low).toBeLessThan(width)
    width = high - low
  }
})

test('QUA-2 variety runs from one maker to one for each', () => {
  expect(variety([5])).toBe(0)
  expect(variety([1, 1, 1, 1])).toBe(1)
  expect(variety([2, 2])).toBeCloseTo(2 / 3)
  expect(variety([1])).toBeNull()
  expect(variety([])).toBeNull()
  expect(variety([3, 0, 1])).toBe(variety([1, 3]))
})
