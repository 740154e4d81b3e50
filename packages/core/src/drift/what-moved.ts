import { assert, sortBy } from '../kit/index.ts'
import { type Share, wilsonShare } from '../quality/index.ts'
import type { DriftState } from './watch-drift.ts'

export type MovedCategory = {
  readonly category: string
  /** The part of all that it has, with its interval. */
  readonly before: Share
  readonly after: Share
  /** Its part of what tells the two apart, 0 … 1 over all categories (of the Jensen–Shannon divergence). */
  readonly weight: number
}

/** What changed, as far as a watch has seen: the category that says most first. Nothing where nothing differs. */
export function whatMoved(state: DriftState, categories: readonly string[]): MovedCategory[] {
  assert(categories.length === state.before.length, 'a name for each category')
  if (state.blockCount === 0) return []
  const [before, after] = [sharesOf(state.before), sharesOf(state.after)]
  const parts = categories.map((_, at) => {
    const middle = (before[at]!.value + after[at]!.value) / 2
    const partOf = (ratio: number) => (ratio > 0 ? (ratio / 2) * Math.log(ratio / middle) : 0)
    return partOf(before[at]!.value) + partOf(after[at]!.value)
  })
  const sum = parts.reduce((all, part) => all + part, 0)
  const moved = categories.map((category, at) => ({
    category,
    before: before[at]!,
    after: after[at]!,
    weight: sum > 0 ? Math.max(0, parts[at]! / sum) : 0,
  }))
  return sortBy(
    moved.filter(({ weight }) => weight > 0),
    ({ weight }) => -weight,
    ({ category }) => category,
  )
}

function sharesOf(counts: readonly number[]): Share[] {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.flatMap((count) => wilsonShare(count, all) ?? [])
}
