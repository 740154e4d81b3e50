import type { ChooseAnswer, ChooseQuestion } from '@chiron/core/kinds'
import type { LaneMark } from '../../player/lane.ts'

/** An answer and whose it is (a pseudonym). */
export type GivenAnswer = { id: string; who: string; answer: ChooseAnswer }

export type Tally = {
  /** How many answered this question. */
  n: number
  /** How many stand with the verdict, or with the most chosen term while there is none. */
  agreeing: number
  /** Chosen terms and the verdict's, most chosen first, then in the question's order. */
  rows: { termId: string; who: string[] }[]
}

/** Counts what was answered to one question. */
export function tallyOf(
  question: ChooseQuestion,
  answers: readonly GivenAnswer[],
  verdictTermId: string | undefined,
): Tally {
  const rows = question.termIds
    .map((termId) => ({
      termId,
      who: answers.filter(({ answer }) => answer.choices[question.id] === termId).map(({ who }) => who),
    }))
    .filter(({ termId, who }) => who.length > 0 || termId === verdictTermId)
    .sort((a, b) => b.who.length - a.who.length)
  const n = rows.reduce((sum, { who }) => sum + who.length, 0)
  const standing = verdictTermId === undefined ? rows[0] : rows.find(({ termId }) => termId === verdictTermId)
  return { n, agreeing: standing?.who.length ?? 0, rows }
}

/** The moments people marked, as marks for a player's lane. */
export function momentMarks(answers: readonly GivenAnswer[]): LaneMark[] {
  return answers.flatMap(({ id, who, answer }) =>
    answer.momentMs === undefined
      ? []
      : [{ id, atMs: answer.momentMs, label: who, tone: 'attention' as const }],
  )
}
