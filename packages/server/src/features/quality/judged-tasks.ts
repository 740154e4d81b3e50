import type { JudgedTask } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { type Foundation, type VerdictRow, verdictsOf } from '../consensus/index.ts'
import { type JudgedTaskRow, type JudgedTasks, judgedTaskPage } from '../task/index.ts'

interface Page {
  after?: string | undefined
  limit: number
  show: JudgedTasks
}

/** The questions behind the figures, newest first. */
export function judgedTasks(
  ctx: Ctx,
  campaignId: string,
  { after, limit, show }: Page,
): Promise<{ items: JudgedTask[]; next: string | null }> {
  may(ctx, 'quality.read')
  return read(ctx, async (tx) => {
    found(await readCampaign(tx, campaignId), 'campaign')
    const key = { workspaceId: workspaceOf(ctx), campaignId }
    const rows = await judgedTaskPage(tx, { ...key, show, after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const items = await judged(tx, key.workspaceId, shown)
    return { items, next: rows.length > limit ? (shown.at(-1)?.taskId ?? null) : null }
  })
}

/** Those rows with what was believed of each. */
export async function judged(
  tx: Tx,
  workspaceId: string,
  rows: readonly JudgedTaskRow[],
): Promise<JudgedTask[]> {
  const verdicts = await verdictsOf(
    tx,
    workspaceId,
    rows.map(({ taskId }) => taskId),
  )
  const byTask = new Map(verdicts.map((verdict) => [verdict.task_id, verdict]))
  return rows.map((row) => wireOf(row, byTask.get(row.taskId)))
}

function wireOf(row: JudgedTaskRow, verdict: VerdictRow | undefined): JudgedTask {
  const { leading, answerCount } = (verdict?.rests_on ?? {}) as unknown as Partial<Foundation>
  const posterior = (verdict?.posterior ?? {}) as Record<string, number>
  return {
    taskId: row.taskId,
    episodeId: row.episodeId,
    state: row.state,
    label: verdict?.label ?? null,
    probability: verdict?.probability ?? null,
    by: (verdict?.settled_by ?? null) as JudgedTask['by'],
    leading: leading ?? null,
    leadingProbability: leading === undefined ? null : (posterior[leading] ?? null),
    answerCount: answerCount ?? 0,
    knownLabel: row.goldSource === 'stated' ? row.goldLabel : null,
    goldUseCount: row.goldUseCount,
    isGoldRetired: row.isGoldRetired,
  }
}
