import { expect, test } from 'vitest'
import { DEFAULT_GOLD, goldAnswerCount, goldUses, isGoldTurn } from './index.ts'

const turns = (worker: string, count: number, ratio: number) =>
  Array.from({ length: count }, (_, at) => isGoldTurn({ seed: `task ${at}`, worker, ratio }))

test('GLD-7 each claim is gold with the set chance, whatever came before, and stays what it is', () => {
  const drawn = turns('ada', 20_000, 0.1)
  const share = drawn.filter(Boolean).length / drawn.length
  expect(Math.abs(share - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / drawn.length))
  // After gold, gold is as likely as after anything else: no place in line tells it.
  const after = drawn.filter((_, at) => at > 0 && drawn[at - 1])
  expect(Math.abs(after.filter(Boolean).length / after.length - 0.1)).toBeLessThan(0.03)
  expect(turns('ada', 200, 0.1)).toEqual(drawn.slice(0, 200))
  expect(turns('bo', 200, 0.1)).not.toEqual(drawn.slice(0, 200))
  expect(turns('ada', 500, 0).some(Boolean)).toBe(false)
  // A higher share keeps what was gold at a lower one.
  const more = turns('ada', 20_000, 0.3)
  expect(drawn.every((isGold, at) => !isGold || more[at])).toBe(true)
})

test('GLD-8 only what may serve becomes gold, for no more workers than the flow could have asked', () => {
  const settled = {
    task: 't',
    label: 'yes',
    probability: 0.995,
    answerCount: 3,
    isReviewed: false,
    isContested: false,
  }
  expect(goldUses(settled, 5)).toBe(2)
  expect(goldUses({ ...settled, probability: 0.95 }, 5)).toBe(0)
  expect(goldUses({ ...settled, answerCount: 2 }, 5)).toBe(0)
  expect(goldUses({ ...settled, answerCount: 5 }, 5)).toBe(1)
  expect(goldUses(settled, 25)).toBe(DEFAULT_GOLD.maxUses)
  const word = { ...settled, probability: 0, answerCount: 0, isReviewed: true }
  expect(goldUses(word, 4)).toBe(4)
  expect(goldUses({ ...word, isContested: true }, 4)).toBe(0)
})

test('GLD-9 gold answers come on top, rounded up', () => {
  expect(goldAnswerCount(19, 0.05)).toBe(1)
  expect(goldAnswerCount(20, 0.05)).toBe(2)
  expect(goldAnswerCount(900, 0.1)).toBe(100)
  expect(goldAnswerCount(50, 0)).toBe(0)
  expect(() => goldAnswerCount(50, 0.5)).toThrow('share of gold')
})
