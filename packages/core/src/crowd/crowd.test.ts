import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answer, answerSet, goldOf } from '../consensus/index.ts'
import { seededRandom } from '../kit/index.ts'
import { judge } from '../workers/index.ts'
import {
  type CrowdFit,
  fitCrowd,
  guardedBar,
  type HeardAnswer,
  isRefitDue,
  REFIT_BELOW_ANSWERS,
  readTask,
  type TaskReading,
  weighTask,
} from './index.ts'

const labels = ['x', 'y', 'z']

type Crowd = {
  seed: number
  taskCount: number
  workerCount?: number
  copierCount?: number
  voteCount?: number
}

/** A third of the workers is right less than half the time; copiers say what w0 says. */
function answersOf({ seed, taskCount, workerCount = 24, copierCount = 0, voteCount = 5 }: Crowd): Answer[] {
  const dice = seededRandom(seed)
  return Array.from({ length: taskCount }, (_, task) => {
    const truth = dice.int(3)
    const source = dice.next() < 0.45 ? truth : dice.int(3)
    return dice
      .shuffle(Array.from({ length: workerCount }, (_, worker) => worker))
      .slice(0, voteCount)
      .map((worker) => {
        const isRight = dice.next() < (worker % 3 === 0 ? 0.45 : 0.9)
        const own = isRight ? truth : dice.int(3)
        const said = worker < copierCount ? source : own
        return { task: `t${task}`, worker: `w${worker}`, label: labels[said]! }
      })
  }).flat()
}

const readings = ({ model, workers, beliefs }: CrowdFit): Map<string, TaskReading> =>
  new Map([...beliefs].map(([task, belief]) => [task, readTask({ model, workers, belief })]))

const COPYING = { seed: 2, taskCount: 400, workerCount: 40, copierCount: 6, voteCount: 12 }

/** Takes answers one by one into what is believed; never a full fit. */
function grown(fit: CrowdFit, fresh: readonly Answer[]): CrowdFit {
  const workers = new Map(fit.workers)
  const beliefs = new Map(fit.beliefs)
  let model = fit.model
  for (const { task, worker, label } of fresh) {
    const before = beliefs.get(task)
    const answers: HeardAnswer[] = [...(before?.heard ?? []), [worker, labels.indexOf(label)]]
    const next = weighTask({ model, workers, before, answers })
    for (const [name, state] of next.workers) workers.set(name, state)
    beliefs.set(task, next.belief)
    model = next.model
  }
  return { model, workers, beliefs }
}

test('CRW-1 what is kept says what judge says, with copiers and with gold', () => {
  for (const crowd of [{ seed: 1, taskCount: 150 }, COPYING]) {
    const answers = answersOf(crowd)
    const set = answerSet(answers, { labels })
    for (const known of [
      new Map<string, string>(),
      new Map([
        ['t3', 'y'],
        ['t9', 'x'],
        ['t20', 'z'],
      ]),
    ]) {
      const gold = known.size > 0 ? { gold: goldOf(set, known) } : {}
      const { aggregate, copiers } = judge(set, gold)
      const fit = fitCrowd({ answers, labels, known })
      expect(fit.model.copiers.length).toBe(copiers.groups.length)
      for (const [at, task] of set.taskNames.entries()) {
        const belief = fit.beliefs.get(task)!
        const { posterior } = readTask({ ...fit, belief, known: known.get(task) })
        for (const [each, label] of labels.entries())
          expect(posterior[label]).toBeCloseTo(aggregate.posteriors[at * 3 + each]!, 9)
      }
    }
  }
})

test('CRW-2 answers that come one by one: the verdict of a full fit', () => {
  const answers = seededRandom(5).shuffle(answersOf({ seed: 3, taskCount: 300 }))
  const old = answers.slice(0, 1400)
  const step = readings(grown(fitCrowd({ answers: old, labels }), answers.slice(1400)))
  const whole = readings(fitCrowd({ answers, labels }))
  let [differ, gap, sureAndOther] = [0, 0, 0]
  for (const [task, full] of whole) {
    const other = step.get(task)!
    if (other.label !== full.label) differ++
    if (other.label !== full.label && full.sureness > 0.9) sureAndOther++
    gap += Math.abs(other.posterior[full.label]! - full.probability) / whole.size
  }
  expect(sureAndOther).toBe(0)
  expect(differ).toBeLessThanOrEqual(3)
  expect(gap).toBeLessThan(0.01)
})

