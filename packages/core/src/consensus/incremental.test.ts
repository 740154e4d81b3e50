import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import type { Answer } from './index.ts'
import { answerSet, startConsensus, takeAnswers } from './index.ts'

const labels = ['x', 'y', 'z']

function answersOf(seed: number, taskCount: number): Answer[] {
  const dice = seededRandom(seed)
  return Array.from({ length: taskCount }, (_, task) => {
    const truth = dice.int(3)
    return Array.from({ length: 6 }, () => {
      const worker = dice.int(25)
      const isRight = dice.next() < (worker < 8 ? 0.45 : 0.9)
      return { task: `t${task}`, worker: `w${worker}`, label: labels[isRight ? truth : dice.int(3)]! }
    })
  }).flat()
}

test('CNS-14 new answers without fitting again: nearly what a full fit says', () => {
  const answers = answersOf(1, 400)
  const dice = seededRandom(2)
  const mixed = dice.shuffle(answers)
  const [old, fresh] = [mixed.slice(0, -200), mixed.slice(-200)]
  const running = takeAnswers(startConsensus(answerSet(old, { labels })), fresh)
  const full = startConsensus(answerSet(answers, { labels }))
  expect(running.answersSinceFit).toBe(200)
  let differ = 0
  for (const [name, at] of running.taskAt) {
    const other = full.taskAt.get(name)!
    const best = (posteriors: Float64Array, task: number) => {
      const row = [...posteriors.subarray(task * 3, task * 3 + 3)]
      return row.indexOf(Math.max(...row))
    }
    if (best(running.posteriors, at) !== best(full.posteriors, other)) differ++
  }
  expect(differ).toBeLessThanOrEqual(4)
  const sum = running.posteriors.reduce((total, share) => total + share, 0)
  expect(sum).toBeCloseTo(running.set.taskNames.length, 6)
  const counted = running.said.reduce((total, share) => total + share, 0)
  const [weight, rows] = [running.set.weight, running.set.label.length]
  expect(counted).toBeCloseTo(weight ? weight.reduce((total, vote) => total + vote, 0) : rows, 3)
})

test('CNS-14 the order of new answers changes nothing, the old value stays, new people and tasks are welcome', () => {
  const before = startConsensus(answerSet(answersOf(3, 60), { labels }))
  const kept = before.posteriors.slice()
  const fresh = [
    { task: 'new', worker: 'w1', label: 'x' },
    { task: 'new', worker: 'nobody yet', label: 'y' },
    { task: 't3', worker: 'nobody yet', label: 'z' },
    { task: 't3', worker: 'nobody yet', label: 'x' },
  ]
  const after = takeAnswers(before, fresh)
  const other = takeAnswers(before, [...fresh].reverse())
  expect(before.posteriors).toEqual(kept)
  for (const [name, at] of after.taskAt) {
    const there = other.taskAt.get(name)!
    expect(other.posteriors.slice(there * 3, there * 3 + 3)).toEqual(
      after.posteriors.slice(at * 3, at * 3 + 3),
    )
  }
  expect(after.set.taskNames).toContain('new')
  expect(after.set.workerNames).toContain('nobody yet')
  expect(() => takeAnswers(before, [{ task: 'a', worker: 'b', label: '?' }])).toThrow('not among')
})
