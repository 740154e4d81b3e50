import { sortBy } from '../kit/index.ts'
import { type Orders, preferences } from './orders.ts'

/** One order from many. Pairs are counted once for each person who put the two in some order. */
export type KemenyOrder = {
  /** The best first. */
  readonly items: readonly string[]
  readonly agreeingPairCount: number
  readonly pairCount: number
  /** No order agrees with more pairs; false where too many items run in circles to be sure. */
  readonly isBest: boolean
}

/** Circles up to this size are tried in all orders: 2^15 sets. */
const MAX_EXACT = 15

/**
 * The order that most pairs of all given orders agree with (Kemeny 1959). Groups that a majority puts above all others
 * are settled first (Truchon 1998); within one, where majorities run in circles, all orders are tried (by sets of items,
 * Held and Karp 1962), and in circles of more than 15 items single items are moved until no move helps. Of equally good
 * orders the names decide.
 */
export function kemenyOrder(orders: Orders): KemenyOrder {
  const size = orders.itemNames.length
  const above = preferences(orders)
  const circles = circlesOf(above, size)
  const order = circles.flatMap((circle) =>
    circle.length <= MAX_EXACT ? bestOrder(circle, above, size) : movedOrder(circle, above, size),
  )
  let agreeingPairCount = 0
  for (const [at, one] of order.entries())
    for (const other of order.slice(at + 1)) agreeingPairCount += above[one * size + other]!
  return {
    items: order.map((item) => orders.itemNames[item]!),
    agreeingPairCount,
    pairCount: above.reduce((sum, count) => sum + count, 0),
    isBest: circles.every(({ length }) => length <= MAX_EXACT),
  }
}

/**
 * Sets of items, the best first: each item of one is put above each item of a later one by a majority. Items are in one
 * set where each reaches the other over items that are not beaten.
 */
function circlesOf(above: Float64Array, size: number): number[][] {
  const reach = Array.from({ length: size }, (_, from) => reachOf(from, above, size))
  const left = new Set(Array.from({ length: size }, (_, item) => item))
  const circles: number[][] = []
  for (const item of left) {
    const circle = [...left].filter((other) => reach[item]!.has(other) && reach[other]!.has(item))
    for (const member of circle) left.delete(member)
    circles.push(circle)
  }
  // Who reaches more stands higher: what is reached from below is reached from above too.
  return sortBy(circles, ([first]) => -reach[first!]!.size)
}

function reachOf(from: number, above: Float64Array, size: number): Set<number> {
  const reached = new Set([from])
  for (const item of reached) {
    for (let other = 0; other < size; other++)
      if (above[item * size + other]! >= above[other * size + item]!) reached.add(other)
  }
  return reached
}

/** Tries all orders of a few items: the best order of each set ends with the item that costs least there. */
function bestOrder(items: readonly number[], above: Float64Array, size: number): number[] {
  const count = items.length
  const gain = new Float64Array(1 << count).fill(Number.NEGATIVE_INFINITY)
  const last = new Int8Array(1 << count)
  gain[0] = 0
  for (let set = 1; set < 1 << count; set++) {
    // From the last name down, and only a true gain replaces: of equally good orders the earlier name stands higher.
    for (let at = count - 1; at >= 0; at--) {
      if (!(set & (1 << at))) continue
      const rest = set ^ (1 << at)
      let total = gain[rest]!
      for (let other = 0; other < count; other++)
        if (rest & (1 << other)) total += above[items[other]! * size + items[at]!]!
      if (total > gain[set]!) {
        gain[set] = total
        last[set] = at
      }
    }
  }
  const order: number[] = []
  for (let set = (1 << count) - 1; set > 0; set ^= 1 << last[set]!) order.unshift(items[last[set]!]!)
  return order
}

/** Begins with who is put above others most often (Borda 1784) and moves single items while that helps. */
function movedOrder(items: readonly number[], above: Float64Array, size: number): number[] {
  const lead = (one: number, other: number) => above[one * size + other]! - above[other * size + one]!
  const order = sortBy(items, (one) => -items.reduce((sum, other) => sum + lead(one, other), 0))
  for (let isMoving = true; isMoving; ) {
    isMoving = false
    for (const item of items) {
      const from = order.indexOf(item)
      order.splice(from, 1)
      // What is gained by standing at each place instead of at the end.
      let [best, most, gain] = [order.length, 0, 0]
      const gains = new Float64Array(order.length + 1)
      for (let at = order.length - 1; at >= 0; at--) {
        gain += lead(item, order[at]!)
        gains[at] = gain
        if (gain > most) [best, most] = [at, gain]
      }
      const isBetter = most > gains[from]!
      order.splice(isBetter ? best : from, 0, item)
      isMoving ||= isBetter
    }
  }
  return order
}
