import type { LogRow } from '@chiron/contract'
import { isUuid } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { refuse } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { actorNames } from '../account/index.ts'
import * as store from './store.ts'

/** Records of the workspace, newest first. */
export async function listRecords(
  ctx: Ctx,
  query: store.RecordQuery,
): Promise<{ items: LogRow[]; next: string | null }> {
  may(ctx, 'log.read')
  if (query.after !== undefined && !isUuid(query.after))
    refuse('bad-input', '`after` is the `next` of the page before.')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const rows = await store.listRecords(tx, workspaceId, query)
    const shown = rows.slice(0, query.limit)
    const items = await withNames(tx, workspaceId, shown)
    return { items, next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null }
  })
}

const MAX_STEPS = 500

/** What happened to these subjects (an episode, its submission, its consent …), oldest first, at most 500 steps. */
export async function provenanceOf(
  tx: Tx,
  workspaceId: string,
  subjectIds: readonly string[],
): Promise<LogRow[]> {
  if (subjectIds.length === 0) return []
  return withNames(tx, workspaceId, await store.recordsAbout(tx, workspaceId, subjectIds, MAX_STEPS))
}

async function withNames(tx: Tx, workspaceId: string, rows: readonly store.RecordRow[]): Promise<LogRow[]> {
  const names = await actorNames(
    tx,
    workspaceId,
    rows.map((row) => row.actor_id),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    actor: {
      kind: row.actor_kind as LogRow['actor']['kind'],
      id: row.actor_id,
      name: names.get(row.actor_id) ?? null,
    },
    subject: { kind: row.subject_kind, id: row.subject_id },
    facts: row.facts as Record<string, unknown>,
    leafIndex: row.leaf_index,
  }))
}
