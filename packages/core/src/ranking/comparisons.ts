import { assert, compareStrings, sortBy } from '../kit/index.ts'

export const MAX_RANKED_ITEMS = 2000

export type Winner = 'left' | 'right' | 'tie'

/** One comparison: who was shown where, and who won. Worker and task (what was asked) where known. */
export type Comparison = {
  readonly left: string
  readonly right: string
  readonly winner: Winner
  readonly worker?: string | undefined
  readonly task?: string | undefined
}

/** Comparisons of the same two on the same sides by the same worker on the same task, counted. */
export type ComparisonCount = {
  readonly left: string
  readonly right: string
  readonly worker?: string | undefined
  readonly task?: string | undefined
  readonly leftWins: number
  readonly ties: number
  readonly rightWins: number
}

/**
 * Counted comparisons by position, one row for each pair, side, worker and task that occurs; -1: not known. Names
 * and rows come sorted. Small when workers are left out (`pooled`): at most the square of the items.
 */
export type Comparisons = {
  readonly itemNames: readonly string[]
  readonly workerNames: readonly string[]
  readonly taskNames: readonly string[]
  readonly left: Int32Array
  readonly right: Int32Array
  readonly worker: Int32Array
  readonly task: Int32Array
  readonly leftWins: Float64Array
  readonly ties: Float64Array
  readonly rightWins: Float64Array
  /** How many comparisons were counted. */
  readonly count: number
}

/** Counts comparisons. `items` names further items that may lack any. An item against itself is our mistake. */
export function countComparisons(votes: Iterable<Comparison>, items: readonly string[] = []): Comparisons {
  const counter = new Counter(items)
  for (const vote of votes) {
    const at = counter.place(vote)
    if (vote.winner === 'left') counter.leftWins[at]!++
    else if (vote.winner === 'right') counter.rightWins[at]!++
    else {
      assert(vote.winner === 'tie', 'the winner is left, right or tie')
      counter.ties[at]!++
    }
  }
  return counter.sorted()
}

/** Comparisons from counts: of a table in a database, or of `countsOf`. Counts are finite and not negative. */
export function comparisonsOfCounts(
  counts: Iterable<ComparisonCount>,
  items: readonly string[] = [],
): Comparisons {
  const counter = new Counter(items)
  for (const row of counts) {
    for (const count of [row.leftWins, row.ties, row.rightWins])
      assert(Number.isFinite(count) && count >= 0, 'a count is finite and not negative')
    const at = counter.place(row)
    counter.leftWins[at]! += row.leftWins
    counter.ties[at]! += row.ties
    counter.rightWins[at]! += row.rightWins
  }
  return counter.sorted()
}

/** The counts as plain rows, to keep or to send. */
export function countsOf(comparisons: Comparisons): ComparisonCount[] {
  const { itemNames, workerNames, taskNames, left, right, worker, task } = comparisons
  return Array.from(left, (_, row) => ({
    left: itemNames[left[row]!]!,
    right: itemNames[right[row]!]!,
    worker: workerNames[worker[row]!],
    task: taskNames[task[row]!],
    leftWins: comparisons.leftWins[row]!,
    ties: comparisons.ties[row]!,
    rightWins: comparisons.rightWins[row]!,
  }))
}

/** Both together; the old values stay. The cost is that of the rows counted so far, not of the comparisons. */
export function withComparisons(known: Comparisons, more: Comparisons): Comparisons {
  return comparisonsOfCounts([...countsOf(known), ...countsOf(more)], [...known.itemNames, ...more.itemNames])
}

/** Without workers or tasks, or without both: a small state that any number of votes can be added to. */
export function pooled(
  comparisons: Comparisons,
  keep: { readonly workers?: boolean; readonly tasks?: boolean } = {},
): Comparisons {
  const { workerNames, taskNames } = comparisons
  if ((keep.workers || workerNames.length === 0) && (keep.tasks || taskNames.length === 0)) return comparisons
  const counts = countsOf(comparisons).map(({ worker, task, ...row }) => ({
    ...row,
    worker: keep.workers ? worker : undefined,
    task: keep.tasks ? task : undefined,
  }))
  return comparisonsOfCounts(counts, comparisons.itemNames)
}

/**
 * Items that comparisons join, directly or through others, share a group: the smallest position among them.
 * Between groups nothing says who is better.
 */
