import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { lockTask } from '../task/index.ts'
import { act } from './act.ts'
import { appendEvent, type KeptEvent, type NewVerdict, putVerdict } from './store.ts'

interface News {
  event?: KeptEvent
  /** The best label so far and what it rests on. */
  verdict?: NewVerdict
}

/**
 * Brings a task to where its events say it should be: reads them, asks core for the next step and takes it. May be
 * called any number of times, at the same moment too: the task is locked, and a step that was taken is not taken
 * again. `news` is added first, in the same transaction.
 */
export function advanceTask(ctx: Ctx, taskId: string, news: News = {}): Promise<void> {
  return write(ctx, async (tx) => {
    may(ctx, 'consensus.advance')
    const key = { workspaceId: workspaceOf(ctx), taskId }
    const now = ctx.deps.clock.now()
    const task = await lockTask(tx, { workspaceId: key.workspaceId, id: taskId })
    if (!task) return recordNothing(tx)
    if (news.event) await appendEvent(tx, key, news.event, now)
    if (news.verdict && task.state === 'open') await putVerdict(tx, key, news.verdict, now)
    const deed = await act(tx, ctx, task)
    if (deed) await record(tx, ctx, deed.action, deed.facts)
    else recordNothing(tx)
  })
}
