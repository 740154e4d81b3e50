import { seededRandom, toHex } from '@chiron/core/kit'
import { type ComparisonCount, settledPairs } from '@chiron/core/ranking'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { latestVotes, type VoteOn } from '../submission/index.ts'
import { answeredPairs, askedGoldCount, lockTask, type PairRow, putGold } from '../task/index.ts'
import { endingsOf } from './rollout-store.ts'

/** To how many workers a known pair is shown at most: a pair that everybody met is talked about. */
export const MAX_GOLD_USES = 10
/** So many known pairs are in turn at once; one that is used up makes room for another. */
export const KNOWN_PAIRS_WANTED = 8
/** Votes looked back at. */
const LOOKED_AT = 300

interface Known {
  campaign: CampaignRow
  versionIds: readonly string[]
  counts: readonly ComparisonCount[]
}

/**
 * Makes known pairs of those whose verdict is beyond doubt: the better version is settled to be so, its run worked and the
 * other's did not, and whoever was asked said the same. They take turns with those that members state. Gives how many.
 */
export async function makeKnownPairs(tx: Tx, ctx: Ctx, of: Known): Promise<number> {
  const { campaign, versionIds, counts } = of
  const { workspaceId, id: campaignId } = campaign
  if (campaign.goldRatio === 0) return 0
  const wanted = KNOWN_PAIRS_WANTED - (await askedGoldCount(tx, workspaceId, campaignId))
  if (wanted <= 0) return 0
  const settled = new Set(
    settledPairs({ items: versionIds, counts }).map(([better, worse]) => `${better} ${worse}`),
  )
  if (settled.size === 0) return 0
  const votes = await latestVotes(tx, { workspaceId, campaignId }, LOOKED_AT)
  const pairs = await answeredPairs(tx, workspaceId, [...new Set(votes.map(({ taskId }) => taskId))])
  const endings = await endingsOf(
    tx,
    workspaceId,
    pairs.flatMap((pair) => [pair.left_rollout_id, pair.right_rollout_id]),
  )
  const certain = pairs.flatMap((pair) => {
    const label = certainWinner(pair, { votes, settled, endings })
    return label ? [{ taskId: pair.task_id, label }] : []
  })
  const dice = seededRandom(toHex(ctx.deps.clock.randomBytes(16)))
  const chosen = dice.shuffle(certain).slice(0, wanted)
  for (const { taskId, label } of chosen) {
    const task = await lockTask(tx, { workspaceId, id: taskId })
    if (task)
      await putGold(tx, ctx.deps.clock, {
        ...{ task, label, source: 'settled', statedBy: null, useMax: MAX_GOLD_USES },
      })
  }
  return chosen.length
}

interface Evidence {
  votes: readonly VoteOn[]
  settled: ReadonlySet<string>
  endings: ReadonlyMap<string, boolean>
}

function certainWinner(pair: PairRow, { votes, settled, endings }: Evidence): 'left' | 'right' | undefined {
  const [left, right] = [endings.get(pair.left_rollout_id), endings.get(pair.right_rollout_id)]
  if (left === undefined || right === undefined || left === right) return undefined
  const winner = left ? 'left' : 'right'
  const order = left
    ? `${pair.left_version_id} ${pair.right_version_id}`
    : `${pair.right_version_id} ${pair.left_version_id}`
  const said = votes.filter(({ taskId }) => taskId === pair.task_id)
  return settled.has(order) && said.every((vote) => vote.winner === winner) ? winner : undefined
}