export function groupsOf({ itemNames, left, right, leftWins, ties, rightWins }: Comparisons): Int32Array {
  const parent = Int32Array.from(itemNames.keys())
  const rootOf = (item: number): number => {
    let root = item
    while (parent[root] !== root) root = parent[root]!
    for (let at = item; at !== root; ) [at, parent[at]] = [parent[at]!, root]
    return root
  }
  for (let row = 0; row < left.length; row++) {
    if (leftWins[row]! + ties[row]! + rightWins[row]! === 0) continue
    const [one, other] = [rootOf(left[row]!), rootOf(right[row]!)]
    if (one !== other) parent[Math.max(one, other)] = Math.min(one, other)
  }
  return parent.map((_, item) => rootOf(item))
}

type Place = Pick<Comparison, 'left' | 'right' | 'worker' | 'task'>

const TASK_LIMIT = 2 ** 22

/** Gathers rows under number keys: a text key for each of ten million votes would cost more than the counting. */
class Counter {
  leftWins: number[] = []
  ties: number[] = []
  rightWins: number[] = []
  #rows: { left: number; right: number; worker: number; task: number }[] = []
  #places = new Map<number, Map<number, number>>()
  #items = new Map<string, number>()
  #workers = new Map<string, number>()
  #tasks = new Map<string, number>()

  constructor(items: readonly string[]) {
    for (const item of items) positionOf(this.#items, item)
  }

  place({ left: leftName, right: rightName, worker: workerName, task: taskName }: Place): number {
    assert(leftName !== rightName, `“${leftName}” cannot be compared with itself`)
    const left = positionOf(this.#items, leftName)
    const right = positionOf(this.#items, rightName)
    const worker = workerName === undefined ? -1 : positionOf(this.#workers, workerName)
    const task = taskName === undefined ? -1 : positionOf(this.#tasks, taskName)
    assert(this.#items.size <= MAX_RANKED_ITEMS, `at most ${MAX_RANKED_ITEMS} items are ranked at once`)
    assert(task < TASK_LIMIT - 1, 'at most four million tasks')
    const pair = left * MAX_RANKED_ITEMS + right
    const whose = (worker + 1) * TASK_LIMIT + task + 1
    const inner = this.#places.get(pair) ?? new Map<number, number>()
    this.#places.set(pair, inner)
    const known = inner.get(whose)
    if (known !== undefined) return known
    const at = this.#rows.push({ left, right, worker, task }) - 1
    inner.set(whose, at)
    this.leftWins.push(0)
    this.ties.push(0)
    this.rightWins.push(0)
    return at
  }

  sorted(): Comparisons {
    const [items, workers, tasks] = [sorting(this.#items), sorting(this.#workers), sorting(this.#tasks)]
    const rows = this.#rows.map((row, at) => ({
      at,
      left: items.rank[row.left]!,
      right: items.rank[row.right]!,
      worker: workers.rank[row.worker] ?? -1,
      task: tasks.rank[row.task] ?? -1,
    }))
    rows.sort((a, b) => a.left - b.left || a.right - b.right || a.worker - b.worker || a.task - b.task)
    const columnOf = (counts: readonly number[]) => Float64Array.from(rows, ({ at }) => counts[at]!)
    const [leftWins, ties, rightWins] = [this.leftWins, this.ties, this.rightWins].map(columnOf)
    return {
      itemNames: items.names,
      workerNames: workers.names,
      taskNames: tasks.names,
      left: Int32Array.from(rows, ({ left }) => left),
      right: Int32Array.from(rows, ({ right }) => right),
      worker: Int32Array.from(rows, ({ worker }) => worker),
      task: Int32Array.from(rows, ({ task }) => task),
      leftWins: leftWins!,
      ties: ties!,
      rightWins: rightWins!,
      count: [leftWins!, ties!, rightWins!].flatMap((column) => [...column]).reduce((a, b) => a + b, 0),
    }
  }
}

function positionOf(places: Map<string, number>, name: string): number {
  const place = places.get(name)
  if (place !== undefined) return place
  places.set(name, places.size)
  return places.size - 1
}

function sorting(places: Map<string, number>): { names: string[]; rank: Int32Array } {
  const sorted = sortBy([...places], ([name]) => name)
  const rank = new Int32Array(sorted.length)
  for (const [at, [, place]] of sorted.entries()) rank[place] = at
  return { names: sorted.map(([name]) => name).sort(compareStrings), rank }
}

/** How often each was shown on the left of each: items by items, row by row. */
export function shownCounts({
  itemNames,
  left,
  right,
  leftWins,
  ties,
  rightWins,
}: Comparisons): Float64Array {
  const shown = new Float64Array(itemNames.length ** 2)
  for (let row = 0; row < left.length; row++)
    shown[left[row]! * itemNames.length + right[row]!]! += leftWins[row]! + ties[row]! + rightWins[row]!
  return shown
}
