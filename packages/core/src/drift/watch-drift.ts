import { assert } from '../kit/index.ts'

/** How often each category came in a block, before and after; the two sizes are fixed before anything is seen. */
export type DriftBlock = { readonly before: readonly number[]; readonly after: readonly number[] }

/** What is kept of a watch; plain data. */
export type DriftState = {
  /** Per category, over all blocks. */
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** Natural logarithm of the evidence against “nothing changed”, now and at its highest. */
  readonly logEvidence: number
  readonly highestLogEvidence: number
  readonly blockCount: number
  /** The block at which the alarm came; null before. It stays. */
  readonly alarmAt: number | null
}

/** Stands behind each category's share before anything is seen (Jeffreys). */
const PRIOR = 0.5

/** A watch that has seen nothing. */
export function startDrift(categoryCount: number): DriftState {
  assert(
    Number.isInteger(categoryCount) && categoryCount >= 2,
    'drift is watched between two categories or more',
  )
  const none = Array.from({ length: categoryCount }, () => 0)
  const evidence = { logEvidence: 0, highestLogEvidence: 0 }
  return { before: none, after: none, ...evidence, blockCount: 0, alarmAt: null }
}

/**
 * Goes on with one more block. The evidence is a product of likelihood ratios: of both groups' shares, as learned from
 * the blocks before, against their mixture. Where both come from one distribution, whichever, its expectation is at most
 * one (Turner, Ly and Grünwald 2024, theorem 1), so that it ever reaches 1 / alpha with a chance of at most alpha (Ville).
 */
export function watchDrift(state: DriftState, block: DriftBlock, alpha: number): DriftState {
  assert(alpha > 0 && alpha < 1, 'alpha lies between 0 and 1')
  for (const counts of [block.before, block.after]) {
    assert(counts.length === state.before.length, 'a block has a count for each category')
    for (const count of counts) assert(Number.isInteger(count) && count >= 0, 'counts are whole numbers')
  }
  const [sizeBefore, sizeAfter] = [total(block.before), total(block.after)]
  assert(sizeBefore > 0 && sizeAfter > 0, 'a block has something of before and of after')
  const [shareBefore, shareAfter] = [sharesOf(state.before), sharesOf(state.after)]
  let logEvidence = state.logEvidence
  for (const category of state.before.keys()) {
    const [one, other] = [shareBefore[category]!, shareAfter[category]!]
    const mixed = (sizeBefore * one + sizeAfter * other) / (sizeBefore + sizeAfter)
    logEvidence +=
      block.before[category]! * Math.log(one / mixed) + block.after[category]! * Math.log(other / mixed)
  }
  const blockCount = state.blockCount + 1
  const isAlarm = logEvidence >= -Math.log(alpha)
  return {
    before: state.before.map((count, category) => count + block.before[category]!),
    after: state.after.map((count, category) => count + block.after[category]!),
    logEvidence,
    highestLogEvidence: Math.max(state.highestLogEvidence, logEvidence),
    blockCount,
    alarmAt: state.alarmAt ?? (isAlarm ? blockCount : null),
  }
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

function sharesOf(counts: readonly number[]): number[] {
  const sum = total(counts) + PRIOR * counts.length
  return counts.map((count) => (count + PRIOR) / sum)
}
