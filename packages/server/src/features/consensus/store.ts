import type { Posterior } from '@chiron/core/consensus'
import type { Push } from '@chiron/core/crowd'
import type { FlowEvent } from '@chiron/core/flow'
import type { Selectable } from 'kysely'
import type { Verdict } from '../../platform/db/schema.ts'
import type { Tx } from '../../platform/tx.ts'

export type VerdictRow = Selectable<Verdict>

/** An event as it is kept: a member's decision carries beside its reason the moment in the clip and the hint (WR-12). */
export type KeptEvent = FlowEvent & { momentMs?: number | undefined; hint?: string | undefined }

export interface TaskKey {
  workspaceId: string
  taskId: string
}

/** Adds an event to the set; one whose id is there already changes nothing. */
export const appendEvent = (tx: Tx, { workspaceId, taskId }: TaskKey, event: KeptEvent, now: Date) =>
  tx
    .insertInto('flow_event')
    .values({
      workspace_id: workspaceId,
      task_id: taskId,
      id: event.id,
      body: JSON.stringify(event),
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'task_id', 'id']).doNothing())
    .execute()

export async function eventsOf(tx: Tx, { workspaceId, taskId }: TaskKey): Promise<KeptEvent[]> {
  const rows = await tx
    .selectFrom('flow_event')
    .select('body')
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', taskId)
    .orderBy('id')
    .execute()
  return rows.map(({ body }) => body as unknown as KeptEvent)
}

/** What a verdict rests on. */
export interface Foundation {
  answerCount: number
  submissionIds: readonly string[]
  /** What the answers led to, how sure the less sure model was, and the bar they had to pass; absent without answers. */
  leading?: string
  sureness?: number
  sureAt?: number
  /** Questions with a known answer that taught who answers well. */
  knownCount?: number
  /** What each worker's answer did: core/crowd. */
  pushes?: readonly Push[]
}

export interface NewVerdict {
  campaignId: string
  label: string
  probability: number
  settledBy: 'consensus' | 'checks' | 'member'
  posterior: Posterior
  restsOn: Foundation
}

export const putVerdict = (tx: Tx, { workspaceId, taskId }: TaskKey, verdict: NewVerdict, now: Date) => {
  const change = {
    label: verdict.label,
    probability: verdict.probability,
    settled_by: verdict.settledBy,
    posterior: JSON.stringify(verdict.posterior),
    rests_on: JSON.stringify(verdict.restsOn),
    updated_at: now,
  }
  return tx
    .insertInto('verdict')
    .values({ workspace_id: workspaceId, task_id: taskId, campaign_id: verdict.campaignId, ...change })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'task_id']).doUpdateSet(change))
    .execute()
}

export const readVerdict = (tx: Tx, { workspaceId, taskId }: TaskKey): Promise<VerdictRow | undefined> =>
  tx
    .selectFrom('verdict')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('task_id', '=', taskId)
    .executeTakeFirst()

export const verdictsOf = (tx: Tx, workspaceId: string, taskIds: readonly string[]): Promise<VerdictRow[]> =>
  taskIds.length === 0
    ? Promise.resolve([])
    : tx
        .selectFrom('verdict')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('task_id', 'in', [...taskIds])
        .orderBy('task_id')
        .execute()
