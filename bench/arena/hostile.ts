import { seededRandom, throwNormal } from '@chiron/core/kit'
import {
  type Comparison,
  countComparisons,
  opposingRaters,
  type Ranking,
  rankItems,
} from '@chiron/core/ranking'
import { heading, table, target } from '../judgement/report.ts'
import { arenaOf, type Rater, voteOn } from './voting.ts'

const SEEDS = 100
const POLICY_COUNT = 7
const SPREAD = 1.4
/** Votes of all raters together: 40, 80 and 160 of each. */
const VOTE_COUNTS = [800, 1600, 3200] as const
/** Four of twenty vote against what they see; the others are of different care. */
const RATERS: Rater[] = Array.from({ length: 20 }, (_, at) => ({
  name: at < 4 ? `hostile ${at}` : `rater ${at}`,
  scale: at < 4 ? -1.2 : 0.6 + (at % 5) * 0.25,
}))

const topOf = ({ itemNames, strength }: Ranking): string =>
  itemNames[
    strength.indexOf(strength.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY))
  ]!

type Found = { plain: number; named: number; hostile: number; honest: number }

/** A fifth of the raters vote against the evidence: who is named, and whether the first rank stays that of the honest. */
export function judgeHostile(): void {
  heading(
    `${POLICY_COUNT} policies, 4 of 20 raters hostile, ${SEEDS} seeds: the first rank is that of the honest`,
  )
  const rows = [['votes', 'all counted', 'without who is named', 'hostile named', 'honest named']]
  for (const voteCount of VOTE_COUNTS) {
    const found = hostileFound(voteCount)
    const named = [`${found.hostile} of ${4 * SEEDS}`, `${found.honest} of ${16 * SEEDS}`]
    rows.push([`${voteCount}`, `${found.plain}`, `${found.named}`, ...named])
    const words = `20% hostile raters, ${voteCount} votes`
    target(`${words}: first rank kept in ≥ 95 of 100 seeds`, found.named >= 95, `${found.named}`)
    if (voteCount === VOTE_COUNTS.at(-1))
      target(`${words}: ≥ 95% are named`, found.hostile >= 0.95 * 4 * SEEDS, named.join(', honest '))
  }
  table(rows)
}

function hostileFound(voteCount: number): Found {
  const found = { plain: 0, named: 0, hostile: 0, honest: 0 }
  for (let seed = 0; seed < SEEDS; seed++) {
    const dice = seededRandom(`strengths ${seed}`)
    const strengths = Array.from({ length: POLICY_COUNT }, () => SPREAD * throwNormal(dice))
    const arena = arenaOf(`hostile ${seed}`, strengths, RATERS)
    const votes: Comparison[] = Array.from({ length: voteCount }, () => {
      const [left, right] = dice.shuffle([...strengths.keys()]) as [number, number]
      return voteOn(arena, left, right)
    })
    const topWithout = (isLeftOut: (worker: string) => boolean) =>
      topOf(
        rankItems(
          countComparisons(
            votes.filter(({ worker }) => !isLeftOut(worker!)),
            arena.policies,
          ),
        ),
      )
    const against = opposingRaters(countComparisons(votes, arena.policies)).filter(
      ({ isAgainst }) => isAgainst,
    )
    const named = new Set(against.map(({ worker }) => worker))
    const isHostile = (worker: string) => worker.startsWith('hostile')
    const honestTop = topWithout(isHostile)
    if (topWithout(() => false) === honestTop) found.plain++
    if (topWithout((worker) => named.has(worker)) === honestTop) found.named++
    for (const worker of named) isHostile(worker) ? found.hostile++ : found.honest++
  }
  return found
}
