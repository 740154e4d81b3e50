import type { CrowdModel, HeardAnswer, TaskBelief, WorkerState } from '@chiron/core/crowd'
import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'
import type { TaskKey } from './store.ts'

const CHUNK = 1000

export interface CampaignKey {
  workspaceId: string
  campaignId: string
}

export interface Crowd {
  model: CrowdModel | undefined
  /** The guard's bar for stopping; null before the first fit. */
  sureAt: number | null
}

/** What is believed of a campaign's crowd, held until the transaction ends: answers are weighed one after the other. */
export async function lockCrowd(tx: Tx, key: CampaignKey): Promise<Crowd> {
  const [workspace_id, campaign_id] = [key.workspaceId, key.campaignId]
  await tx
    .insertInto('crowd')
    .values({ workspace_id, campaign_id })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'campaign_id']).doNothing())
    .execute()
  const row = await tx
    .selectFrom('crowd')
    .select(['model', 'sure_at'])
    .where('workspace_id', '=', workspace_id)
    .where('campaign_id', '=', campaign_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { model: (row.model ?? undefined) as CrowdModel | undefined, sureAt: row.sure_at }
}

export interface Guard {
  sureAt: number
  auditCount: number
  changedCount: number
}

/** `guard` comes with a full fit. */
export const putCrowd = (tx: Tx, key: CampaignKey, model: CrowdModel, fit?: { guard: Guard; at: Date }) =>
  tx
    .updateTable('crowd')
    .set({
      model: JSON.stringify(model),
      ...(fit
        ? {
            sure_at: fit.guard.sureAt,
            audit_count: fit.guard.auditCount,
            changed_count: fit.guard.changedCount,
            fitted_at: fit.at,
          }
        : {}),
    })
    .where('workspace_id', '=', key.workspaceId)
    .where('campaign_id', '=', key.campaignId)
    .execute()

/** Of these workers; who has not answered yet is missing. */
export async function workerStates(
  tx: Tx,
  { workspaceId, campaignId }: CampaignKey,
  workerIds: readonly string[],
): Promise<ReadonlyMap<string, WorkerState>> {
  if (workerIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('crowd_worker')
    .select(['worker_id', 'fixed', 'learned', 'gold_accuracy'])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('worker_id', 'in', [...workerIds])
    .execute()
  return new Map(
    rows.map(({ worker_id, fixed, learned, gold_accuracy }) => {
      return [worker_id, { fixed, learned, goldAccuracy: gold_accuracy }]
    }),
  )
}

export async function putWorkerStates(
  tx: Tx,
  { workspaceId, campaignId }: CampaignKey,
  states: ReadonlyMap<string, WorkerState>,
): Promise<void> {
  const rows = [...states].map(([worker_id, { fixed, learned, goldAccuracy }]) => ({
    workspace_id: workspaceId,
    campaign_id: campaignId,
    worker_id,
    fixed: [...fixed],
    learned: [...learned],
    gold_accuracy: goldAccuracy,
  }))
  for (let at = 0; at < rows.length; at += CHUNK) {
    await tx
      .insertInto('crowd_worker')
      .values(rows.slice(at, at + CHUNK))
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'campaign_id', 'worker_id']).doUpdateSet((of) => ({
          fixed: of.ref('excluded.fixed'),
          learned: of.ref('excluded.learned'),
          gold_accuracy: of.ref('excluded.gold_accuracy'),
        })),
      )
      .execute()
  }
}

export async function readBelief(tx: Tx, { workspaceId, taskId }: TaskKey): Promise<TaskBelief | undefined> {
  const row = await tx
    .selectFrom('belief')
    .select(['fixed', 'learned', 'heard'])
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', taskId)
    .executeTakeFirst()
  return row && { ...row, heard: row.heard as unknown as HeardAnswer[] }
}

export async function putBeliefs(
  tx: Tx,
  { workspaceId, campaignId }: CampaignKey,
  beliefs: ReadonlyMap<string, TaskBelief>,
): Promise<void> {
  const rows = [...beliefs].map(([task_id, { fixed, learned, heard }]) => ({
    workspace_id: workspaceId,
    campaign_id: campaignId,
    task_id,
    fixed: [...fixed],
    learned: [...learned],
    heard: JSON.stringify(heard),
  }))
  for (let at = 0; at < rows.length; at += CHUNK) {
    await tx
      .insertInto('belief')
      .values(rows.slice(at, at + CHUNK))
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'task_id']).doUpdateSet((of) => ({
          fixed: of.ref('excluded.fixed'),
          learned: of.ref('excluded.learned'),
          heard: of.ref('excluded.heard'),
        })),
      )
      .execute()
  }
}

export interface HeardVerdict {
  taskId: string
  settledBy: 'consensus' | 'checks' | 'member'
  /** What the answers themselves led to, and how sure they were, where that was kept. */
  leading: string | null
  sureness: number | null
  answerCount: number
}

/** How each verdict of a campaign came about, in short: for a full fit, which reads everything anyway. */
export async function heardVerdicts(tx: Tx, { workspaceId, campaignId }: CampaignKey) {
  const { rows } = await sql<HeardVerdict>`
    select task_id as "taskId", settled_by as "settledBy", rests_on ->> 'leading' as leading,
      (rests_on ->> 'sureness')::float8 as sureness, (rests_on ->> 'answerCount')::int as "answerCount"
    from verdict where workspace_id = ${workspaceId} and campaign_id = ${campaignId}`.execute(tx)
  return rows
}

export interface KeptCrowd extends Guard {
  model: CrowdModel
  fittedAt: Date
}

/** What is believed of a campaign's crowd, to read; undefined before the first fit. */
export async function readCrowd(tx: Tx, key: CampaignKey): Promise<KeptCrowd | undefined> {
  const row = await tx
    .selectFrom('crowd')
    .selectAll()
    .where('workspace_id', '=', key.workspaceId)
    .where('campaign_id', '=', key.campaignId)
    .executeTakeFirst()
  if (!row?.model || row.sure_at === null || row.fitted_at === null) return undefined
  return {
    model: row.model as unknown as CrowdModel,
    sureAt: row.sure_at,
    auditCount: row.audit_count,
    changedCount: row.changed_count,
    fittedAt: row.fitted_at,
  }
}

/** Workers of a campaign with their expected counts, in the order of their ids; `after`: the last id before. */
export async function workerStatesPage(
  tx: Tx,
  { workspaceId, campaignId, after, limit }: CampaignKey & { after?: string | undefined; limit: number },
): Promise<{ workerId: string; said: readonly number[] }[]> {
  const query = tx
    .selectFrom('crowd_worker')
    .select(['worker_id', 'fixed'])
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .orderBy('worker_id')
    .limit(limit)
  const rows = await (after === undefined ? query : query.where('worker_id', '>', after)).execute()
  return rows.map((row) => ({ workerId: row.worker_id, said: row.fixed }))
}
