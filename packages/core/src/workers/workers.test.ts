import { expect, test } from 'vitest'
import { type Answer, answerSet, goldOf } from '../consensus/index.ts'
import { seededRandom } from '../kit/index.ts'
import {
  findCopiers,
  findDrift,
  findRushers,
  judge,
  normalQuantile,
  normalTail,
  withOneVoice,
  workerSkills,
} from './index.ts'

const labels = ['x', 'y']

type Crowd = {
  seed: number
  tasks?: number
  honest?: number
  accuracy?: number
  copiers?: number
  spammers?: number
}

/** Honest workers of one accuracy, copiers of one key thrown by chance, spammers who throw each answer. */
function crowdOf({ seed, tasks = 200, honest = 20, accuracy = 0.8, copiers = 0, spammers = 0 }: Crowd) {
  const dice = seededRandom(seed)
  const truth = Array.from({ length: tasks }, () => dice.int(2))
  const key = truth.map(() => dice.int(2))
  const answers: Answer[] = []
  const say = (task: number, worker: string, label: number) => {
    answers.push({ task: `${task}`, worker, label: labels[label]! })
  }
  for (let task = 0; task < tasks; task++) {
    for (let at = 0; at < honest; at++) {
      if (dice.next() < 0.4) say(task, `h${at}`, dice.next() < accuracy ? truth[task]! : 1 - truth[task]!)
    }
    for (let at = 0; at < copiers; at++) if (dice.next() < 0.5) say(task, `c${at}`, key[task]!)
    for (let at = 0; at < spammers; at++) if (dice.next() < 0.4) say(task, `s${at}`, dice.int(2))
  }
  const set = answerSet(answers, { labels })
  const known = new Map(truth.map((label, task) => [`${task}`, labels[label]!]))
  return { set, answers, truth: goldOf(set, known) }
}
function rightRatio(found: Int32Array, truth: Int32Array): number {
  return found.filter((label, task) => label === truth[task]).length / truth.length
}

test('WRK-1 copiers are found, honest workers are not, and their voice is one', () => {
  for (const seed of [1, 2, 3]) {
    const { set, truth } = crowdOf({ seed, tasks: 500, copiers: 7 })
    const { aggregate, copiers } = judge(set)
    const named = copiers.groups.flat().map((at) => set.workerNames[at]!)
    expect(named.sort()).toEqual(Array.from({ length: 7 }, (_, at) => `c${at}`))
    expect(rightRatio(aggregate.labels, truth)).toBeGreaterThan(0.95)
  }
})

test('WRK-1 the false-alarm rate is as stated', () => {
  let alarms = 0
  for (let seed = 0; seed < 60; seed++) {
    if (findCopiers(crowdOf({ seed, tasks: 80, honest: 12 }).set, { falseAlarmRatio: 0.05 }).pairs.length > 0)
      alarms++
  }
  expect(alarms).toBeLessThanOrEqual(8) // 3 expected; more than 8 of 60 has chance below 1 in 200
})

test('WRK-1 order and names change nothing', () => {
  const { answers } = crowdOf({ seed: 4, copiers: 5 })
  const before = findCopiers(answerSet(answers, { labels }))
  const other = answerSet(
    seededRandom(1)
      .shuffle(answers)
      .map((answer) => ({ ...answer, worker: `${answer.worker}!` })),
    { labels },
  )
  const scores = (found: typeof before) => found.pairs.map(({ score }) => score).sort()
  expect(scores(findCopiers(other))).toEqual(scores(before))
})

test('WRK-2 members of a group share one vote where they meet', () => {
  const set = answerSet(['a', 'b', 'c'].map((worker) => ({ task: 't', worker, label: 'x' })))
  expect([...withOneVoice(set, [[0, 1]]).weight!]).toEqual([0.5, 0.5, 1])
  expect(withOneVoice(set, [])).toBe(set)
})

test('WRK-3 spammers are named, honest workers hardly ever, and the interval holds the skill', () => {
  let [named, spammers, falsely, held] = [0, 0, 0, 0]
  for (let seed = 0; seed < 10; seed++) {
    const { set } = crowdOf({ seed, spammers: 3 })
    for (const [at, { isSpammer, low, high }] of workerSkills(set).entries()) {
      const spams = set.workerNames[at]!.startsWith('s')
      if (spams) spammers++
      if (spams && isSpammer) named++
      if (!spams && isSpammer) falsely++
      if (spams && low <= 0 && high >= 0) held++
    }
  }
  expect(falsely).toBe(0)
  expect(named / spammers).toBeGreaterThan(0.1)
  expect(held / spammers).toBeGreaterThan(0.9)
})

test('WRK-4 rushers are named, steady workers are not', () => {
  const dice = seededRandom(3)
  const rows = Array.from({ length: 3000 }, (_, row) => ({ task: row % 300, worker: dice.int(15) }))
  const durationMs = rows.map(
    ({ worker }) => 8000 * Math.exp(dice.next() - 0.5) * (worker === 7 && dice.next() < 0.5 ? 0.1 : 1),
  )
  const paces = findRushers({
    task: Int32Array.from(rows, ({ task }) => task),
    worker: Int32Array.from(rows, ({ worker }) => worker),
    durationMs: Float64Array.from(durationMs),
  })
  expect(paces.flatMap(({ isRusher }, at) => (isRusher ? [at] : []))).toEqual([7])
})

test('WRK-5 drift is found where it happens, and a steady worker is named as rarely as stated', () => {
  const dice = seededRandom(5)
  const steady = () => Float64Array.from({ length: 150 }, () => (dice.next() < 0.85 ? 1 : 0))
  let alarms = 0
  for (let worker = 0; worker < 300; worker++)
    if (findDrift(steady(), { falseAlarmRatio: 0.05 }).isDrift) alarms++
  expect(alarms / 300).toBeLessThan(0.09)
  const tired = Float64Array.from({ length: 200 }, (_, at) => (dice.next() < (at < 100 ? 0.9 : 0.5) ? 1 : 0))
  const drift = findDrift(tired)
  expect(drift.isDrift).toBe(true)
  expect(Math.abs(drift.at - 100)).toBeLessThan(25)
})

test('WRK-6 the normal distribution', () => {
  expect(normalTail(1.959964)).toBeCloseTo(0.025, 6)
  expect(normalTail(-1)).toBeCloseTo(0.8413447, 6)
  expect(normalQuantile(0.05)).toBeCloseTo(1.644854, 5)
})
