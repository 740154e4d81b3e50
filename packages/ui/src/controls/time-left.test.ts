import { expect, test } from 'vitest'
import { timeLeftMs } from './time-left.ts'

test('UI-13 the time left follows the pace so far, the rougher the farther it is, and is not told too early', () => {
  const from = { share: 0.2, atMs: 1000 }
  const left = (share: number, atMs: number) => timeLeftMs(from, { share, atMs })
  expect(left(0.6, 5000)).toBe(4000)
  expect(left(0.5, 4100)).toBe(6000)
  // From a minute on in tens of seconds, from five minutes on in minutes.
  expect([left(0.3, 9500), left(0.3, 14_000), left(0.25, 23_050)]).toEqual([60_000, 100_000, 360_000])
  expect(left(0.3, 2900)).toBeNull()
  expect(left(0.2, 9000)).toBeNull()
  expect(left(1, 9000)).toBeNull()
})
