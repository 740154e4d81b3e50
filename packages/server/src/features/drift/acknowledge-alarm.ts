import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { gatherAnew } from './advance-watch.ts'
import { acknowledgeRow, keepWatch, lockAlarm, lockWatchById } from './store.ts'

/** A member has seen an alarm: from now on the series is compared with what comes next. Again changes nothing. */
export function acknowledgeAlarm(ctx: Ctx, id: string): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'drift.acknowledge')
    const workspaceId = workspaceOf(ctx)
    const now = ctx.deps.clock.now()
    const alarm = found(await lockAlarm(tx, workspaceId, id), 'alarm')
    if (alarm.acknowledged_at !== null) return recordNothing(tx)
    await acknowledgeRow(tx, workspaceId, id, { memberId: ctx.actor.id, at: now })
    const watch = await lockWatchById(tx, workspaceId, alarm.watch_id)
    if (watch?.epoch === alarm.epoch) await keepWatch(tx, workspaceId, gatherAnew(watch, now))
    await record(tx, ctx, 'drift.acknowledge', { subject: { kind: 'alarm', id }, watchId: alarm.watch_id })
  })
}
