import { expect, test } from 'vitest'
import { Memory } from './memory.ts'

test('the last questions are remembered, one that is asked again longer than one that is not', () => {
  const memory = new Memory<number>(2)
  expect(memory.get('a')).toBeUndefined()
  expect([memory.keep('a', 1), memory.keep('b', 2)]).toEqual([1, 2])
  expect(memory.get('a')).toBe(1)
  memory.keep('c', 3)
  expect([memory.get('a'), memory.get('b'), memory.get('c')]).toEqual([1, undefined, 3])
  memory.keep('c', 4)
  expect([memory.get('a'), memory.get('c')]).toEqual([1, 4])
})
