import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import {
  type Comparison,
  countComparisons,
  nextForOrder,
  orderDoubt,
  orderDoubts,
  rankItems,
} from './index.ts'

const votes = (left: string, right: string, wins: number, losses: number): Comparison[] => [
  ...Array.from({ length: wins }, (): Comparison => ({ left, right, winner: 'left' })),
  ...Array.from({ length: losses }, (): Comparison => ({ left, right, winner: 'right' })),
]

test('RNK-15 neighbours hardly apart are doubtful and shown next, the one shown less often on the left there', () => {
  const comparisons = countComparisons([
    ...votes('a', 'b', 30, 3),
    ...votes('b', 'c', 11, 9),
    ...votes('a', 'c', 30, 4),
  ])
  const ranking = rankItems(comparisons, { ties: false, sideBias: false })
  const doubts = orderDoubts(ranking)
  expect(doubts.map(({ above, below }) => `${above}${below}`)).toEqual(['ab', 'bc'])
  expect(doubts[0]!.chance).toBeLessThan(0.01)
  expect(doubts[1]!.chance).toBeGreaterThan(0.15)
  expect(orderDoubt(ranking)).toBeCloseTo(doubts[0]!.chance + doubts[1]!.chance, 12)
  expect(nextForOrder(ranking, comparisons)).toEqual({ left: 'c', right: 'b' })
  const none = countComparisons([], ['a', 'b', 'c'])
  expect(orderDoubt(rankItems(none))).toBeCloseTo(1, 6)
  const one = countComparisons([], ['a'])
  expect([orderDoubt(rankItems(one)), nextForOrder(rankItems(one), one)]).toEqual([0, null])
})

test('RNK-15 who stops once the doubt is small is right about as often as that says', () => {
  const truth = { a: 1, b: 0, c: -1 }
  let right = 0
  for (let seed = 0; seed < 60; seed++) {
    const dice = seededRandom(`order ${seed}`)
    let rows: Comparison[] = []
    let comparisons = countComparisons(rows, ['a', 'b', 'c'])
    let ranking = rankItems(comparisons)
    while (orderDoubt(ranking) > 0.1 && rows.length < 400) {
      const { left, right: other } = nextForOrder(ranking, comparisons) as {
        left: 'a' | 'b' | 'c'
        right: 'a' | 'b' | 'c'
      }
      const isWon = dice.next() < 1 / (1 + Math.exp(truth[other] - truth[left]))
      rows = [...rows, { left, right: other, winner: isWon ? 'left' : 'right' }]
      comparisons = countComparisons(rows, ['a', 'b', 'c'])
      ranking = rankItems(comparisons, { ties: false, sideBias: false })
    }
    if (
      orderDoubts(ranking)
        .map(({ above }) => above)
        .join('') === 'ab'
    )
      right++
  }
  expect(right).toBeGreaterThanOrEqual(54)
})
