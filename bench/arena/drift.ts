import { startDrift, watchDrift } from '@chiron/core/drift'
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
}
