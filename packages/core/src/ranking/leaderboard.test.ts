import { expect, test } from 'vitest'
import { type ComparisonCount, leaderboardOf } from './index.ts'

const counts = (times: number): ComparisonCount[] => [
  { left: 'a', right: 'b', leftWins: 6 * times, ties: 2 * times, rightWins: 2 * times },
  { left: 'b', right: 'a', leftWins: 1 * times, ties: 2 * times, rightWins: 5 * times },
  { left: 'b', right: 'c', leftWins: 7 * times, ties: 2 * times, rightWins: 3 * times },
  { left: 'c', right: 'a', leftWins: 1 * times, ties: times, rightWins: 8 * times },
]

test('RNK-20 a leaderboard counts who met whom, and says what the votes settle', () => {
  const few = leaderboardOf(counts(1))
  expect(few.items.map(({ item, rank }) => [item, rank])).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ])
  expect(few.items[0]).toMatchObject({ winCount: 19, tieCount: 5, lossCount: 4, bestRank: 1 })
  expect(few.headToHead.map(({ item, against }) => item + against)).toEqual(['ab', 'ac', 'bc'])
  expect(few.headToHead[0]).toMatchObject({ winCount: 11, tieCount: 4, lossCount: 3 })
  expect(few).toMatchObject({ voteCount: 40, tieRatio: 7 / 40, settled: { best: false, order: false } })
  const many = leaderboardOf(counts(40))
  expect(many.settled).toEqual({ best: true, order: true, openPairCount: 0 })
  expect(many.hostile[0]?.voteCount).toBeGreaterThan(few.hostile[0]?.voteCount ?? 0)
  for (const { expected } of many.headToHead)
    expect(expected.win + expected.tie + expected.loss).toBeCloseTo(1, 9)
})

test('RNK-20 one without votes is there, settles nothing, and is asked about next', () => {
  const board = leaderboardOf(counts(40), { items: ['a', 'd'] })
  const lacking = board.items.find(({ item }) => item === 'd')
  expect(lacking).toMatchObject({ winCount: 0, lossCount: 0, bestRank: 1, worstRank: 4 })
  expect(board.settled).toMatchObject({ best: false, order: false, openPairCount: 3 })
  expect([board.next[0]?.left, board.next[0]?.right]).toContain('d')
})

test('RNK-20 nobody and nothing give an empty leaderboard', () => {
  expect(leaderboardOf([])).toMatchObject({ items: [], voteCount: 0, tieRatio: null, next: [], hostile: [] })
  expect(leaderboardOf([], { items: ['a'] }).settled).toEqual({ best: false, order: false, openPairCount: 0 })
  expect(leaderboardOf([], { items: ['a', 'b'] }).next).toHaveLength(5)
})
