import type { Leaderboard } from '@chiron/contract'
import { HIGHEST_RATING, LOWEST_RATING } from '@chiron/core/kinds'
import { groupBy, sortBy } from '@chiron/core/kit'
import { meanInterval } from '@chiron/core/quality'

type Item = Leaderboard['items'][number]

interface FailureTally {
  failureId: string
  failureCount: number
}

/** Failed rollouts of one version by named reason, over scenarios; the most first. */
export function failuresOf(tallies: readonly FailureTally[]): Item['failures'] {
  const byReason = [...groupBy(tallies, ({ failureId }) => failureId)].map(([failureId, rows]) => ({
    failureId,
    rolloutCount: rows.reduce((sum, row) => sum + row.failureCount, 0),
  }))
  return sortBy(
    byReason,
    ({ rolloutCount }) => -rolloutCount,
    ({ failureId }) => failureId,
  )
}

interface RatingTally {
  scaleId: string
  rolloutCount: number
  ratingCount: number
  valueSum: number
  squareSum: number
}

/** The mean of one version's rollouts on each scale, with its interval: rollouts are counted, not ratings. */
export function ratingsOf(tallies: readonly RatingTally[]): Item['ratings'] {
  const scales = [...groupBy(tallies, ({ scaleId }) => scaleId)].flatMap(([scaleId, rows]) => {
    const sum = (field: Exclude<keyof RatingTally, 'scaleId'>) =>
      rows.reduce((total, row) => total + row[field], 0)
    const mean = meanInterval({
      n: sum('rolloutCount'),
      sum: sum('valueSum'),
      squareSum: sum('squareSum'),
    })
    if (!mean) return []
    const { low, high, ...rest } = mean
    // No rating lies beyond the ends of the scale.
    const ends = {
      low: low === null ? null : Math.max(LOWEST_RATING, low),
      high: high === null ? null : Math.min(HIGHEST_RATING, high),
    }
    return [{ scaleId, ...rest, ...ends, ratingCount: sum('ratingCount') }]
  })
  return sortBy(scales, ({ scaleId }) => scaleId)
}
