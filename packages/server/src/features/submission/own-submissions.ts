import type { Submission } from '@chiron/contract'
import { isUuid, type WorkspaceId } from '@chiron/core/kit'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { listOwnSubmissions, readOwnSubmission, type SubmissionRow } from './store.ts'
import { submissionWire } from './submission-wire.ts'

export interface Page {
  after?: string | undefined
  limit: number
}

/** What the worker sent, everywhere, newest first, and what became of it. */
export async function ownSubmissions(
  ctx: Ctx,
  { after, limit }: Page,
): Promise<{ items: Submission[]; next: string | null }> {
  if (after !== undefined && !isUuid(after)) refuse('bad-input', '`after` is the `next` of the page before.')
  const rows = await read(ctx, (tx) => listOwnSubmissions(tx, ctx.actor.id, { after, limit: limit + 1 }))
  const shown = rows.slice(0, limit)
  const items = await wires(ctx, shown)
  return { items, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

/** One of the worker's own. */
export async function ownSubmission(ctx: Ctx, id: string): Promise<Submission> {
  const row = found(await read(ctx, (tx) => readOwnSubmission(tx, ctx.actor.id, id)), 'answer of yours')
  return found((await wires(ctx, [row]))[0], 'answer of yours')
}

async function wires(ctx: Ctx, rows: readonly SubmissionRow[]): Promise<Submission[]> {
  const byId = new Map<string, Submission>()
  for (const workspaceId of new Set(rows.map((row) => row.workspace_id))) {
    const inside = inWorkspace(ctx, workspaceId as WorkspaceId)
    await read(inside, async (tx) => {
      for (const row of rows)
        if (row.workspace_id === workspaceId) byId.set(row.id, await submissionWire(tx, row))
    })
  }
  return rows.flatMap((row) => byId.get(row.id) ?? [])
}
