import { type AnswerSet, goldFirst, onGrid, voteShares, winnersOf } from '../consensus/index.ts'
import { assert, sortBy } from '../kit/index.ts'
import { confusionAgainst } from './confusion-against.ts'
import { normalQuantile } from './normal.ts'
import { withOneVoice } from './one-voice.ts'

/** Two workers, by position, who agree more than their skills and the tasks explain. */
export type CopyingPair = {
  readonly first: number
  readonly second: number
  readonly sharedCount: number
  readonly agreedCount: number
  /** Agreements to expect of two who answer independently. */
  readonly expectedCount: number
  /** Standard errors above what is usual between two workers of this crowd. */
  readonly score: number
}

export type CopiersFound = {
  readonly pairs: readonly CopyingPair[]
  /** Workers who copy each other or one source, by position, each group sorted; groups by their first. */
  readonly groups: readonly (readonly number[])[]
  readonly testedCount: number
}

export type CopierOptions = {
  /** The chance of naming any pair at all in a crowd without copiers (Bonferroni over all pairs and both tests). */
  readonly falseAlarmRatio?: number
  /** Pairs with fewer tasks in common are not tested. */
  readonly minShared?: number
  /** Known labels (`goldOf`): then the votes are weighed by gold, which copiers cannot capture. */
  readonly gold?: Int32Array
}

export const MAX_COPIER_WORKERS = 2 ** 14
const MAX_ROUNDS = 5

/** Of the answers that could have differed, the share that must agree: against clear votes, and divided ones. */
const COPIED_RATIO = { winners: 0.5, shares: 0.9 }

/**
 * Finds workers who copy: pairwise tests of agreement in excess of what each one's confusion matrix and the
 * votes on each task foretell of independent workers. Tested twice: against the winners of the votes, which
 * tells skill from copying, and against the shares of the votes, which copiers cannot capture alone, there
 * for near-identical answers only. Scores are measured against those of the whole crowd (median and median
 * deviation, an empirical null: Efron, JASA 2004), since shared difficulty makes honest workers agree too.
 * Groups found get one voice and the tests are repeated, while more are found. A group contains its source: who copies is not told from who is copied. More workers than 2^14 are our
 * mistake (asserted).
 */
export function findCopiers(set: AnswerSet, options: CopierOptions = {}): CopiersFound {
  const { falseAlarmRatio = 0.05, minShared = 10, gold } = options
  assert(set.workerNames.length <= MAX_COPIER_WORKERS, 'too many workers to test all pairs')
  const keys = sharedPairs(set, minShared)
  const threshold = normalQuantile(falseAlarmRatio / 2 / Math.max(1, keys.length))
  const found = new Map<number, CopyingPair>()
  for (let round = 0, before = -1; round < MAX_ROUNDS && found.size > before; round++) {
    before = found.size
    const shares = sharesOf(withOneVoice(set, groupsOf([...found.values()], set.workerNames.length)), gold)
    for (const kind of ['winners', 'shares'] as const) {
      const posteriors = kind === 'winners' ? winnersOf(shares, set.labels.length) : shares
      const tallies = pairTallies(set, posteriors, keys)
      for (const [key, pair] of excessPairs(tallies, threshold, COPIED_RATIO[kind])) {
        if (!found.has(key)) found.set(key, pair)
      }
    }
  }
  const pairs = sortBy(
    [...found.values()],
    ({ first }) => first,
    ({ second }) => second,
  )
  return { pairs, groups: groupsOf(pairs, set.workerNames.length), testedCount: keys.length }
}

type Tally = {
  first: number
  second: number
  shared: number
  agreed: number
  expected: number
  variance: number
}

function sharesOf(set: AnswerSet, gold: Int32Array | undefined): Float64Array {
  return gold ? goldFirst(set, { gold }).posteriors : voteShares(set)
}

