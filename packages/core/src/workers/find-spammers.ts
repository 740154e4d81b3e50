import type { AnswerSet } from '../consensus/index.ts'
import { normalQuantile } from './normal.ts'

/**
 * `skill`: agreement with everybody else above chance, 1 for perfect, 0 for answers that do not depend on
 * the task (Cohen's kappa against the other workers' votes); `low` and `high` enclose it at the asked level.
 */
export type WorkerSkill = {
  readonly skill: number
  readonly low: number
  readonly high: number
  readonly answerCount: number
  readonly isSpammer: boolean
}

export type SpammerOptions = {
  /** The chance that a worker whose true skill is `leastSkill` is named; better ones are named less often. */
  readonly falseAlarmRatio?: number
  readonly leastSkill?: number
}

/**
 * How much of each worker's answers is about the task, with an interval, and who gives too little: a worker is
 * named a spammer when their skill lies below `leastSkill` beyond doubt. Every answer is compared with the
 * votes of the others only. By position of the worker.
 */
export function workerSkills(set: AnswerSet, options: SpammerOptions = {}): WorkerSkill[] {
  const { falseAlarmRatio = 0.01, leastSkill = 0.1 } = options
  const sums = agreementSums(set)
  const doubt = normalQuantile(falseAlarmRatio)
  return set.workerNames.map((_, at) => {
    const count = sums.count[at]!
    if (count === 0) return { skill: 0, low: -1, high: 1, answerCount: 0, isSpammer: false }
    const [agreed, usual] = [sums.agreed[at]! / count, sums.usual[at]! / count]
    const spread = Math.max(1e-9, 1 - usual)
    const variance = Math.max(
      sums.squares[at]! / count - agreed * agreed,
      (0.25 + count * agreed * (1 - agreed)) / (count + 1) / 4,
    )
    const error = Math.sqrt(variance / count) / spread
    const skill = (agreed - usual) / spread
    const [low, high] = [skill - doubt * error, skill + doubt * error]
    return { skill, low, high, answerCount: count, isSpammer: count >= MIN_ANSWERS && high < leastSkill }
  })
}

const MIN_ANSWERS = 10

function agreementSums(set: AnswerSet) {
  const { taskStart, worker, label, workerNames, labels } = set
  const crowd = new Float64Array(labels.length)
  for (const said of label) crowd[said]!++
  const own = new Float64Array(workerNames.length * labels.length)
  const [agreed, squares] = [new Float64Array(workerNames.length), new Float64Array(workerNames.length)]
  const count = new Float64Array(workerNames.length)
  const votes = new Float64Array(labels.length)
  for (let task = 0; task + 1 < taskStart.length; task++) {
    const [from, to] = [taskStart[task]!, taskStart[task + 1]!]
    if (to - from < 2) continue
    votes.fill(0)
    for (let row = from; row < to; row++) votes[label[row]!]!++
    for (let row = from; row < to; row++) {
      const share = Math.round(((votes[label[row]!]! - 1) / (to - from - 1)) * 2 ** 29) / 2 ** 29
      agreed[worker[row]!]! += share
      squares[worker[row]!]! += share * share
      own[worker[row]! * labels.length + label[row]!]!++
      count[worker[row]!]!++
    }
  }
  const usual = count.map((answers, at) => {
    let sum = 0
    for (let each = 0; each < labels.length; each++) {
      const others = (crowd[each]! - own[at * labels.length + each]!) / Math.max(1, label.length - answers)
      sum += own[at * labels.length + each]! * others
    }
    return sum
  })
  return { agreed, squares, count, usual }
}
