import { assert, compareStrings, groupBy, sortBy } from '../kit/index.ts'

/** Where somebody put an item: position 1 is best, equal positions are a tie. Any numbers, only their order counts. */
export type OrderEntry = { readonly ranking: string; readonly item: string; readonly position: number }

/**
 * Orders of items by several people. `orders`: for each, groups of places in `itemNames`, the best group first; items of
 * one group are tied. What somebody left out is unknown, not last.
 */
export type Orders = {
  readonly itemNames: readonly string[]
  readonly orders: readonly (readonly (readonly number[])[])[]
}

/** Up to this many items can be put in order at once. */
export const MAX_ORDERED_ITEMS = 500

/** Gathers entries into orders. Neither the order of rows nor the names of rankings leave a trace. */
export function ordersOf(entries: Iterable<OrderEntry>): Orders {
  const byRanking = groupBy(entries, ({ ranking }) => ranking)
  const rows = [...byRanking.values()]
  const itemNames = [...new Set(rows.flatMap((own) => own.map(({ item }) => item)))].sort(compareStrings)
  assert(itemNames.length <= MAX_ORDERED_ITEMS, `up to ${MAX_ORDERED_ITEMS} items can be put in order`)
  const place = new Map(itemNames.map((name, at) => [name, at]))
  const orders = rows.map((own) => {
    assert(new Set(own.map(({ item }) => item)).size === own.length, 'an order names each item once')
    for (const { position } of own) assert(Number.isFinite(position), 'a position is a finite number')
    const groups = groupBy(own, ({ position }) => position)
    return sortBy([...groups], ([position]) => position).map(([, tied]) =>
      tied.map(({ item }) => place.get(item)!).sort((a, b) => a - b),
    )
  })
  return { itemNames, orders: sortBy(orders, (order) => JSON.stringify(order)) }
}

/** How many orders put each item (row) above each other (column): items by items, row by row. Ties count for neither. */
export function preferences({ itemNames, orders }: Orders): Float64Array {
  const size = itemNames.length
  const above = new Float64Array(size * size)
  for (const groups of orders) {
    for (const [at, better] of groups.entries()) {
      const worse = groups.slice(at + 1).flat()
      for (const one of better) for (const other of worse) above[one * size + other]!++
    }
  }
  return above
}
