import { type SeededRandom, seededRandom } from '@chiron/core/kit'
import {
  type Comparison,
  countComparisons,
  countsOf,
  leaderboardOf,
  planPairs,
  withComparisons,
} from '@chiron/core/ranking'

/** How far each version came on each scenario, 0 to 1, as the simulation measured it. */
export type Measured = ReadonlyMap<string, ReadonlyMap<string, number>>
/** A scripted rater: how often they say what they see; else they answer anything. */
export type Rater = { readonly name: string; readonly reliability: number }
export type Answer = 'left' | 'right' | 'tie' | 'both-bad'

/** The demo's own: scenarios of its suite, who steers and with what skill, who judges. */
export const DEMO_SCENARIOS = 24
export const DEMO_CONTROLLERS: Readonly<Record<string, number>> = { able: 1, fair: 0.75, clumsy: 0 }
export const DEMO_RATERS: readonly Rater[] = [
  { name: 'Careful Cora', reliability: 0.98 },
  { name: 'Usual Uma', reliability: 0.92 },
  { name: 'Hasty Hal', reliability: 0.8 },
]

/** Runs that came about as far as each other are called even, and both bad when neither got anywhere. */
const SAME = 0.1
const NOWHERE = 0.2
const ANSWERS = ['left', 'right', 'tie'] as const
/** As many pairs are on offer at once as the server offers (evaluation/open-pairs.ts). */
const OPEN_PAIRS = 24
/** The rule to stop is looked at after so many votes, in both designs. */
const LOOK_EVERY = 2

/** What a rater says of two runs, from how far each came. */
export function answerOf(rater: Rater, dice: SeededRandom, left: number, right: number): Answer {
  if (dice.next() >= rater.reliability) return ANSWERS[dice.int(ANSWERS.length)] as Answer
  if (Math.abs(left - right) >= SAME) return left > right ? 'left' : 'right'
  return Math.max(left, right) < NOWHERE ? 'both-bad' : 'tie'
}

export type Design = 'adaptive' | 'even'
export type Replay = {
  readonly votes: number
  readonly order: readonly string[]
  readonly isSettled: boolean
}
type Asked = {
  readonly measured: Measured
  readonly raters: readonly Rater[]
  readonly seed: string
  readonly mostVotes: number
}

/**
 * Plays a design with raters of the same behaviour on the same runs until the server's own rule (`planPairs` until the whole
 * order is settled) stops it: `adaptive` asks the pairs that rule chooses, `even` all pairs in turn. Which rater, which
 * scenario and who stands left is for the dice.
 */
export function replayDesign(design: Design, { measured, raters, seed, mostVotes }: Asked): Replay {
  const dice = seededRandom(`replay ${design} ${seed}`)
  const items = [...measured.keys()]
  const pairs = pairsOf(items)
  let pending: (readonly [string, string])[] = []
  let comparisons = countComparisons([], items)
  let isSettled = false
  const plan = (count: number) =>
    planPairs({ items, counts: countsOf(comparisons), pending, count, until: 'order', isAllowed: () => true })
  while (comparisons.count < mostVotes) {
    if (comparisons.count % LOOK_EVERY === 0) {
      const { isSettled: isOver, idle } = plan(0)
      isSettled = isOver
      if (isSettled) break
      pending = pending.filter((pair) => !idle.includes(pair))
      if (design === 'adaptive' && pending.length <= OPEN_PAIRS / 2)
        pending.push(...plan(OPEN_PAIRS - pending.length).pairs)
    }
    const asked = design === 'even' ? pairs[comparisons.count % pairs.length] : pending.shift()
    if (!asked) break
    const vote = voteOn(asked, { measured, raters, dice })
    comparisons = withComparisons(comparisons, countComparisons([vote], items))
  }
  const order = leaderboardOf(countsOf(comparisons), { items }).items.map(({ item }) => item)
  return { votes: comparisons.count, order, isSettled }
}

/** The votes of the even design, as many as that, whatever they settle. */
export function evenVotes({ measured, raters, seed }: Omit<Asked, 'mostVotes'>, count: number): Comparison[] {
  const dice = seededRandom(`replay even ${seed}`)
  const pairs = pairsOf([...measured.keys()])
  return Array.from({ length: count }, (_, at) =>
    voteOn(pairs[at % pairs.length] as (typeof pairs)[number], { measured, raters, dice }),
  )
}

const pairsOf = (items: readonly string[]) =>
  items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other] as const))

type Room = Pick<Asked, 'measured' | 'raters'> & { readonly dice: SeededRandom }

function voteOn([one, other]: readonly [string, string], { measured, raters, dice }: Room): Comparison {
  const [left, right] = dice.int(2) === 0 ? [one, other] : [other, one]
  const rater = raters[dice.int(raters.length)] as Rater
  const scenarios = [...(measured.get(one)?.keys() ?? [])]
  const scenario = scenarios[dice.int(scenarios.length)] as string
  const progress = (version: string) => measured.get(version)?.get(scenario) ?? 0
  const answer = answerOf(rater, dice, progress(left), progress(right))
  return { left, right, winner: answer === 'both-bad' ? 'tie' : answer, worker: rater.name }
}

/** The versions by how far they came on average, the furthest first, with that average. */
export function truthOf(measured: Measured): { version: string; progressMean: number }[] {
  return [...measured]
    .map(([version, byScenario]) => {
      const all = [...byScenario.values()]
      return { version, progressMean: all.reduce((sum, part) => sum + part, 0) / all.length }
    })
    .sort((a, b) => b.progressMean - a.progressMean)
}
