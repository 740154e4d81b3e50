import { expect, test } from 'vitest'
import { type Answer, answerSet } from '../consensus/index.ts'
import { seededRandom } from '../kit/index.ts'
import {
  answerGain,
  evenAnswers,
  FEW_TASKS,
  isTooSure,
  nextAnswers,
  replayStopping,
  sureness,
} from './index.ts'

function crowd(seed: number, taskCount: number) {
  const dice = seededRandom(seed)
  const answers: Answer[] = []
  const truth = Array.from({ length: taskCount }, () => dice.int(2))
  for (let task = 0; task < taskCount; task++) {
    for (let vote = 0; vote < 10; vote++) {
      const label = dice.next() < 0.85 ? truth[task]! : 1 - truth[task]!
      answers.push({ task: `${task}`, worker: `${(task * 7 + vote) % 30}`, label: `${label}` })
    }
  }
  return { set: answerSet(answers), truth }
}
function rightRatio(labels: Int32Array, truth: readonly number[]): number {
  return truth.filter((label, task) => labels[task] === label).length / truth.length
}

test('STP-1 tasks with few answers come first, then those where an answer pays most; sure ones want none', () => {
  const { set } = crowd(1, 60)
  const few = [
    ...Array.from({ length: 60 }, (_, task) => task).flatMap((task) => {
      return Array.from({ length: task < 5 ? 1 : 8 }, (_, at) => {
        const row = set.taskStart[task]! + at
        return {
          task: `${task}`,
          worker: set.workerNames[set.worker[row]!]!,
          label: set.labels[set.label[row]!]!,
        }
      })
    }),
  ]
  const wanted = nextAnswers(answerSet(few), { minAnswers: 2, maxAnswers: 10, sureAt: 0.99 })
  expect(
    wanted
      .slice(0, 5)
      .map(({ task }) => Number(task))
      .sort(),
  ).toEqual([0, 1, 2, 3, 4])
  const later = wanted.slice(5)
  expect(later.every(({ share }) => share < 0.99)).toBe(true)
  expect(later.map(({ gain }) => gain)).toEqual(later.map(({ gain }) => gain).sort((a, b) => b - a))
  expect(wanted.length).toBeLessThan(40)
})

test('STP-2 the gain: none when sure, most when torn, more from better workers', () => {
  const base = { accuracy: 0.8, labelCount: 2, leftCount: 5 }
  const torn = answerGain({ ...base, share: 0.5, runnerUp: 0.5 })
  expect(torn).toBeCloseTo(0.3, 9)
  expect(answerGain({ ...base, share: 0.95, runnerUp: 0.05 })).toBeLessThan(torn / 5)
  expect(answerGain({ ...base, share: 1, runnerUp: 0 })).toBe(0)
  expect(answerGain({ ...base, accuracy: 0.9, share: 0.5, runnerUp: 0.5 })).toBeGreaterThan(torn)
  expect(answerGain({ ...base, share: 0.5, runnerUp: 0.5, leftCount: 0 })).toBe(0)
})

test('STP-3 a replay saves answers at about equal accuracy, the same for the same seed', () => {
  const { set, truth } = crowd(2, 120)
  const rule = { minAnswers: 2, sureAt: 0.99 }
  const replay = replayStopping(set, { rule, seed: 1 })
  expect(replay.savedRatio).toBeGreaterThan(0.3)
  expect(rightRatio(replay.aggregate.labels, truth)).toBeGreaterThan(0.95)
  expect(replayStopping(set, { rule, seed: 1 })).toEqual(replay)
  expect(replayStopping(set, { rule: { ...rule, sureAt: 1.01 }, seed: 1 }).savedRatio).toBe(0)
})

test('STP-4 an audit that finds too many changed labels raises the bar', () => {
  expect(isTooSure({ checkedCount: 100, changedCount: 1 }, 0.99)).toBe(false)
  expect(isTooSure({ checkedCount: 100, changedCount: 8 }, 0.99)).toBe(true)
  expect(isTooSure({ checkedCount: 0, changedCount: 0 }, 0.99)).toBe(false)
  const { set } = crowd(3, 200)
  const careless = { rule: { minAnswers: 1, sureAt: 0.6 }, seed: 2 }
  const audited = replayStopping(set, { ...careless, rule: { minAnswers: 1, sureAt: 0.9 }, auditRatio: 0.3 })
  expect(audited.sureAt).toBeGreaterThanOrEqual(0.9)
  expect(replayStopping(set, careless).savedRatio).toBeGreaterThan(audited.savedRatio)
})

test('STP-5 the less sure model counts', () => {
  const { set } = crowd(4, 100)
  const known = sureness(set)
  for (const [task, share] of known.share.entries()) {
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share + known.runnerUp[task]!).toBeGreaterThanOrEqual(1 - 1e-6)
  }
  expect(known.accuracy).toBeGreaterThan(0.75)
})

/** Two fifths of the tasks mislead: on them a worker errs four times in ten, elsewhere hardly ever; or all alike. */
function misleading(seed: number, taskCount: number, isTogether: boolean) {
  const dice = seededRandom(seed)
  const answers: Answer[] = []
  for (let task = 0; task < taskCount; task++) {
    const truth = dice.int(2)
    const errorRatio = isTogether ? (task % 5 < 2 ? 0.4 : 0.02) : 0.17
    for (let vote = 0; vote < 16; vote++) {
      const label = dice.next() < errorRatio ? 1 - truth : truth
      answers.push({ task: `${task}`, worker: `${(task * 7 + vote) % 40}`, label: `${label}` })
    }
  }
  return answerSet(answers)
}

test('STP-6 a small crowd that errs together buys more than one that does not', () => {
  const limits = [true, false].map((isTogether) => {
    return sureness(misleading(6, FEW_TASKS - 1, isTogether)).dependence?.upperRatio ?? -1
  })
  expect(limits[0]).toBeGreaterThanOrEqual(0.05)
  expect(limits[1]).toBeLessThanOrEqual(0.03)
  expect(sureness(misleading(6, FEW_TASKS, true)).dependence).toBeNull()
  const rule = { minAnswers: 2, sureAt: 0.99 }
  const [together, alone] = [true, false].map((isTogether) => {
    return replayStopping(misleading(7, 150, isTogether), { rule, seed: 1 }).answerCount
  })
  expect(together!).toBeGreaterThan(alone! * 1.2)
}, 20_000)

test('STP-7 as many answers spread evenly', () => {
  const { set } = crowd(5, 40)
  const even = evenAnswers(set, 130, 's')
  const counts = [...even.taskStart.slice(1)].map((end, task) => end - even.taskStart[task]!)
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(130)
  expect(new Set(counts)).toEqual(new Set([3, 4]))
  expect(evenAnswers(set, 1e6, 's').label.length).toBe(set.label.length)
})
