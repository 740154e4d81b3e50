import { z } from 'zod'
import type { KindFault } from '../kind.ts'
import { HIGHEST_RATING, LOWEST_RATING, type ShownRateConfig } from './config.ts'

const rating = z.int().min(LOWEST_RATING).max(HIGHEST_RATING)

/** `ratings`: scale → 1 to 5, or null where it cannot be told from the clip. */
export const rateAnswerSchema = z.object({
  ratings: z.record(z.string().max(100), rating.nullable()),
  note: z.string().max(500).optional(),
})
export type RateAnswer = z.infer<typeof rateAnswerSchema>

/** The rating of a scale; undefined where it has not been answered. */
export const ratingOf = ({ ratings }: RateAnswer, termId: string): number | null | undefined =>
  Object.hasOwn(ratings, termId) ? ratings[termId] : undefined

export function checkRateAnswer({ scales }: ShownRateConfig, answer: RateAnswer): KindFault[] {
  const faults: KindFault[] = []
  for (const { termId } of scales) {
    if (ratingOf(answer, termId) === undefined)
      faults.push({ code: 'scale-unanswered', field: `ratings.${termId}`, why: 'this needs an answer' })
  }
  for (const termId of Object.keys(answer.ratings).sort()) {
    if (!scales.some((each) => each.termId === termId))
      faults.push({ code: 'scale-unknown', field: `ratings.${termId}`, why: 'this was not asked' })
  }
  return faults
}
