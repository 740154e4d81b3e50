import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { countDeployment, lockDeployment, retractDeploymentRow } from './store.ts'

/** Takes a wrong report back: it leaves every list and count; the row stays. Again changes nothing. */
export function retractDeployment(ctx: Ctx, id: string): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'deployment.retract')
    const workspaceId = workspaceOf(ctx)
    const row = found(await lockDeployment(tx, workspaceId, id), 'report')
    if (row.retracted_at !== null) return recordNothing(tx)
    await retractDeploymentRow(tx, workspaceId, id, ctx.deps.clock.now())
    await countDeployment(tx, row, -1)
    await record(tx, ctx, 'deployment.retract', { subject: { kind: 'deployment', id } })
  })
}
