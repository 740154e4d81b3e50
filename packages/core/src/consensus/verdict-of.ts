import { assert, compareStrings } from '../kit/index.ts'
import type { Posterior } from './dawid-skene.ts'

/**
 * The best label with its probability; `margin`: its lead over the second best; `isDisputed`: not as sure
 * as asked for, or tied.
 */
export type LabelVerdict = {
  readonly label: string
  readonly probability: number
  readonly margin: number
  readonly isDisputed: boolean
}

/**
 * The verdict that a posterior carries. `sureAt`: the probability from which it is not disputed. Between
 * labels exactly as probable the first by code units is named, and the verdict is disputed.
 */
export function verdictOf(posterior: Posterior, { sureAt }: { sureAt: number }): LabelVerdict {
  const ranked = Object.entries(posterior).sort(([a, p], [b, q]) => q - p || compareStrings(a, b))
  const [best, second] = ranked
  assert(best !== undefined, 'a posterior has a label')
  const [label, probability] = best
  const margin = probability - (second?.[1] ?? 0)
  return { label, probability, margin, isDisputed: probability < sureAt || margin === 0 }
}
