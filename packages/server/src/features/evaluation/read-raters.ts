import type { leaderboardRoutes, Reply } from '@chiron/contract'
import { wilsonShare } from '@chiron/core/quality'
import { comparisonsOfCounts, opposingRaters, type RaterEvidence } from '@chiron/core/ranking'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import {
  type ComparedWorld,
  type ComparisonsOf,
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
    const { tallies, evidence, known } = await weighRaters(tx, {
      workspaceId,
      suiteId,
      suiteVersion: version,
      world,
    })
    const names = await pseudonymsOf(
      tx,
      workspaceId,
      evidence.map(({ worker }) => worker),
    )
    const voteCounts = new Map<string, number>()
    for (const row of tallies)
      voteCounts.set(row.worker, (voteCounts.get(row.worker) ?? 0) + row.leftWins + row.ties + row.rightWins)
    return {
      falseAlarm: FALSE_ALARM,
      items: [...evidence]
        .sort((a, b) => a.z - b.z)
        .map(({ worker, decidedCount, withEvidenceRatio, z, isAgainst, favoured }) => ({
          workerId: worker,
          pseudonym: names.get(worker) ?? '',
          voteCount: voteCounts.get(worker) ?? 0,
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

/** Votes by rater, and what they say of each. */
export async function weighRaters(
  tx: Tx,
  of: ComparisonsOf,
): Promise<{ tallies: RaterTally[]; evidence: RaterEvidence[]; known: ReadonlyMap<string, KnownTally> }> {
  const tallies = await raterTallies(tx, of)
  const known = new Map((await knownTallies(tx, of)).map((row) => [row.worker, row]))
  if (tallies.length === 0) return { tallies, evidence: [], known }
  const evidence = opposingRaters(comparisonsOfCounts(tallies), { falseAlarm: FALSE_ALARM })
  return { tallies, evidence, known }
}

/** Who is right about known pairs less often than half, beyond chance: they do not look, or vote against what they see. */
export const failsKnown = (known: Omit<KnownTally, 'worker'> | undefined): boolean =>
  (wilsonShare(known?.rightCount ?? 0, known?.answerCount ?? 0)?.high ?? 1) < 0.5
