import { seededRandom } from '@chiron/core/kit'
import { expect, test } from 'vitest'
import { answerOf, replayDesign, truthOf } from './designs.ts'

const measured = new Map([
  ['poor', new Map(['a', 'b', 'c', 'd'].map((key, at) => [key, [0, 0, 0.3, 0.3][at]!]))],
  ['good', new Map(['a', 'b', 'c', 'd'].map((key) => [key, 1]))],
  ['usual', new Map(['a', 'b', 'c', 'd'].map((key, at) => [key, [0.7, 1, 1, 0.7][at]!]))],
])
const raters = [
  { name: 'careful', reliability: 0.95 },
  { name: 'hasty', reliability: 0.8 },
]

test('a rater says what they see as often as they are reliable', () => {
  const dice = seededRandom('a')
  const sure = { name: 'sure', reliability: 1 }
  expect(answerOf(sure, dice, 1, 0.5)).toBe('left')
  expect(answerOf(sure, dice, 0.2, 0.9)).toBe('right')
  expect(answerOf(sure, dice, 1, 0.95)).toBe('tie')
  expect(answerOf(sure, dice, 0, 0)).toBe('both-bad')
  const guesses = Array.from({ length: 600 }, () => answerOf({ name: 'coin', reliability: 0 }, dice, 1, 0))
  for (const answer of ['left', 'right', 'tie'])
    expect(guesses.filter((each) => each === answer).length).toBeGreaterThan(150)
})

test('both designs find the order, by the same rule; the one that chooses needs fewer votes', () => {
  expect(truthOf(measured).map(({ version }) => version)).toEqual(['good', 'usual', 'poor'])
  const seeds = ['1', '2', '3', '4']
  const run = (design: 'even' | 'adaptive') =>
    seeds.map((seed) => replayDesign(design, { measured, raters, seed, mostVotes: 600 }))
  const [even, adaptive] = [run('even'), run('adaptive')]
  for (const { order, isSettled } of [...even, ...adaptive])
    expect([order, isSettled]).toEqual([['good', 'usual', 'poor'], true])
  const votes = (replays: typeof even) => replays.reduce((sum, replay) => sum + replay.votes, 0)
  expect(votes(adaptive)).toBeLessThan(votes(even))
  expect(run('even')).toEqual(even)
}, 120_000)

test('votes that are too few settle nothing', () => {
  const few = replayDesign('adaptive', { measured, raters, seed: '1', mostVotes: 6 })
  expect([few.votes, few.isSettled]).toEqual([6, false])
})
