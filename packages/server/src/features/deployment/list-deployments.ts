import type { Deployment } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { read } from '../../platform/tx.ts'
import { assertCursor, pageOf } from '../evaluation/index.ts'
import { deploymentWires } from './deployment-wire.ts'
import { listDeploymentRows } from './store.ts'

/** Reports of use, newest first. */
export function listDeployments(
  ctx: Ctx,
  of: { policyVersionId?: string | undefined; after?: string | undefined; limit: number },
): Promise<{ items: Deployment[]; next: string | null }> {
  may(ctx, 'deployment.read')
  assertCursor(of.after)
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const rows = await listDeploymentRows(tx, workspaceId, { ...of, limit: of.limit + 1 })
    const { shown, next } = pageOf(rows, of.limit)
    return { items: await deploymentWires(tx, workspaceId, shown), next }
  })
}
