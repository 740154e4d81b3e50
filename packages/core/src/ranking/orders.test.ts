import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import { countComparisons, kemenyOrder, type OrderEntry, ordersOf, plackettLuce, rankItems } from './index.ts'

/** Orders as letters, the best first; tied ones in brackets: `a(bc)d`. */
function entriesOf(orders: readonly string[]): OrderEntry[] {
  return orders.flatMap((text, at) =>
    [...text.matchAll(/\((\w+)\)|(\w)/g)].flatMap(([, tied, alone], place) =>
      [...(tied ?? alone!)].map((item) => ({ ranking: `r${at}`, item, position: place + 1 })),
    ),
  )
}

const times = (count: number, order: string): string[] => Array.from({ length: count }, () => order)

/** Orders thrown as Plackett and Luce say: who is left is next with odds of e to its strength. */
function thrown(strength: Readonly<Record<string, number>>, count: number, seed: string): string[] {
  const dice = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const left = Object.keys(strength)
    let order = ''
    while (left.length > 0) {
      const odds = left.map((item) => Math.exp(strength[item]!))
      let rest = dice.next() * odds.reduce((sum, each) => sum + each, 0)
      const at = odds.findIndex((each) => {
        rest -= each
        return rest <= 0
      })
      order += left.splice(at < 0 ? left.length - 1 : at, 1)[0]
    }
    return order
  })
}

test('RNK-13 strengths that threw the orders come out again, within their errors', () => {
  const truth = { a: 1.5, b: 0.5, c: 0, d: -0.5, e: -1.5 }
  const found = plackettLuce(ordersOf(entriesOf(thrown(truth, 800, 'orders'))))
  expect(found.hasConverged).toBe(true)
  for (const [at, name] of found.itemNames.entries()) {
    const error = Math.sqrt(found.covariance[at * 5 + at]!)
    expect(error).toBeLessThan(0.1)
    expect(Math.abs(found.strength[at]! - truth[name as keyof typeof truth])).toBeLessThan(4 * error)
  }
})

test('RNK-13 orders of two are Bradley and Terry’s comparisons', () => {
  const orders = [
    ...times(7, 'ab'),
    ...times(3, 'ba'),
    ...times(4, 'bc'),
    ...times(1, 'cb'),
    ...times(2, 'ac'),
  ]
  const comparisons = orders.map((order) => ({ left: order[0]!, right: order[1]!, winner: 'left' as const }))
  const pairs = rankItems(countComparisons(comparisons), { ties: false, sideBias: false })
  const found = plackettLuce(ordersOf(entriesOf(orders)))
  for (const [at, strength] of found.strength.entries()) expect(strength).toBeCloseTo(pairs.strength[at]!, 6)
})

test('RNK-13 partial orders, ties, one item, none, and who is always first', () => {
  const some = plackettLuce(ordersOf(entriesOf([...times(40, 'abc'), ...times(10, 'd(ab)'), 'c', '(cd)'])))
  expect([...some.strength].every(Number.isFinite)).toBe(true)
  expect(some.strength[0]).toBeGreaterThan(some.strength[1]!)
  expect(plackettLuce(ordersOf([])).strength).toHaveLength(0)
  expect([...plackettLuce(ordersOf(entriesOf(['a']))).strength]).toEqual([0])
  const tied = plackettLuce(ordersOf(entriesOf(times(1000, '(ab)'))))
  expect([...tied.strength]).toEqual([0, 0])
  const bad = { ranking: 'r', item: 'a', position: Number.NaN }
  expect(() => ordersOf([bad])).toThrow('finite')
  expect(() =>
    ordersOf([
      { ...bad, position: 1 },
      { ...bad, position: 2 },
    ]),
  ).toThrow('once')
})

test('RNK-14 the capital of Tennessee: Nashville, Chattanooga, Knoxville, Memphis, by 393 of 600 pairs', () => {
  const votes = [...times(42, 'MNCK'), ...times(26, 'NCKM'), ...times(15, 'CKNM'), ...times(17, 'KCNM')]
  const found = kemenyOrder(ordersOf(entriesOf(votes)))
  expect(found).toEqual({ items: [...'NCKM'], agreeingPairCount: 393, pairCount: 600, isBest: true })
})

test('RNK-14 no other order agrees with more pairs, circles and ties or not', () => {
  const dice = seededRandom('kemeny')
  for (let round = 0; round < 30; round++) {
    const votes = Array.from({ length: 5 }, () =>
      dice
        .shuffle([...'abcde'])
        .slice(0, 2 + dice.int(4))
        .join(''),
    )
    const orders = ordersOf(entriesOf([...votes, '(ab)c', 'e(cd)']))
    const { items, agreeingPairCount } = kemenyOrder(orders)
    const most = Math.max(...permutations(items).map((order) => agreementWith(order, orders)))
    expect(agreeingPairCount).toBe(most)
  }
})

test('RNK-14 many items in one circle still get an order, better than the order of wins, and say so', () => {
  const names = [...'abcdefghijklmnopqrst']
  const dice = seededRandom('many')
  const orders = ordersOf(entriesOf(Array.from({ length: 3 }, () => dice.shuffle(names).join(''))))
  const found = kemenyOrder(orders)
  expect([...found.items].sort()).toEqual(names)
  expect(found.agreeingPairCount).toBe(agreementWith(found.items, orders))
  expect(found.agreeingPairCount).toBeGreaterThan(found.pairCount / 2)
  const chain = kemenyOrder(ordersOf(entriesOf(times(3, names.join('')))))
  expect(chain).toMatchObject({ items: names, isBest: true, agreeingPairCount: 3 * 190 })
})

test('RNK-2 the order of rows and the names of rankings change no bit of either', () => {
  const entries = entriesOf([...times(3, 'abcd'), 'bca', 'd(ab)c', 'cab'])
  const other = seededRandom('rows')
    .shuffle(entries)
    .map((entry) => ({
      ...entry,
      ranking: `${7 * Number(entry.ranking.slice(1)) + 1}`,
      position: entry.position ** 3,
    }))
  expect(plackettLuce(ordersOf(other))).toEqual(plackettLuce(ordersOf(entries)))
  expect(kemenyOrder(ordersOf(other))).toEqual(kemenyOrder(ordersOf(entries)))
})

function permutations(items: readonly string[]): string[][] {
  if (items.length <= 1) return [[...items]]
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  )
}

function agreementWith(order: readonly string[], { itemNames, orders }: ReturnType<typeof ordersOf>): number {
  const place = itemNames.map((name) => order.indexOf(name))
  let count = 0
  for (const groups of orders)
    for (const [at, better] of groups.entries())
      for (const one of better)
        for (const other of groups.slice(at + 1).flat()) if (place[one]! < place[other]!) count++
  return count
}
