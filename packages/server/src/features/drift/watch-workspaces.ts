import { groupBy } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import { type Ctx, type Deps, systemCtx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { read, recordNothing, tidy, write } from '../../platform/tx.ts'
import { listWorkspaces } from '../account/index.ts'
import { advanced } from './advance-watch.ts'
import { explainAlarm } from './explain-alarm.ts'
import { watchKey } from './series.ts'
import { SOURCES, type Source } from './sources.ts'
import { insertAlarm, keepWatch, lockPlace, lockWatch, lockWatchById, movePlace, unraised } from './store.ts'

/** Rows of a source looked at in one transaction, and transactions of one sweep. */
const BATCH = 500
const MAX_BATCHES = 20
const MAX_ALARMS = 50

/** Takes what came since the last look into every watch, and raises alarms where one rang. */
export async function watchWorkspaces(deps: Deps): Promise<void> {
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'drift.watch', workspaceId)
    for (const source of SOURCES)
      for (let batch = 0; batch < MAX_BATCHES && (await takeIn(ctx, source)); batch++);
    const rang = await read(ctx, (tx) => unraised(tx, workspaceId, MAX_ALARMS))
    for (const watchId of rang) await raiseAlarm(ctx, watchId)
  }
}

/** False where nothing more waits. */
function takeIn(ctx: Ctx, source: Source): Promise<boolean> {
  return tidy(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const now = ctx.deps.clock.now()
    const after = await lockPlace(tx, workspaceId, source.name)
    const until = new Date(now.getTime() - source.settleMs)
    const { seen, next } = await source.read(tx, ctx, { after, until, limit: BATCH })
    if (next === null) return false
    for (const [, of] of groupBy(seen, watchKey)) {
      const [{ series, about, known }] = of as [(typeof of)[number]]
      const row = (await lockWatch(tx, workspaceId, { series, about })) ?? {
        id: newId(ctx.deps.clock),
        ...{ series, about, phase: 'gathering' as const, epoch: 1, recent: [], state: null },
        ...{ beganAt: now, changedAt: now },
      }
      const came = of.map(({ sighting }) => sighting)
      await keepWatch(tx, workspaceId, advanced({ ...row, changedAt: now }, came, known))
    }
    await movePlace(tx, workspaceId, source.name, next)
    return true
  })
}

/** Once for what a watch was compared with. Repeatable. */
function raiseAlarm(ctx: Ctx, watchId: string): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'drift.alarm')
    const workspaceId = workspaceOf(ctx)
    const { clock } = ctx.deps
    const watch = await lockWatchById(tx, workspaceId, watchId)
    if (watch?.phase !== 'rang') return recordNothing(tx)
    const id = newId(clock)
    const explained = explainAlarm(watch)
    const { epoch, series, about } = watch
    const isNew = await insertAlarm(tx, { workspaceId, id, watchId, epoch, explained, at: clock.now() })
    if (!isNew) return recordNothing(tx)
    await record(tx, ctx, 'drift.alarm', { subject: { kind: 'alarm', id }, watchId, series, ...about })
  })
}
