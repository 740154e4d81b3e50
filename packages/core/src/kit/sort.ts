import { assert } from './assert.ts'

/** Orders texts by UTF-16 code units: the same on every machine and in every language. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

type SortKey = string | number | bigint | boolean

/** A sorted copy, by the first key, then the second and so on; equal items keep their order. */
export function sortBy<T>(array: readonly T[], ...keys: ((item: T) => SortKey)[]): T[] {
  assert(keys.length > 0, 'sortBy needs a key')
  return [...array].sort((a, b) => {
    for (const key of keys) {
      const order = compareKeys(key(a), key(b))
      if (order !== 0) return order
    }
    return 0
  })
}

function compareKeys(a: SortKey, b: SortKey): number {
  assert(typeof a === typeof b, 'sort keys must be of one type')
  assert(!Number.isNaN(a) && !Number.isNaN(b), 'NaN has no place in an order')
  return a < b ? -1 : a > b ? 1 : 0
}
