import { type SeededRandom, seededRandom, throwNormal } from '@chiron/core/kit'
import {
  type Comparison,
  type Comparisons,
  calibratePlan,
  countComparisons,
  differenceError,
  type Looks,
  nextPairs,
  type Ranking,
  rankItems,
  rankingIntervals,
  withComparisons,
} from '@chiron/core/ranking'
import { correlation } from '@chiron/core/validity'
import { TIE, throwWinner } from '../throw-winner.ts'
import { heading, table, target } from './report.ts'

const POLICY_COUNT = 7
/** Spread of true strengths: pairs at random then give r ≈ .93 at 100, as in an independent simulation. */
const SPREAD = 1.4
const CHECKPOINTS = [50, 100, 200, 612] as const
const names = Array.from({ length: POLICY_COUNT }, (_, at) => `policy ${at}`)

type World = { readonly truth: readonly number[]; readonly dice: SeededRandom }

/** Seven policies whose strengths are normal, compared by people who say what Davidson's model says. */
function worldOf(seed: string): World {
  const dice = seededRandom(seed)
  return { truth: names.map(() => SPREAD * throwNormal(dice)), dice }
}

function voteOn({ truth, dice }: World, left: number, right: number): Comparison {
  const winner = throwWinner(dice, truth[left]! - truth[right]!)
  return { left: names[left]!, right: names[right]!, winner }
}

function randomVote(world: World): Comparison {
  const left = world.dice.int(POLICY_COUNT)
  const other = world.dice.int(POLICY_COUNT - 1)
  return voteOn(world, left, other < left ? other : other + 1)
}

function chosenVotes(world: World, ranking: Ranking, comparisons: Comparisons, count: number): Comparison[] {
  return nextPairs(ranking, comparisons, count).map(({ left, right }) =>
    voteOn(world, names.indexOf(left), names.indexOf(right)),
  )
}

/** Pearson's r with the true strengths at each checkpoint; pairs at random, or chosen one by one, later a few at a time. */
function correlationsOf(world: World, isChosen: boolean): number[] {
  let comparisons = countComparisons([], names)
  let ranking = rankItems(comparisons)
  return CHECKPOINTS.map((checkpoint) => {
    while (comparisons.count < checkpoint) {
      const batch = isChosen ? Math.max(1, Math.floor(comparisons.count / 50)) : checkpoint
      const count = Math.min(batch, checkpoint - comparisons.count)
      const votes = isChosen
        ? chosenVotes(world, ranking, comparisons, count)
        : Array.from({ length: count }, () => randomVote(world))
      comparisons = withComparisons(comparisons, countComparisons(votes, names))
      ranking = rankItems(comparisons, { start: ranking })
    }
    return correlation([...ranking.strength], world.truth) ?? 0
  })
}

export function judgeNextPairs(worldCount = 200): void {
  heading(`${POLICY_COUNT} simulated policies, ${worldCount} worlds: mean r with the true strengths`)
  const rows: (string | number)[][] = [['pairs', ...CHECKPOINTS.map(String)]]
  for (const isChosen of [false, true]) {
    const sums = CHECKPOINTS.map(() => 0)
    for (let world = 0; world < worldCount; world++)
      for (const [at, r] of correlationsOf(worldOf(`world ${world}`), isChosen).entries()) sums[at]! += r
    const means = sums.map((sum) => sum / worldCount)
    rows.push([isChosen ? 'chosen' : 'at random', ...means.map((r) => r.toFixed(3))])
    if (isChosen)
      target('r ≥ .94 at 100 comparisons with chosen pairs', means[1]! >= 0.94, means[1]!.toFixed(3))
  }
  table(rows)
}

const LAST = 200
const FIRST = 40
const STEP = 4

type Coverage = { held: number; count: number }

/** Whether every difference of two policies lies in its interval. */
function holds(ranking: Ranking, truth: readonly number[], factor: number): boolean {
  return names.every((_, one) =>
    names.slice(0, one).every((__, other) => {
      const gap = ranking.strength[one]! - ranking.strength[other]! - (truth[one]! - truth[other]!)
      return Math.abs(gap) <= factor * differenceError(ranking, one, other)
    }),
  )
}

