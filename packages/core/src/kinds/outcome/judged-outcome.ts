import { sortBy } from '../../kit/index.ts'
import type { ChooseAnswer } from '../choose/index.ts'
import {
  FAILURE_QUESTION,
  OUTCOME_QUESTION,
  type OutcomeConfig,
  type OutcomeMeaning,
  outcomeQuestions,
} from './config.ts'

export type JudgedOutcome = {
  /** The term of the verdict. */
  readonly termId: string
  readonly outcome: OutcomeMeaning
  /** Null where it is no failure, where nobody was asked, or where two reasons were named equally often. */
  readonly failureId: string | null
  /** Where it went wrong on the clip, milliseconds; null where nobody pointed at it. */
  readonly momentMs: number | null
}

/**
 * What a verdict about a rollout says of it. The reason is the one named most often, and the moment the median, among
 * those who gave the verdict's own answer: of others nobody asked for a reason of this outcome.
 */
export function judgedOutcome(
  config: OutcomeConfig,
  { termId, answers }: { termId: string; answers: readonly ChooseAnswer[] },
): JudgedOutcome {
  const outcome = config.outcomes.find((each) => each.termId === termId)?.means ?? 'unclear'
  const nothing = { termId, outcome, failureId: null, momentMs: null }
  if (outcome !== 'failure') return nothing
  const agreeing = answers.filter(({ choices }) => choices[OUTCOME_QUESTION] === termId)
  const offered = outcomeQuestions(config).questions.find(({ id }) => id === FAILURE_QUESTION)?.termIds ?? []
  const counts = offered.map((id) => agreeing.filter((answer) => reasonOf(answer) === id).length)
  const most = Math.max(0, ...counts)
  const leading = offered.filter((_, at) => most > 0 && counts[at] === most)
  const failureId = leading.length === 1 ? (leading[0] ?? null) : null
  const telling = failureId === null ? agreeing : agreeing.filter((answer) => reasonOf(answer) === failureId)
  return { ...nothing, failureId, momentMs: medianMoment(telling) }
}

const reasonOf = ({ choices }: ChooseAnswer): string | undefined => choices[FAILURE_QUESTION]

function medianMoment(answers: readonly ChooseAnswer[]): number | null {
  const moments = sortBy(
    answers.flatMap(({ momentMs }) => (momentMs === undefined ? [] : [momentMs])),
    (momentMs) => momentMs,
  )
  const [low, high] = [moments[Math.floor((moments.length - 1) / 2)], moments[Math.floor(moments.length / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