test('CRW-2 the same answers again change next to nothing, their order nothing, and all is counted once', () => {
  const fit = fitCrowd({ answers: answersOf({ seed: 7, taskCount: 120 }), labels })
  const before = fit.beliefs.get('t5')!
  const again = weighTask({ ...fit, before, answers: before.heard })
  for (const [at, share] of again.belief.fixed.entries()) expect(share).toBeCloseTo(before.fixed[at]!, 3)
  const total = (states: Iterable<{ fixed: readonly number[] }>) =>
    [...states].flatMap(({ fixed }) => fixed).reduce((sum, count) => sum + count, 0)
  expect(total(again.workers.values())).toBeCloseTo(
    total([...again.workers.keys()].map((name) => fit.workers.get(name)!)),
    4,
  )
  fc.assert(
    fc.property(fc.shuffledSubarray([...before.heard], { minLength: 5 }), (answers) => {
      expect(weighTask({ ...fit, before, answers }).belief.fixed).toEqual(again.belief.fixed)
    }),
    { numRuns: 30 },
  )
  const stranger = weighTask({ ...fit, before: undefined, answers: [['new', 1]] })
  expect(readTask({ ...stranger, belief: stranger.belief })).toMatchObject({ label: 'y' })
  expect(stranger.model.fixed.state.reduce((sum, each) => sum + each, 0)).toBeCloseTo(121, 4)
})

test('CRW-3 small crowds are fitted each time, large ones when a twentieth has come', () => {
  const { model } = fitCrowd({ answers: answersOf({ seed: 8, taskCount: 400 }), labels })
  expect(isRefitDue(undefined, 1)).toBe(true)
  expect(isRefitDue({ ...model, answersAtFit: REFIT_BELOW_ANSWERS - 1 }, 1)).toBe(true)
  expect(isRefitDue(model, 1)).toBe(false)
  expect(isRefitDue({ ...model, answersSinceFit: 99 }, 1)).toBe(false)
  expect(isRefitDue({ ...model, answersSinceFit: 100 }, 1)).toBe(true)
})

test('CRW-4 the less sure model counts, copiers have one voice, a known label is certain', () => {
  const fit = fitCrowd({
    answers: answersOf(COPYING),
    labels,
  })
  for (const [task, { sureness, label, probability }] of readings(fit)) {
    const belief = fit.beliefs.get(task)!
    const at = labels.indexOf(label)
    expect(sureness).toBe(Math.min(belief.fixed[at]!, belief.learned[at]!))
    expect(probability).toBeLessThanOrEqual(1)
  }
  const group = fit.model.copiers[0]!
  expect(group.length).toBe(6)
  const surenessOf = (answers: HeardAnswer[]) => {
    const weighed = weighTask({ ...fit, before: undefined, answers })
    return readTask({
      ...weighed,
      workers: new Map([...fit.workers, ...weighed.workers]),
      belief: weighed.belief,
    }).sureness
  }
  const voices = group.map((name): HeardAnswer => [name, 0])
  expect(surenessOf(voices.slice(0, 4))).toBeLessThan(
    surenessOf([
      ['w13', 0],
      ['w14', 0],
    ]),
  )
  const known = weighTask({ ...fit, before: undefined, answers: voices, known: 'z' })
  expect(known.belief.fixed).toEqual([0, 0, 1])
  expect(readTask({ ...known, belief: known.belief, known: 'z' })).toMatchObject({
    label: 'z',
    probability: 1,
  })
})

test('CRW-5 an answer of somebody who is mostly right pushes, one of a guesser hardly, a contrary one against', () => {
  const fit = fitCrowd({ answers: answersOf({ seed: 11, taskCount: 300 }), labels })
  const { belief } = weighTask({
    ...fit,
    before: undefined,
    answers: [
      ['w1', 0],
      ['w2', 0],
      ['w3', 0],
      ['w4', 1],
    ],
  })
  const { label, pushes } = readTask({ ...fit, belief })
  expect(label).toBe('x')
  const oddsOf = new Map(pushes.map(({ worker, odds }) => [worker, odds]))
  expect(oddsOf.get('w1')).toBeGreaterThan(8)
  expect(oddsOf.get('w3')).toBeLessThan(8)
  expect(oddsOf.get('w3')).toBeGreaterThan(1)
  expect(oddsOf.get('w4')).toBeLessThan(0.2)
  expect(pushes.map(({ worker }) => worker)).toEqual(['w1', 'w2', 'w3', 'w4'])
})

test('CRW-6 audits that changed too often raise the bar, and only those above it count', () => {
  const audits = (count: number, changed: number, sureness = 0.96) =>
    Array.from({ length: count }, (_, at) => ({ sureness, isChanged: at < changed }))
  expect(guardedBar([], 0.95)).toBe(0.95)
  expect(guardedBar(audits(40, 2), 0.95)).toBe(0.95)
  expect(guardedBar(audits(40, 12), 0.95)).toBeCloseTo(0.995)
  expect(guardedBar(audits(40, 12, 0.9999), 0.95)).toBeGreaterThanOrEqual(0.9999)
  expect(guardedBar(audits(40, 12, 0.9), 0.95)).toBe(0.95)
})
