import { goldUses } from '@chiron/core/gold'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { putGold } from '../task/index.ts'
import type { Situation } from './act.ts'
import type { NewVerdict } from './store.ts'

interface Outcome {
  label: string
  by: NewVerdict['settledBy']
  sureness: number
}

/** A question that was settled beyond doubt, or by a member, is known; undisputed it is asked again as gold (VRD-10). */
export async function makeGold(
  tx: Tx,
  { deps }: Ctx,
  { task, campaign, events, submissions }: Situation,
  { label, by, sureness }: Outcome,
): Promise<void> {
  if (by === 'checks') return
  const word = events.findLast((event) => event.kind === 'reviewed' && event.decision === 'accept')
  const settled = {
    task: task.id,
    label,
    probability: sureness,
    answerCount: new Set(submissions.map((row) => row.worker_id)).size,
    isReviewed: by === 'member',
    isContested: submissions.some(({ state }) => state === 'review'),
  }
  const useMax = goldUses(settled, campaign.flow.answers?.max ?? 1)
  if (useMax === 0 && by === 'consensus') return
  const statedBy = by === 'member' && word?.kind === 'reviewed' ? word.member : null
  const source = by === 'member' ? 'stated' : 'settled'
  await putGold(tx, deps.clock, { task, label, source, statedBy, useMax })
}
