import {
  type BeforeAfter,
  type MovedCategory,
  type MovedCohort,
  whatMoved,
  whereMoved,
} from '@chiron/core/drift'
import { assert, groupBy, sortBy } from '@chiron/core/kit'
import type { WatchRow } from './store.ts'

const MAX_MOVED = 6
const MAX_COHORTS = 5

/** What an alarm says: which categories moved, where the one that grew most did, and what to look at. Ids and figures alone. */
export interface Explained {
  beforeCount: number
  afterCount: number
  logEvidence: number
  moved: MovedCategory[]
  /** The category that grew most: what there is to look at. */
  focus: string
  /** For each way of parting what came, the cohorts that add most to the change of that category. */
  where: { what: string; cohorts: MovedCohort[] }[]
  examples: { before: string[]; after: string[] }
}

/** Explains a watch that rang, from what it kept. */
export function explainAlarm({ state: watch }: WatchRow): Explained {
  assert(watch !== null && watch.state.alarmAt !== null, 'an alarm is of a watch that rang')
  const moved = whatMoved(watch.state, watch.categories).slice(0, MAX_MOVED)
  const grown = sortBy(moved, ({ before, after }) => before.value - after.value)[0]
  assert(grown !== undefined, 'where an alarm rings something moved')
  const focus = grown.category
  const at = watch.categories.indexOf(focus)
  const parts = groupBy(Object.entries(watch.cohorts), ([name]) => name.slice(0, name.indexOf(':')))
  const where = [...parts].map(([what, entries]) => {
    const cohorts = new Map<string, BeforeAfter>(
      entries.map(([name, counts]) => [name.slice(what.length + 1), counts]),
    )
    return { what, cohorts: whereMoved(cohorts, at).slice(0, MAX_COHORTS) }
  })
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
  return {
    beforeCount: sum(watch.state.before),
    afterCount: sum(watch.state.after),
    logEvidence: watch.state.logEvidence,
    moved,
    focus,
    where: where.filter(({ cohorts }) => cohorts.length > 1),
    examples: { before: watch.examples.before[at] ?? [], after: watch.examples.after[at] ?? [] },
  }
}
