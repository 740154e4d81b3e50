import type { leaderboardRoutes, Reply } from '@chiron/contract'
import { wilsonShare } from '@chiron/core/quality'
import { comparisonsOfCounts, opposingRaters, type RaterEvidence } from '@chiron/core/ranking'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { Memory } from '../../platform/memory.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import {
  type ComparedWorld,
  type ComparisonsOf,
  type ComparisonTallies,
  comparisonTallies,
  type KnownTally,
  knownTallies,
  type RaterTally,
  raterTallies,
} from '../submission/index.ts'
import { readSuiteVersion } from './suite-store.ts'

/** The chance that anybody is named where nobody votes against the evidence. */
export const FALSE_ALARM = 0.01

/** Who voted, how often with the others, and who against them beyond chance; by pseudonym. */
export function readRaters(
  ctx: Ctx,
  { suiteId, version, world }: { suiteId: string; version: number; world: ComparedWorld },
): Promise<Reply<typeof leaderboardRoutes.raters>> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    found(await readSuiteVersion(tx, { workspaceId, suiteId, version }), 'version of the suite')
    const of = { workspaceId, suiteId, suiteVersion: version, world }
    const { raters, known } = await weighRaters(tx, of, votesIn(await comparisonTallies(tx, of)))
    const names = await pseudonymsOf(
      tx,
      workspaceId,
      raters.map(({ worker }) => worker),
    )
    return {
      falseAlarm: FALSE_ALARM,
      items: [...raters]
        .sort((a, b) => a.z - b.z)
        .map(({ worker, voteCount, decidedCount, withEvidenceRatio, z, isAgainst, favoured }) => ({
          workerId: worker,
          pseudonym: names.get(worker) ?? '',
          voteCount,
          decidedCount,
          withEvidenceRatio,
          z,
          isAgainst,
          knownCount: known.get(worker)?.answerCount ?? 0,
          knownRightCount: known.get(worker)?.rightCount ?? 0,
          failsKnown: failsKnown(known.get(worker)),
          favours: favoured?.isBeyondChance ? favoured.item : null,
        })),
    }
  })
}

export interface WeighedRater extends RaterEvidence {
  voteCount: number
}

/** Of many votes the last one in a hundred changes nothing: raters are weighed anew after every so many. */
const weighed = new Memory<readonly WeighedRater[]>(50)
const WEIGHED_DIGITS = 3

/** What the votes, of which there are `voteCount`, say of each rater. */
export async function weighRaters(
  tx: Tx,
  of: ComparisonsOf,
  voteCount: number,
): Promise<{ raters: readonly WeighedRater[]; known: ReadonlyMap<string, KnownTally> }> {
  const { workspaceId, suiteId, suiteVersion, world } = of
  const question = [workspaceId, suiteId, suiteVersion, world, voteCount.toPrecision(WEIGHED_DIGITS)].join(
    ' ',
  )
  const raters = weighed.get(question) ?? weighed.keep(question, weigh(await raterTallies(tx, of)))
  return { raters, known: new Map((await knownTallies(tx, of)).map((row) => [row.worker, row])) }
}

function weigh(tallies: readonly RaterTally[]): WeighedRater[] {
  if (tallies.length === 0) return []
  const voteCounts = new Map<string, number>()
  for (const row of tallies)
    voteCounts.set(row.worker, (voteCounts.get(row.worker) ?? 0) + row.leftWins + row.ties + row.rightWins)
  return opposingRaters(comparisonsOfCounts(tallies), { falseAlarm: FALSE_ALARM }).map((evidence) => ({
    ...evidence,
    voteCount: voteCounts.get(evidence.worker) ?? 0,
  }))
}

export const votesIn = (votes: ComparisonTallies): number =>
  votes.reduce((sum, { leftWins, ties, rightWins }) => sum + leftWins + ties + rightWins, 0)

/** Who is right about known pairs less often than half, beyond chance: they do not look, or vote against what they see. */
export const failsKnown = (known: Omit<KnownTally, 'worker'> | undefined): boolean =>
  (wilsonShare(known?.rightCount ?? 0, known?.answerCount ?? 0)?.high ?? 1) < 0.5
