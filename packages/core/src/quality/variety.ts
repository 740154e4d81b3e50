import { assert } from '../kit/index.ts'

/**
 * How varied cases are: the chance that two of them, drawn without replacement, belong to different groups
 * (Simpson 1949, unbiased). `groupCounts`: how many cases each group has. Null with fewer than two cases.
 */
export function variety(groupCounts: readonly number[]): number | null {
  assert(
    groupCounts.every((count) => Number.isSafeInteger(count) && count >= 0),
    'groups have whole numbers of cases',
  )
  const n = groupCounts.reduce((sum, count) => sum + count, 0)
  if (n < 2) return null
  const samePairCount = groupCounts.reduce((sum, count) => sum + count * (count - 1), 0)
  return 1 - samePairCount / (n * (n - 1))
}
