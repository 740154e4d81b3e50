import {
  type KemenyOrder,
  kemenyOrder,
  MAX_ORDERED_ITEMS,
  type OrderedStrengths,
  ordersOf,
  plackettLuce,
} from '@chiron/core/ranking'
import { readOrders } from '@chiron/formats/crowd'
import { readMeasured } from '../crowd/measured.ts'
import type { CrowdOptions } from '../crowd/read-categorical.ts'
import { UsageError } from '../exit.ts'
import { print, table } from '../print.ts'

/** `chiron rank ORDERS.csv --orders`: one order, and strengths, from whole orders of several people. */
export async function rankOrders(file: string, options: CrowdOptions & { json?: boolean }): Promise<void> {
  const rows = await readMeasured(file, options, ['ranking', 'item', 'position'], readOrders)
  const itemCount = new Set(rows.map(({ item }) => item)).size
  if (itemCount > MAX_ORDERED_ITEMS)
    throw new UsageError(`There are ${itemCount} items, and up to ${MAX_ORDERED_ITEMS} can be put in order.`)
  const orders = ordersOf(rows)
  const [order, strengths] = [kemenyOrder(orders), plackettLuce(orders)]
  const items = order.items.map((item, at) => ({ place: at + 1, item, ...strengthOf(strengths, item) }))
  const { agreeingPairCount, pairCount, isBest } = order
  const value = { items, orderCount: orders.orders.length, agreeingPairCount, pairCount, isBest }
  const cells = items.map(({ place, item, strength, standardError }) => [
    `${place}`,
    item,
    strength.toFixed(3),
    standardError.toFixed(3),
  ])
  print(options.json, value, [
    ...table(['', 'item', 'strength', 'error'], cells),
    '',
    wordsOf(order, orders.orders.length),
  ])
}

function strengthOf({ itemNames, strength, covariance }: OrderedStrengths, item: string) {
  const at = itemNames.indexOf(item)
  return { strength: strength[at]!, standardError: Math.sqrt(covariance[at * itemNames.length + at]!) }
}

function wordsOf({ agreeingPairCount, pairCount, isBest }: KemenyOrder, orderCount: number): string {
  const known = isBest ? 'no order agrees with more' : 'a better one may exist: too many items run in circles'
  return `${orderCount} orders; this one agrees with ${agreeingPairCount} of their ${pairCount} pairs (${known}).`
}
