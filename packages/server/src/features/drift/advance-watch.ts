import type { Sighting } from '@chiron/core/drift'
import { goOnWatching, isSpent, openSeriesWatch } from '@chiron/core/drift'
import type { WatchRow } from './store.ts'

/** The chance that a watch rings although nothing changed, from what is set aside to the next time something is. */
export const ALPHA = 0.01
/** What is set aside before a series is watched; later, as much as was kept of it. */
export const FIRST_COUNT = 100
export const MOST_COUNT = 200

/** What a watch is after more sightings, in the order they came. Pure: the same again gives the same. */
export function advanced(
  row: WatchRow,
  came: readonly Sighting[],
  known: readonly string[] | null,
): WatchRow {
  let so = row
  let rest = came
  while (rest.length > 0) {
    if (so.phase === 'gathering') {
      const missing = Math.max(0, FIRST_COUNT - so.recent.length)
      const recent = kept([...so.recent, ...rest.slice(0, missing)])
      rest = rest.slice(missing)
      so = { ...so, recent }
      if (recent.length >= FIRST_COUNT) so = setAside(so, known)
    } else if (so.phase === 'watching' && so.state) {
      const seed = `${so.id} ${so.epoch}`
      const { watch, takenCount } = goOnWatching(so.state, rest, { alpha: ALPHA, seed })
      so = { ...so, state: watch, recent: kept([...so.recent, ...rest.slice(0, takenCount)]) }
      rest = rest.slice(takenCount)
      if (watch.state.alarmAt !== null) so = { ...so, phase: 'rang' }
      // Nothing rang, so what came last may be compared with next: that it did not ring bends its chance by ALPHA at most.
      else if (isSpent(watch)) so = setAside({ ...so, epoch: so.epoch + 1 }, known)
    } else return so
  }
  return so
}

/** Compares what comes from now on with what came last. */
export function setAside(row: WatchRow, known: readonly string[] | null): WatchRow {
  const state = openSeriesWatch(row.recent, known)
  return { ...row, phase: 'watching', state, beganAt: row.changedAt }
}

/** After an alarm: what comes from now on is gathered first, as what rang was chosen for being unlike. */
export const gatherAnew = (row: WatchRow, at: Date): WatchRow => ({
  ...row,
  phase: 'gathering',
  epoch: row.epoch + 1,
  recent: [],
  state: null,
  beganAt: at,
  changedAt: at,
})

const kept = (recent: readonly Sighting[]): Sighting[] => recent.slice(-MOST_COUNT)
