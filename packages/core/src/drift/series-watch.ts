import { assert, seededRandom } from '../kit/index.ts'
import { binsOf } from './bins-of.ts'
import { type DriftState, startDrift, watchDrift } from './watch-drift.ts'

/** One thing that was seen: a category or a measure, the cohorts it is of (`light: dim`), and what it is, for a link. */
export type Sighting = {
  readonly id: string
  readonly value: string | number
  readonly cohorts: readonly string[]
}

/** How often each category came before and after, of all or of one cohort. */
export type BeforeAfter = { readonly before: readonly number[]; readonly after: readonly number[] }

/** A series under watch, kept as plain data between two looks. */
export type SeriesWatch = {
  /** Names in order; those that were not known beforehand end with `OTHER`. A measure's are its bins. */
  readonly categories: readonly string[]
  /** Of a measure: where its bins part. Null for categories. */
  readonly edges: readonly number[] | null
  /** What was set aside and is not yet used, per category. */
  readonly left: readonly number[]
  /** Categories that came and do not yet fill a block. */
  readonly waiting: readonly number[]
  readonly state: DriftState
  /** Evidence after each block: what a screen draws. */
  readonly track: readonly number[]
  readonly cohorts: Readonly<Record<string, BeforeAfter>>
  /** The last few that came, per category, and the last few of what was set aside. */
  readonly examples: { readonly before: readonly string[][]; readonly after: readonly string[][] }
}

/** Sizes are fixed before anything is seen. */
export const BEFORE_IN_BLOCK = 5
export const AFTER_IN_BLOCK = 10
export const OTHER = 'other'
const BINS = 4
const CUT_SHARE = 1 / 4
const MAX_CATEGORIES = 20
const MAX_COHORTS = 60
const MAX_EXAMPLES = 3

/**
 * Sets aside what came before. Where the categories are not `known`, the first quarter makes them, as the bins of a
 * measure, and is not used again: bins cut by what is then counted in them would bend the test.
 */
export function openSeriesWatch(before: readonly Sighting[], known: readonly string[] | null): SeriesWatch {
  assert(before.length >= 4 * BEFORE_IN_BLOCK, 'enough is set aside to compare with')
  const cutCount = known === null ? Math.ceil(before.length * CUT_SHARE) : 0
  const { categories, edges } = known
    ? { categories: [...known], edges: null }
    : learned(before.slice(0, cutCount))
  const empty = (): string[][] => categories.map(() => [])
  const none = categories.map(() => 0)
  const watch: SeriesWatch = {
    categories,
    edges,
    left: none,
    waiting: [],
    state: startDrift(categories.length),
    track: [],
    cohorts: {},
    examples: { before: empty(), after: empty() },
  }
  return before.slice(cutCount).reduce((so, sighting) => {
    const at = categoryOf(so, sighting.value)
    return { ...noted(so, sighting, 'before'), left: added(so.left, at) }
  }, watch)
}

function learned(sightings: readonly Sighting[]): Pick<SeriesWatch, 'categories' | 'edges'> {
  const numbers = sightings.flatMap(({ value }) => (typeof value === 'number' ? value : []))
  if (numbers.length === sightings.length) {
    const { edges: cut } = binsOf(numbers, BINS)
    const edges = cut.length > 0 ? cut : [numbers[0]!]
    return { categories: binNames(edges), edges }
  }
  const names = [...new Set(sightings.map(({ value }) => String(value)))].sort().slice(0, MAX_CATEGORIES)
  return { categories: [...names, OTHER], edges: null }
}

/** To three digits: what parts the bins is kept beside. */
function binNames(edges: readonly number[]): string[] {
  const write = (edge: number) => String(Number(edge.toPrecision(3)))
  const between = edges.slice(1).map((edge, at) => `${write(edges[at]!)} – ${write(edge)}`)
  return [`< ${write(edges[0]!)}`, ...between, `≥ ${write(edges.at(-1)!)}`]
}

function categoryOf({ categories, edges }: SeriesWatch, value: string | number): number {
  if (edges !== null) {
    const at = edges.findIndex((edge) => Number(value) < edge)
    return at < 0 ? edges.length : at
  }
  const at = categories.indexOf(String(value))
  return at < 0 ? categories.length - 1 : at
}

/** Whether what was set aside is used up: the watch has ended without an alarm. */
export const isSpent = ({ left, state }: SeriesWatch): boolean =>
  state.alarmAt === null && sum(left) < BEFORE_IN_BLOCK

/**
 * Goes on with what came, in the order it came; stops where an alarm rings or nothing is left to compare with, and gives
 * back how many were taken. What is drawn from what was set aside hangs on `seed` and the number of the block alone.
 */
export function goOnWatching(
  watch: SeriesWatch,
  came: readonly Sighting[],
  { alpha, seed }: { readonly alpha: number; readonly seed: string },
): { watch: SeriesWatch; takenCount: number } {
  let so = watch
  for (const [at, sighting] of came.entries()) {
    if (so.state.alarmAt !== null || isSpent(so)) return { watch: so, takenCount: at }
    so = { ...noted(so, sighting, 'after'), waiting: [...so.waiting, categoryOf(so, sighting.value)] }
    if (so.waiting.length === AFTER_IN_BLOCK) so = blockDone(so, alpha, seed)
  }
  return { watch: so, takenCount: came.length }
}

function blockDone(watch: SeriesWatch, alpha: number, seed: string): SeriesWatch {
  const dice = seededRandom(`${seed} ${watch.state.blockCount}`)
  const none = watch.categories.map(() => 0)
  const after = watch.waiting.reduce<readonly number[]>(added, none)
  let [left, before]: [readonly number[], readonly number[]] = [watch.left, none]
  for (let drawn = 0; drawn < BEFORE_IN_BLOCK; drawn++) {
    let place = dice.next() * sum(left)
    const at = left.findIndex((count) => {
      place -= count
      return place < 0
    })
    left = left.map((count, each) => (each === at ? count - 1 : count))
    before = added(before, at)
  }
  const state = watchDrift(watch.state, { before, after }, alpha)
  return { ...watch, left, waiting: [], state, track: [...watch.track, state.logEvidence] }
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0)
const added = (counts: readonly number[], at: number): number[] =>
  counts.map((count, each) => (each === at ? count + 1 : count))

/** Counts a sighting for each of its cohorts, and keeps it as an example. */
function noted(watch: SeriesWatch, sighting: Sighting, side: 'before' | 'after'): SeriesWatch {
  const at = categoryOf(watch, sighting.value)
  const none = watch.categories.map(() => 0)
  const cohorts = { ...watch.cohorts }
  for (const cohort of sighting.cohorts) {
    const counts = cohorts[cohort]
    if (!counts && Object.keys(cohorts).length >= MAX_COHORTS) continue
    const known = counts ?? { before: none, after: none }
    cohorts[cohort] = { ...known, [side]: added(known[side], at) }
  }
  const kept = watch.examples[side].map((ids, each) =>
    each === at ? [...ids, sighting.id].slice(-MAX_EXAMPLES) : ids,
  )
  return { ...watch, cohorts, examples: { ...watch.examples, [side]: kept } }
}
