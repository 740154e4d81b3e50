import { type PlacedHands, POINTS_STAND, placeHands } from '@chiron/core/kinds'
import type { Tx } from '../../platform/tx.ts'
import { submissionsOfTask } from '../submission/index.ts'
import { tasksAbout } from '../task/index.ts'
import { type Foundation, readVerdict } from './store.ts'
import { handsAnswers, pictureOf } from './weigh-points.ts'

/** What people together say of the hands in a recording, asked by one campaign. */
export interface CorrectedHands extends PlacedHands {
  taskId: string
  by: 'consensus' | 'member'
}

/**
 * The corrected hands of a recording that stand, of the oldest task first: worked out anew from the answers that the verdict
 * rests on, so that they are the same whenever it is read.
 */
export async function correctedHandsOf(
  tx: Tx,
  { workspaceId, episodeId }: { workspaceId: string; episodeId: string },
): Promise<CorrectedHands[]> {
  const corrected: CorrectedHands[] = []
  for (const task of await tasksAbout(tx, workspaceId, episodeId)) {
    if (task.kind !== 'keypoints' || task.state !== 'done') continue
    const verdict = await readVerdict(tx, { workspaceId, taskId: task.id })
    const picture = await pictureOf(tx, task)
    if (verdict?.label !== POINTS_STAND || !picture) continue
    const { submissionIds } = verdict.rests_on as unknown as Foundation
    const rows = await submissionsOfTask(tx, workspaceId, task.id)
    const answers = handsAnswers(rows.filter(({ id }) => submissionIds.includes(id)))
    if (answers.length === 0) continue
    const by = verdict.settled_by === 'member' ? 'member' : 'consensus'
    corrected.push({ ...placeHands(answers, picture), taskId: task.id, by })
  }
  return corrected
}
