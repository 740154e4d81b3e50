import { seededRandom } from '@chiron/core/kit'
import { kemenyOrder, type OrderEntry, ordersOf, plackettLuce } from '@chiron/core/ranking'
import { meanOf } from './accuracy.ts'
import { heading, table, timed } from './report.ts'

const ITEM_COUNT = 10
const WORLDS = 200
const names = Array.from({ length: ITEM_COUNT }, (_, at) => `item ${at}`)

/** Whole orders of ten items thrown as Plackett and Luce say: how near each way comes to the true order (Kendall's tau). */
export function judgeOrders(): void {
  heading(`Whole orders of ${ITEM_COUNT} items, ${WORLDS} worlds: Kendall's tau with the true order`)
  const rows: (string | number)[][] = [['orders', 'mean place', 'Kemeny', 'Plackett–Luce', 'Kemeny ms']]
  for (const orderCount of [3, 10, 30]) {
    const taus: [number[], number[], number[]] = [[], [], []]
    let cpuMs = 0
    for (let world = 0; world < WORLDS; world++) {
      const entries = thrown(`${orderCount} ${world}`, orderCount)
      const orders = ordersOf(entries)
      const kemeny = timed(() => kemenyOrder(orders))
      cpuMs += kemeny.cpuMs / WORLDS
      const { itemNames, strength } = plackettLuce(orders)
      const places = names.map((name) =>
        meanOf(entries.filter(({ item }) => item === name).map(({ position }) => position)),
      )
      taus[0].push(tauOf(places))
      taus[1].push(tauOf(names.map((name) => kemeny.value.items.indexOf(name))))
      taus[2].push(tauOf(names.map((name) => -strength[itemNames.indexOf(name)]!)))
    }
    rows.push([`${orderCount}`, ...taus.map((each) => meanOf(each).toFixed(3)), cpuMs.toFixed(2)])
  }
  table(rows)
}

/** The first item is the strongest, each next one a quarter weaker in log-odds. */
function thrown(seed: string, orderCount: number): OrderEntry[] {
  const dice = seededRandom(seed)
  return Array.from({ length: orderCount }, (_, ranking) => {
    // Who comes first in a race of exponential times is first with odds of e to its strength.
    const times = names.map((_, at) => -Math.log(1 - dice.next()) / Math.exp(-at / 4))
    const order = [...names.keys()].sort((a, b) => times[a]! - times[b]!)
    return order.map((at, place) => ({ ranking: `${ranking}`, item: names[at]!, position: place + 1 }))
  }).flat()
}

/** Kendall's tau of places with the true order of names; equal places count for nothing. */
function tauOf(places: readonly number[]): number {
  let sum = 0
  for (const [at, place] of places.entries())
    for (const later of places.slice(at + 1)) sum += Math.sign(later - place)
  return (2 * sum) / (places.length * (places.length - 1))
}
