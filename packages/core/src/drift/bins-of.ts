import { assert } from '../kit/index.ts'

/** `edges`: rising; bin n holds values from edge n − 1 (inclusive) up to edge n. One bin more than edges. */
export type Bins = { readonly edges: readonly number[]; binOf(value: number): number }

/**
 * Cuts a measure, such as brightness or frames a second, into bins that hold about as many each of what came before, so
 * that drift can be watched in it. Fewer bins than asked for where values repeat.
 */
export function binsOf(before: readonly number[], count: number): Bins {
  assert(Number.isInteger(count) && count >= 2, 'two bins or more')
  assert(before.length > 0 && before.every(Number.isFinite), 'finite values to cut bins by')
  const sorted = [...before].sort((a, b) => a - b)
  const cuts = Array.from(
    { length: count - 1 },
    (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / count)]!,
  )
  // An edge at the least value would leave nothing below it: then the next one parts it from the rest.
  const second = sorted.find((value) => value > sorted[0]!)
  const above = cuts.flatMap((cut) => (cut > sorted[0]! ? cut : (second ?? [])))
  const edges = [...new Set(above)].sort((a, b) => a - b)
  return {
    edges,
    binOf: (value) => {
      assert(Number.isFinite(value), 'a finite value has a bin')
      const at = edges.findIndex((edge) => value < edge)
      return at < 0 ? edges.length : at
    },
  }
}
