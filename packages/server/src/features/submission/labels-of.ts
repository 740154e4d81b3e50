import type { EpisodeDetail } from '@chiron/contract'
import { chooseAnswerSchema, choosesTerms } from '@chiron/core/kinds'
import type { Tx } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import { tasksAbout } from '../task/index.ts'
import { submissionsOfTasks } from './store.ts'

/** What people answered about an episode, oldest first. */
export async function labelsOf(
  tx: Tx,
  { workspaceId, episodeId }: { workspaceId: string; episodeId: string },
): Promise<EpisodeDetail['labels']> {
  const tasks = await tasksAbout(tx, workspaceId, episodeId)
  return answersTo(
    tx,
    workspaceId,
    tasks.filter(({ kind }) => choosesTerms(kind)).map(({ id }) => id),
  )
}

/** What people answered to these questions, by pseudonym, oldest first. */
export async function answersTo(
  tx: Tx,
  workspaceId: string,
  taskIds: readonly string[],
): Promise<EpisodeDetail['labels']> {
  const rows = await submissionsOfTasks(tx, workspaceId, [...taskIds])
  const pseudonyms = await pseudonymsOf(
    tx,
    workspaceId,
    rows.map((row) => row.worker_id),
  )
  return rows.map((row) => {
    const { choices, momentMs, note } = chooseAnswerSchema.parse(row.answer)
    return {
      submissionId: row.id,
      taskId: row.task_id,
      workerPseudonym: pseudonyms.get(row.worker_id) ?? '',
      choices,
      momentMs: momentMs ?? null,
      note: note ?? null,
      createdAt: row.created_at.toISOString(),
    }
  })
}
