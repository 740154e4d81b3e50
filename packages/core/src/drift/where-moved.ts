import { sortBy } from '../kit/index.ts'
import { type Share, wilsonShare } from '../quality/index.ts'
import type { BeforeAfter } from './series-watch.ts'

export type MovedCohort = {
  readonly cohort: string
  /** The category's share within the cohort; null where nothing of it came. */
  readonly before: Share | null
  readonly after: Share | null
  /** The cohort's part of all that came, 0 … 1. */
  readonly partBefore: number
  readonly partAfter: number
  /** What it adds to the change of the category's share: because it became another itself, and because there is more or less of it. */
  readonly byRate: number
  readonly byMix: number
}

/**
 * Where a category's share moved: the change split over cohorts that part everything between them, and of each into its
 * own change and the change of its part (Kitagawa 1955). The parts sum to the change. Most telling first.
 */
export function whereMoved(cohorts: ReadonlyMap<string, BeforeAfter>, category: number): MovedCohort[] {
  const rows = [...cohorts].map(([cohort, { before, after }]) => ({
    cohort,
    hits: [before[category] ?? 0, after[category] ?? 0] as const,
    sizes: [total(before), total(after)] as const,
  }))
  const all = [0, 1].map((side) => rows.reduce((sum, { sizes }) => sum + sizes[side]!, 0))
  if (all.some((count) => count === 0)) return []
  const overall = [0, 1].map((side) => rows.reduce((sum, { hits }) => sum + hits[side]!, 0) / all[side]!)
  const middle = (overall[0]! + overall[1]!) / 2
  const moved = rows.map(({ cohort, hits, sizes }): MovedCohort => {
    const [before, after] = [wilsonShare(hits[0], sizes[0]), wilsonShare(hits[1], sizes[1])]
    const [partBefore, partAfter] = [sizes[0] / all[0]!, sizes[1] / all[1]!]
    // Where one side has nothing of it, the other's share stands in: then all is a matter of its part.
    const one = before?.value ?? after?.value ?? 0
    const other = after?.value ?? one
    return {
      cohort,
      before,
      after,
      partBefore,
      partAfter,
      byRate: (other - one) * ((partBefore + partAfter) / 2),
      byMix: (partAfter - partBefore) * ((one + other) / 2 - middle),
    }
  })
  return sortBy(
    moved,
    ({ byRate, byMix }) => -Math.abs(byRate + byMix),
    ({ cohort }) => cohort,
  )
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
