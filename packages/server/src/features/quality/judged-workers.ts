import type { JudgedWorker } from '@chiron/contract'
import { wilsonShare } from '@chiron/core/quality'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { readCrowd, spokenOf, workerStatesPage } from '../consensus/index.ts'
import { answersOnTasks } from '../submission/index.ts'
import { answeredGold, latestKnown } from '../task/index.ts'
import { MAX_JUDGED } from './known-answers.ts'

interface Page {
  after?: string | undefined
  limit: number
}

/** What the answers of each worker are worth, in the order of their ids (QLT-4). */
export function judgedWorkers(
  ctx: Ctx,
  campaignId: string,
  { after, limit }: Page,
): Promise<{ items: JudgedWorker[]; next: string | null }> {
  may(ctx, 'quality.read')
  return read(ctx, async (tx) => {
    const campaign = found(await readCampaign(tx, campaignId), 'campaign')
    const key = { workspaceId: workspaceOf(ctx), campaignId }
    const labelCount = spokenOf(campaign)?.labels.length ?? 0
    const rows = await workerStatesPage(tx, { ...key, after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const workerIds = shown.map(({ workerId }) => workerId)
    const names = await pseudonymsOf(tx, key.workspaceId, workerIds)
    const onKnown = await knownTallies(tx, campaign, workerIds)
    const copiers = new Set((await readCrowd(tx, key))?.model.copiers.flat() ?? [])
    const items = shown.map(({ workerId, said }) => ({
      workerId,
      pseudonym: names.get(workerId) ?? '',
      ...worthOf(said, labelCount),
      onKnown: shareOf(onKnown.get(workerId)),
      isCopier: copiers.has(workerId),
    }))
    return { items, next: rows.length > limit ? (shown.at(-1)?.workerId ?? null) : null }
  })
}

/** Expected counts `[said × labels + true]`, turned to rows of what was true. */
function worthOf(said: readonly number[], labelCount: number) {
  const places = Array.from({ length: labelCount }, (_, at) => at)
  const confusion = places.map((truth) => places.map((each) => said[each * labelCount + truth] ?? 0))
  const total = said.reduce((sum, count) => sum + count, 0)
  const right = places.reduce((sum, at) => sum + (confusion[at]?.[at] ?? 0), 0)
  const answerCount = Math.round(total)
  return { confusion, answerCount, right: wilsonShare(Math.min(answerCount, Math.round(right)), answerCount) }
}

interface Tally {
  right: number
  n: number
}

const shareOf = (tally: Tally | undefined): JudgedWorker['onKnown'] =>
  tally ? wilsonShare(tally.right, tally.n) : null

/** Answers to gold, and to questions that a member settled: those told apart from the verdict they led to. */
async function knownTallies(
  tx: Tx,
  campaign: CampaignRow,
  workerIds: readonly string[],
): Promise<ReadonlyMap<string, Tally>> {
  const spoken = spokenOf(campaign)
  const { workspaceId, id: campaignId } = campaign
  if (!spoken || workerIds.length === 0) return new Map()
  const asGold = await answeredGold(tx, { workspaceId, campaignId, workerIds, limit: MAX_JUDGED })
  const stated = await latestKnown(tx, { workspaceId, campaignId, limit: MAX_JUDGED })
  const knownOf = new Map(stated.map(({ taskId, label }) => [taskId, label]))
  const goldOf = new Map(asGold.map(({ taskId, workerId, label }) => [`${taskId} ${workerId}`, label]))
  const taskIds = [...new Set([...knownOf.keys(), ...asGold.map(({ taskId }) => taskId)])]
  const tallies = new Map<string, Tally>()
  for (const row of await answersOnTasks(tx, workspaceId, { workerIds, taskIds })) {
    const known = knownOf.get(row.task_id) ?? goldOf.get(`${row.task_id} ${row.worker_id}`)
    const said = spoken.labelOf(row.answer)
    if (known === undefined || said === undefined) continue
    const tally = tallies.get(row.worker_id) ?? { right: 0, n: 0 }
    tallies.set(row.worker_id, { right: tally.right + (said === known ? 1 : 0), n: tally.n + 1 })
  }
  return tallies
}