function excessPairs(tallies: ReadonlyMap<number, Tally>, threshold: number, minCopiedRatio: number) {
  const scoreOf = ({ agreed, expected, variance }: Tally) => (agreed - expected) / Math.sqrt(variance + 0.25)
  const sorted = Float64Array.from([...tallies.values()].map(scoreOf)).sort()
  const centre = Math.max(0, sorted[sorted.length >> 1] ?? 0)
  const deviations = sorted.map((score) => Math.abs(score - centre)).sort()
  const scale = Math.max(1, 1.4826 * (deviations[deviations.length >> 1] ?? 0))
  return [...tallies].flatMap(([key, tally]): [number, CopyingPair][] => {
    const { first, second, shared, agreed, expected } = tally
    const score = (scoreOf(tally) - centre) / scale
    if (score <= threshold || (agreed - expected) / (shared - expected) < minCopiedRatio) return []
    return [
      [key, { first, second, sharedCount: shared, agreedCount: agreed, expectedCount: expected, score }],
    ]
  })
}

/** The keys (first × workers + second) of pairs with enough tasks in common. */
function sharedPairs({ taskStart, worker, workerNames }: AnswerSet, minShared: number): number[] {
  const counts = new Map<number, number>()
  for (let task = 0; task + 1 < taskStart.length; task++) {
    for (let a = taskStart[task]!; a < taskStart[task + 1]!; a++) {
      for (let b = taskStart[task]!; b < taskStart[task + 1]!; b++) {
        if (worker[a]! >= worker[b]!) continue
        const key = worker[a]! * workerNames.length + worker[b]!
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
  }
  return [...counts].filter(([, count]) => count >= minShared).map(([key]) => key)
}

function pairTallies(set: AnswerSet, posteriors: Float64Array, keys: readonly number[]) {
  const { taskStart, worker, label, workerNames } = set
  const labelCount = set.labels.length
  const confusion = confusionAgainst(set, posteriors)
  const tallies = new Map<number, Tally>()
  for (const key of keys) {
    const pair = { first: Math.floor(key / workerNames.length), second: key % workerNames.length }
    tallies.set(key, { ...pair, shared: 0, agreed: 0, expected: 0, variance: 0 })
  }
  for (let task = 0; task + 1 < taskStart.length; task++) {
    const share = posteriors.subarray(task * labelCount, (task + 1) * labelCount)
    for (let a = taskStart[task]!; a < taskStart[task + 1]!; a++) {
      for (let b = taskStart[task]!; b < taskStart[task + 1]!; b++) {
        const tally = tallies.get(worker[a]! * workerNames.length + worker[b]!)
        if (!tally || worker[a]! >= worker[b]!) continue
        const chance = agreementChance(confusion, share, tally.first, tally.second)
        tally.shared++
        tally.expected += onGrid(chance)
        tally.variance += onGrid(chance * (1 - chance))
        if (label[a] === label[b]) tally.agreed++
      }
    }
  }
  return tallies
}

/** The chance that two workers give the same label to a task whose true label has the given shares. */
function agreementChance(
  confusion: Float64Array,
  share: Float64Array,
  first: number,
  second: number,
): number {
  const labelCount = share.length
  const block = labelCount * labelCount
  let chance = 0
  for (let truth = 0; truth < labelCount; truth++) {
    if (share[truth] === 0) continue
    let both = 0
    for (let said = truth; said < block; said += labelCount) {
      both += confusion[first * block + said]! * confusion[second * block + said]!
    }
    chance += share[truth]! * both
  }
  return chance
}

function groupsOf(pairs: readonly CopyingPair[], workerCount: number): number[][] {
  const leader = Int32Array.from({ length: workerCount }, (_, at) => at)
  const leaderOf = (at: number): number => {
    let top = at
    while (leader[top] !== top) top = leader[top]!
    return top
  }
  for (const { first, second } of pairs) {
    const [a, b] = [leaderOf(first), leaderOf(second)]
    leader[Math.max(a, b)] = Math.min(a, b)
  }
  const groups = new Map<number, number[]>()
  for (let at = 0; at < workerCount; at++) {
    const top = leaderOf(at)
    groups.set(top, [...(groups.get(top) ?? []), at])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}
