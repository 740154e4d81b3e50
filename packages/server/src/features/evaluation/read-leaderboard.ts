import type { Leaderboard } from '@chiron/contract'
import { wilsonShare } from '@chiron/core/quality'
import { leaderboardOf } from '@chiron/core/ranking'
import type { SuiteContent } from '@chiron/core/suite'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import {
  type ComparedWorld,
  type ComparisonsOf,
  type ComparisonTallies,
  changesWithout,
  comparisonTallies,
  knownRatingTallies,
  raterTallies,
  ratingTallies,
} from '../submission/index.ts'
import { failuresOf, ratingsOf } from './board-parts.ts'
import { boardNames } from './policy-store.ts'
import { failsKnownRatings } from './read-known-ratings.ts'
import { failsKnown, votesIn, weighRaters } from './read-raters.ts'
import { outcomeTallies } from './rollout-tally-store.ts'
import { failureTallies, readSuite, readSuiteVersion } from './suite-store.ts'
import { contentOf } from './suite-wire.ts'

interface BoardOf {
  suiteId: string
  version: number
  world: ComparedWorld
  factor?: string | undefined
  factorLevel?: string | undefined
  raters: 'all' | 'trusted'
  confidence: number
}

/**
 * Which policy version is better on a suite, from counts kept with each vote: what it costs to read does not grow with
 * the number of votes. Refuses `bad-input` for a factor or level that the suite has not, and for trusted raters of one
 * level alone: who voted is not counted by scenario.
 */
export function readLeaderboard(ctx: Ctx, of: BoardOf): Promise<Leaderboard> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const { suiteId, version, world } = of
    const { name: suiteName } = found(await readSuite(tx, workspaceId, suiteId), 'suite')
    const row = found(await readSuiteVersion(tx, { workspaceId, suiteId, version }), 'version of the suite')
    const content = contentOf(row)
    const scenarioKeys = scenariosOf(content, of)
    const key = { workspaceId, suiteId, suiteVersion: version, world }
    const all = await comparisonTallies(tx, { ...key, scenarioKeys })
    const { votes, ratings, excludedRaterCount } = await countedOf(tx, all, key, of.raters)
    const outcomes = await outcomeTallies(tx, { workspaceId, suiteId, version }, world)
    const failures = (await failureTallies(tx, { workspaceId, suiteId, version })).filter(
      (each) => world === 'both' || each.world === world,
    )
    const chosen = scenarioKeys && new Set(scenarioKeys)
    const isShown = ({ scenario }: { scenario: string }) => !chosen || chosen.has(scenario)
    const shown = outcomes.filter(isShown)
    const ids = [...shown.map(({ policyVersionId }) => policyVersionId)]
    ids.push(...votes.flatMap(({ left, right }) => [left, right]))
    const board = leaderboardOf(votes, { items: [...new Set(ids)], level: of.confidence })
    const versions = await boardNames(
      tx,
      workspaceId,
      board.items.map(({ item }) => item),
    )
    return {
      suiteId,
      suiteName,
      suiteVersion: version,
      world,
      factor: of.factor ?? null,
      factorLevel: of.factorLevel ?? null,
      confidence: of.confidence,
      excludedRaterCount,
      ...figuresOf(board, votes),
      items: board.items.map(({ item, ...figures }) => ({
        ...found(versions.get(item), 'policy version'),
        ...figures,
        voteCount: figures.winCount + figures.tieCount + figures.lossCount,
        ...successOf(shown.filter(({ policyVersionId }) => policyVersionId === item)),
        failures: failuresOf(failures.filter((each) => each.policy === item && isShown(each))),
        ratings: ratingsOf(ratings.filter((each) => each.policyVersionId === item && isShown(each))),
        ...progressOf(votes, item),
      })),
      byFactor: factorShares(content, outcomes),
    }
  })
}

/** Votes and ratings, of all raters or of those who are trusted. */
async function countedOf(tx: Tx, all: ComparisonTallies, key: ComparisonsOf, raters: BoardOf['raters']) {
  const ratings = await ratingTallies(tx, key)
  if (raters === 'all') return { votes: all, ratings, excludedRaterCount: 0 }
  const { votes, against } = await trustedVotes(tx, all, key)
  const failing = (await knownRatingTallies(tx, key.workspaceId, key)).filter(failsKnownRatings)
  const failingIds = failing.map(({ worker }) => worker)
  const left = [...ratings, ...(await changesWithout(tx, key, failingIds))]
  return { votes, ratings: left, excludedRaterCount: new Set([...against, ...failingIds]).size }
}

