import type { leaderboardRoutes, Reply } from '@chiron/contract'
import { meanInterval } from '@chiron/core/quality'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import { readCampaign } from '../campaign/index.ts'
import { type KnownRatingTally, knownRatingTallies } from '../submission/index.ts'
import { askedGoldCount } from '../task/index.ts'
import { failsKnown } from './read-raters.ts'

/** How far raters of a campaign lie from known ratings, by pseudonym; the furthest off first. */
export function readKnownRatings(
  ctx: Ctx,
  campaignId: string,
): Promise<Reply<typeof leaderboardRoutes.knownRatings>> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    found(await readCampaign(tx, campaignId), 'campaign')
    const tallies = await knownRatingTallies(tx, workspaceId, { campaignId })
    const workerIds = tallies.map(({ worker }) => worker)
    const names = await pseudonymsOf(tx, workspaceId, workerIds)
    const items = tallies.map((tally) => ({
      workerId: tally.worker,
      pseudonym: names.get(tally.worker) ?? '',
      knownCount: tally.answerCount,
      knownNearCount: tally.nearCount,
      distance: distanceOf(tally),
      failsKnown: failsKnownRatings(tally),
    }))
    items.sort((a, b) => b.distance.value - a.distance.value)
    return { askedCount: await askedGoldCount(tx, workspaceId, campaignId), items }
  })
}

function distanceOf({ answerCount, distanceSum, squareSum }: KnownRatingTally) {
  const mean = found(meanInterval({ n: answerCount, sum: distanceSum, squareSum }) ?? undefined, 'rating')
  // Nobody is less than nothing off.
  return { ...mean, low: mean.low === null ? null : Math.max(0, mean.low) }
}

/** The same rule as for known pairs: near less often than half, beyond chance. */
export const failsKnownRatings = ({ answerCount, nearCount }: KnownRatingTally): boolean =>
  failsKnown({ answerCount, rightCount: nearCount })
