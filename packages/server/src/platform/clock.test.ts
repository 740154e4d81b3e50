import { isUuid } from '@chiron/core/kit'
import { expect, test } from 'vitest'
import { manualClock, newId } from './clock.ts'

test('ids rise within a millisecond and beyond its counter, and follow the clock', () => {
  const clock = manualClock(new Date('2026-01-31T09:30:00Z'))
  const ids = Array.from({ length: 10_000 }, () => newId(clock))
  expect(ids.every(isUuid)).toBe(true)
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(ids.length)
  clock.advance(-86_400_000)
  expect(newId(clock) < ids[0]!).toBe(true)
  clock.advance(2 * 86_400_000)
  expect(newId(clock) > ids.at(-1)!).toBe(true)
})