/** The votes without those of raters who vote against the others, or against known pairs, beyond chance. */
async function trustedVotes(tx: Tx, votes: ComparisonTallies, key: ComparisonsOf) {
  const { raters, known } = await weighRaters(tx, key, votesIn(votes))
  const against = raters.flatMap(({ worker, isAgainst }) =>
    isAgainst || failsKnown(known.get(worker)) ? [worker] : [],
  )
  const left = votes.map((row) => ({ ...row }))
  for (const row of await raterTallies(tx, key, against)) {
    const counted = left.find((each) => each.left === row.left && each.right === row.right)
    if (!counted) continue
    counted.leftWins -= row.leftWins
    counted.ties -= row.ties
    counted.rightWins -= row.rightWins
    counted.bothBad -= row.bothBad
    counted.leftProgress -= row.leftProgress
    counted.rightProgress -= row.rightProgress
    counted.progressCount -= row.progressCount
  }
  return { votes: left, against }
}

/** The scenarios of one level of a factor; undefined: all. */
function scenariosOf(content: SuiteContent, { factor, factorLevel, raters }: BoardOf): string[] | undefined {
  if (factor === undefined && factorLevel === undefined) return undefined
  if (raters === 'trusted')
    refuse('bad-input', 'Trusted raters are told for the whole suite, not for one factor.')
  const levels = content.factors.find(({ key }) => key === factor)?.levels
  if (!levels?.some(({ key }) => key === factorLevel))
    refuse('bad-input', `The suite has no level “${factorLevel ?? ''}” of a factor “${factor ?? ''}”.`)
  return content.scenarios
    .filter(({ settings }) => settings[factor as string] === factorLevel)
    .map(({ key }) => key)
}

type Board = ReturnType<typeof leaderboardOf>

function figuresOf(board: Board, votes: ComparisonTallies) {
  const { voteCount, tieRatio, sideLogOdds, settled } = board
  const changed = votes.map(({ changedAt }) => changedAt.getTime())
  return {
    voteCount,
    tieRatio,
    sideLogOdds,
    bothBadCount: votes.reduce((sum, each) => sum + each.bothBad, 0),
    changedAt: changed.length === 0 ? null : new Date(Math.max(...changed)).toISOString(),
    settled: { ...settled, statement: statementOf(board) },
    headToHead: board.headToHead.map(({ item, against, expected, ...counts }) => ({
      policyVersionId: item,
      againstId: against,
      ...counts,
      expectedWin: expected.win,
      expectedTie: expected.tie,
      expectedLoss: expected.loss,
    })),
    hostile: board.hostile.map((each) => ({
      policyVersionId: each.item,
      aboveId: each.above,
      voteCount: each.voteCount,
      winnerId: each.winner,
      loserId: each.loser,
    })),
    next: board.next.map(({ left, right, gain }) => ({ leftId: left, rightId: right, gain })),
  }
}

function statementOf({ items, voteCount, settled }: Board): string {
  if (items.length < 2) return 'There are not two policy versions to compare.'
  if (voteCount === 0) return 'Nobody has voted yet.'
  if (settled.order) return 'The whole order is settled: more votes would not be likely to change it.'
  const open = `${settled.openPairCount} of ${(items.length * (items.length - 1)) / 2} pairs are still open.`
  return settled.best ? `The best is settled. ${open}` : `Not settled: ${open}`
}

interface Outcomes {
  rolloutCount: number
  successCount: number
  failureCount: number
  judgedCount: number
}

function successOf(outcomes: readonly Outcomes[]) {
  const sum = (field: keyof Outcomes) => outcomes.reduce((total, each) => total + each[field], 0)
  const successCount = sum('successCount')
  return {
    success: wilsonShare(successCount, successCount + sum('failureCount')),
    rolloutCount: sum('rolloutCount'),
    judgedCount: sum('judgedCount'),
  }
}

function progressOf(votes: ComparisonTallies, item: string) {
  let [total, progressCount] = [0, 0]
  for (const vote of votes) {
    if (vote.left !== item && vote.right !== item) continue
    total += vote.left === item ? vote.leftProgress : vote.rightProgress
    progressCount += vote.progressCount
  }
  return { progressMean: progressCount === 0 ? null : total / progressCount, progressCount }
}

function factorShares(
  { factors, scenarios }: SuiteContent,
  outcomes: readonly (Outcomes & { scenario: string; policyVersionId: string })[],
): Leaderboard['byFactor'] {
  const settings = new Map(scenarios.map((scenario) => [scenario.key, scenario.settings]))
  const versionIds = [...new Set(outcomes.map(({ policyVersionId }) => policyVersionId))].sort()
  return factors.flatMap(({ key: factor, levels }) =>
    levels.flatMap(({ key: factorLevel }) => {
      const ofLevel = outcomes.filter(({ scenario }) => settings.get(scenario)?.[factor] === factorLevel)
      return versionIds.map((policyVersionId) => ({
        factor,
        factorLevel,
        policyVersionId,
        ...successOf(ofLevel.filter((each) => each.policyVersionId === policyVersionId)),
      }))
    }),
  )
}
