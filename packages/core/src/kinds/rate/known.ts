import { z } from 'zod'
import { jcs } from '../../kit/index.ts'
import { type RateAnswer, ratingOf } from './answer.ts'
import { HIGHEST_RATING, LOWEST_RATING } from './config.ts'

/** What is known of a rollout: scale → 1 to 5. Scales of which nothing is known are left out. */
export const knownRatingsSchema = z.record(
  z.string().min(1).max(100),
  z.int().min(LOWEST_RATING).max(HIGHEST_RATING),
)
export type KnownRatings = z.infer<typeof knownRatingsSchema>

/** A rating this far off still saw the same: neighbours on a scale are told apart by taste. */
export const NEAR_RATING = 1

/** Known ratings as one text, as what is known of any task is kept; the same ratings give the same text. */
export const knownRatingsLabel = (known: KnownRatings): string => jcs(known)
/** @throws Error where the text is no such label */
export const knownRatingsOf = (label: string): KnownRatings => knownRatingsSchema.parse(JSON.parse(label))

/** How far an answer lies from what is known, in points of each scale, 0 to 4; what could not be told is no answer. */
export function ratingDistances(
  known: KnownRatings,
  answer: RateAnswer,
): { readonly scaleId: string; readonly distance: number }[] {
  return Object.keys(known)
    .sort()
    .flatMap((scaleId) => {
      const given = ratingOf(answer, scaleId)
      return given === null || given === undefined
        ? []
        : [{ scaleId, distance: Math.abs(given - known[scaleId]!) }]
    })
}
