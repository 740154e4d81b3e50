import { type Aggregate, type AnswerSet, auto, type Dependence } from '../consensus/index.ts'
import { seededRandom } from '../kit/index.ts'
import { isSettled, isTooSure, type StoppingRule } from './next-answers.ts'
import { sureness } from './sureness.ts'

export type ReplayOptions = {
  readonly rule: Omit<StoppingRule, 'maxAnswers'>
  readonly seed: string | number
  /** The share of tasks that get all answers after they stopped, to see whether stopping is safe; 0 for none. */
  readonly auditRatio?: number
}

/**
 * `savedRatio`: answers not bought. `sureAt`: as asked for, or raised by the audit. `dependence`: see `Sureness`, when
 * buying ended.
 */
export type Replay = {
  readonly answerCount: number
  readonly savedRatio: number
  readonly aggregate: Aggregate
  readonly sureAt: number
  readonly roundCount: number
  readonly dependence: Dependence | null
}

/** Beyond this nothing stops early. */
const MAX_SURE_AT = 0.9999

/**
 * Plays a finished set of answers again as if they were bought one by one, in a thrown order, and stops every
 * task by the rule: what would have been saved, and what would have been believed (`auto` over what was
 * bought; posteriors by the set's positions). With an audit, `sureAt` rises tenfold when stopped tasks change
 * their label too often once all answers are in. Sets with shared votes are replayed as if each were whole.
 */
export function replayStopping(set: AnswerSet, { rule, seed, auditRatio = 0 }: ReplayOptions): Replay {
  const dice = seededRandom(seed)
  const order = thrownOrder(set, dice)
  const all = set.taskNames.map((_, task) => set.taskStart[task + 1]! - set.taskStart[task]!)
  const bought = Int32Array.from(all, (count) => Math.min(count, rule.minAnswers))
  const isAudited = all.map(() => dice.next() < auditRatio)
  let [sureAt, roundCount] = [rule.sureAt, 0]
  for (;;) {
    roundCount += buyUntilSettled({ set, order, all, bought, rule: { ...rule, sureAt } })
    const audited = all.flatMap((count, task) => (isAudited[task] && bought[task]! < count ? [task] : []))
    if (audited.length === 0) break
    const before = sureness(firstAnswers(set, order, bought)).label
    for (const task of audited) bought[task] = all[task]!
    const after = sureness(firstAnswers(set, order, bought)).label
    const changedCount = audited.filter((task) => before[task] !== after[task]).length
    if (!isTooSure({ checkedCount: audited.length, changedCount }, sureAt) || sureAt >= MAX_SURE_AT) break
    sureAt = 1 - (1 - sureAt) / 10
    for (const [task, count] of all.entries()) if (sureAt > MAX_SURE_AT) bought[task] = count
  }
  const heard = firstAnswers(set, order, bought)
  const answerCount = heard.label.length
  const savedRatio = set.label.length > 0 ? 1 - answerCount / set.label.length : 0
  const { dependence } = sureness(heard)
  return { answerCount, savedRatio, aggregate: auto(heard), sureAt, roundCount, dependence }
}

type Purchase = {
  readonly set: AnswerSet
  readonly order: Int32Array
  readonly all: readonly number[]
  /** Changed in place. */
  readonly bought: Int32Array
  readonly rule: ReplayOptions['rule']
}

/** Buys answers round by round for tasks that are not settled; gives the number of rounds. */
function buyUntilSettled({ set, order, all, bought, rule }: Purchase): number {
  const most = all.reduce((largest, count) => Math.max(largest, count), 0)
  for (let round = 1; round <= most; round++) {
    const known = sureness(firstAnswers(set, order, bought))
    let isBuying = false
    for (const [task, maxAnswers] of all.entries()) {
      if (isSettled(known, task, bought[task]!, { ...rule, maxAnswers })) continue
      bought[task]!++
      isBuying = true
    }
    if (!isBuying) return round
  }
  return most
}

export function thrownOrder(
  { taskStart, label }: AnswerSet,
  dice: ReturnType<typeof seededRandom>,
): Int32Array {
  const order = new Int32Array(label.length)
  for (let task = 0; task + 1 < taskStart.length; task++) {
    const rows = Array.from(
      { length: taskStart[task + 1]! - taskStart[task]! },
      (_, at) => taskStart[task]! + at,
    )
    order.set(dice.shuffle(rows), taskStart[task]!)
  }
  return order
}

/** The set as it was when each task had its first `count` answers in the given order. */
export function firstAnswers(set: AnswerSet, order: Int32Array, count: Int32Array): AnswerSet {
  const rowCount = count.reduce((sum, each) => sum + each, 0)
  const taskStart = new Int32Array(set.taskStart.length)
  const [worker, label] = [new Int32Array(rowCount), new Uint8Array(rowCount)]
  for (let task = 0, place = 0; task < count.length; task++) {
    for (let at = 0; at < count[task]!; at++, place++) {
      worker[place] = set.worker[order[set.taskStart[task]! + at]!]!
      label[place] = set.label[order[set.taskStart[task]! + at]!]!
    }
    taskStart[task + 1] = place
  }
  return { ...set, taskStart, worker, label, weight: null }
}
