import { type Ctx, workspaceOf } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { insertNotice, type NoticeBody } from './store.ts'

interface NewNotice {
  campaignId: string
  version: number
  body: NoticeBody
}

/** What people are told before saying yes. A version is written once; the caller's own record tells of it. */
export async function putNotice(tx: Tx, ctx: Ctx, { campaignId, version, body }: NewNotice): Promise<void> {
  await insertNotice(tx, {
    workspace_id: workspaceOf(ctx),
    campaign_id: campaignId,
    version,
    body,
    created_at: ctx.deps.clock.now(),
  })
}