/** Half of all pairs are told apart. */
function isSettled(ranking: Ranking, factor: number): boolean {
  const pairs = names.flatMap((_, one) => names.slice(0, one).map((__, other) => [one, other] as const))
  const apart = pairs.filter(
    ([one, other]) =>
      Math.abs(ranking.strength[one]! - ranking.strength[other]!) >
      factor * differenceError(ranking, one, other),
  )
  return apart.length >= pairs.length / 2
}

/** Coverage at a fixed number, at every look, and where one stops once half of all pairs are told apart. */
export function judgeCoverage(worldCount = 400): void {
  heading(
    `Coverage of all 21 differences at once, ${worldCount} worlds, looks from ${FIRST} to ${LAST} comparisons`,
  )
  const plan = calibratePlan({ itemCount: POLICY_COUNT, first: FIRST, last: LAST, every: STEP, tie: TIE })
  const kinds: readonly (readonly [string, Looks])[] = [
    ['once', { kind: 'once' }],
    ['calibrated', { kind: 'calibrated', plan }],
    ['planned', { kind: 'planned', first: FIRST, last: LAST }],
    ['always', { kind: 'always', best: LAST }],
  ]
  const found = kinds.map(() => ({
    fixed: { held: 0, count: 0 } as Coverage,
    every: { held: 0, count: 0 } as Coverage,
    stopped: { held: 0, count: 0 } as Coverage,
    votes: 0,
  }))
  for (let world = 0; world < worldCount; world++) {
    const paths = pathOf(worldOf(`coverage ${world}`))
    for (const [kind, [, looks]] of kinds.entries()) {
      const tally = found[kind]!
      // The factor hardly moves along a path; drawing it anew for each look would take hours.
      const ofLast = rankingIntervals(paths.rankings.at(-1)!, { looks }).factor
      const seen = paths.rankings.map((ranking) => {
        const isOwn = looks.kind === 'always' || looks.kind === 'calibrated'
        const factor = isOwn ? rankingIntervals(ranking, { looks }).factor : ofLast
        return { isRight: holds(ranking, paths.truth, factor), isOver: isSettled(ranking, factor), ranking }
      })
      const stop = seen.find(({ isOver }) => isOver) ?? seen.at(-1)!
      count(tally.fixed, seen.at(-1)!.isRight)
      count(
        tally.every,
        seen.every(({ isRight }) => isRight),
      )
      count(tally.stopped, stop.isRight)
      tally.votes += stop.ranking.count
    }
  }
  const percent = ({ held, count: all }: Coverage) => `${((100 * held) / all).toFixed(1)}%`
  table([
    ['intervals', `fixed at ${LAST}`, 'stopped when settled', 'at every look', 'mean comparisons'],
    ...kinds.map(([name], at) => {
      const { fixed, every, stopped, votes } = found[at]!
      return [name, percent(fixed), percent(stopped), percent(every), (votes / worldCount).toFixed(0)]
    }),
  ])
  const within = ({ held, count: all }: Coverage) => held / all >= 0.93 && held / all <= 0.97
  const [once, calibrated] = [found[0]!, found[1]!]
  target('coverage 93–97% at a fixed number (once)', within(once.fixed), percent(once.fixed))
  target('coverage 93–97% stopped when settled (once)', within(once.stopped), percent(once.stopped))
  target(
    'coverage 93–97% whatever one stops for: at every look (calibrated)',
    within(calibrated.every),
    percent(calibrated.every),
  )
}

const count = (coverage: Coverage, isHeld: boolean) => {
  coverage.count++
  if (isHeld) coverage.held++
}

function pathOf(world: World): { rankings: Ranking[]; truth: readonly number[] } {
  let comparisons = countComparisons(
    Array.from({ length: FIRST }, () => randomVote(world)),
    names,
  )
  const rankings = [rankItems(comparisons)]
  while (comparisons.count < LAST) {
    const votes = Array.from({ length: STEP }, () => randomVote(world))
    comparisons = withComparisons(comparisons, countComparisons(votes, names))
    rankings.push(rankItems(comparisons, { start: rankings.at(-1)! }))
  }
  return { rankings, truth: world.truth }
}
