import { goOnWatching, isSpent, openSeriesWatch, startDrift, watchDrift } from '@chiron/core/drift'
import { type SeededRandom, seededRandom } from '@chiron/core/kit'
import { heading, table, target } from '../judgement/report.ts'

const ALPHA = 0.05
const WATCHES = 400
const BLOCKS = 500
/** Rollouts before and after, per block. */
const SIZE = 2

const successes = (dice: SeededRandom, rate: number): [number, number] => {
  const count = Array.from({ length: SIZE }, () => dice.next()).filter((thrown) => thrown < rate).length
  return [count, SIZE - count]
}

/** The block of the alarm, or null: a policy's success was `before` and is `after`. */
function alarmOf(seed: string, before: number, after: number): number | null {
  const dice = seededRandom(seed)
  let state = startDrift(2)
  for (let block = 0; block < BLOCKS && state.alarmAt === null; block++)
    state = watchDrift(state, { before: successes(dice, before), after: successes(dice, after) }, ALPHA)
  return state.alarmAt
}

/** As the product watches it: what it sets aside at first and later, and the chance of a false alarm of one watch. */
const SET_ASIDE = [100, 200] as const
const PRODUCT_ALPHA = 0.01

/** Rollouts until the alarm, or null: one watch of the product, from what is set aside until that is used up. */
function productAlarm(seed: string, setAside: number, before: number, after: number): number | null {
  const dice = seededRandom(seed)
  const seen = (rate: number, at: number) => ({
    id: `${at}`,
    value: dice.next() < rate ? 'success' : 'failure',
    cohorts: [],
  })
  const opened = openSeriesWatch(
    Array.from({ length: setAside }, (_, at) => seen(before, at)),
    ['success', 'failure'],
  )
  const came = Array.from({ length: 10 * setAside }, (_, at) => seen(after, at))
  const { watch, takenCount } = goOnWatching(opened, came, { alpha: PRODUCT_ALPHA, seed })
  return isSpent(watch) ? null : takenCount
}

function judgeProduct(): void {
  heading(`The same as the product watches it, alpha ${PRODUCT_ALPHA}, ${WATCHES} watches`)
  const rows: string[][] = [
    ['set aside', 'before → after', 'alarms', 'rollouts until half of those have rung'],
  ]
  for (const setAside of SET_ASIDE)
    for (const [before, after] of [
      [0.8, 0.8],
      [0.5, 0.5],
      [0.8, 0.6],
      [0.8, 0.4],
    ] as const) {
      const alarms = Array.from({ length: WATCHES }, (_, seed) =>
        productAlarm(`product ${before} ${after} ${seed}`, setAside, before, after),
      )
      const rung = alarms.filter((alarm) => alarm !== null).sort((a, b) => a - b)
      const share = (100 * rung.length) / WATCHES
      const middle = rung[Math.floor(rung.length / 2)]
      rows.push([
        `${setAside}`,
        `${before} → ${after}`,
        `${share.toFixed(1)}%`,
        before === after ? '–' : `${middle ?? '–'}`,
      ])
      // Four of 400 at 1%; nine would be beyond chance.
      if (before === after)
        target(
          `no drift at ${before}, ${setAside} set aside: at most 2% ring`,
          share <= 2,
          `${share.toFixed(1)}%`,
        )
    }
  table(rows)
}

/** How often a watch over a policy's success rings, and after how many rollouts, looked at after each block. */
export function judgeDrift(): void {
  heading(
    `Drift of success, alpha ${ALPHA}, ${WATCHES} watches of up to ${BLOCKS * SIZE} rollouts before and after`,
  )
  const rows: string[][] = [['before → after', 'alarms', 'rollouts until half have rung']]
  for (const [before, after] of [
    [0.8, 0.8],
    [0.5, 0.5],
    [0.8, 0.7],
    [0.8, 0.6],
    [0.8, 0.4],
  ] as const) {
    const alarms = Array.from({ length: WATCHES }, (_, seed) =>
      alarmOf(`${before} ${after} ${seed}`, before, after),
    )
    const rung = alarms.filter((alarm) => alarm !== null).sort((a, b) => a - b)
    const share = (100 * rung.length) / WATCHES
    const middle = rung[WATCHES / 2]
    rows.push([
      `${before} → ${after}`,
      `${share.toFixed(1)}%`,
      middle === undefined ? '–' : `${middle * SIZE}`,
    ])
    if (before === after)
      target(
        `no drift at ${before}: a false alarm in at most 5% of watches`,
        share <= 5,
        `${share.toFixed(1)}%`,
      )
  }
  table(rows)
  judgeProduct()
}
