import { type HandsAnswer, keypointsAnswerSchema, POINTS_STAND, placeHands } from '@chiron/core/kinds'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { readEpisode } from '../media/index.ts'
import { type SubmissionRow, submissionsOfTask } from '../submission/index.ts'
import type { TaskRow } from '../task/index.ts'
import { type NewVerdict, readVerdict } from './store.ts'

/** What the answers about a task say now that its verdict has not heard yet. */
export interface Weighed {
  taskId: string
  verdict: NewVerdict
}

/**
 * Weighs the answers about the hands of one clip: as sure as people agree on the hand they agree on least (KND-14). Who answers how
 * is learned from this task's own points, so no other is read. Says nothing that the verdict has heard.
 */
export async function weighPoints(
  tx: Tx,
  { campaign, task }: { campaign: CampaignRow; task: TaskRow },
): Promise<Weighed[]> {
  const { workspace_id: workspaceId, id: taskId } = task
  const picture = await pictureOf(tx, task)
  const answers = handsAnswers(await submissionsOfTask(tx, workspaceId, taskId))
  if (!picture || answers.length === 0) return []
  const { agreement, answerCount } = placeHands(answers, picture)
  const heard = await readVerdict(tx, { workspaceId, taskId })
  const heardCount = (heard?.rests_on as { answerCount?: number } | undefined)?.answerCount ?? 0
  if (task.state !== 'open' || answerCount < (campaign.flow.answers?.min ?? 1) || answerCount <= heardCount)
    return []
  const verdict: NewVerdict = {
    campaignId: campaign.id,
    label: POINTS_STAND,
    probability: agreement,
    settledBy: 'consensus',
    posterior: { [POINTS_STAND]: agreement },
    restsOn: { answerCount, submissionIds: [], leading: POINTS_STAND, sureness: agreement },
  }
  return [{ taskId, verdict }]
}

/** The size of the picture that a task asks about, in pixels. */
export async function pictureOf(
  tx: Tx,
  { workspace_id: workspaceId, episode_id: id }: Pick<TaskRow, 'workspace_id' | 'episode_id'>,
): Promise<{ width: number; height: number } | undefined> {
  const episode = id === null ? undefined : await readEpisode(tx, { workspaceId, id })
  const { width, height } = episode ?? {}
  return width && height ? { width, height } : undefined
}

/** Those that still say something: an answer goes empty with the recording it was about. */
export const handsAnswers = (rows: readonly SubmissionRow[]): HandsAnswer[] =>
  rows
    .filter(({ state }) => state !== 'frozen')
    .flatMap((row) => {
      const answer = keypointsAnswerSchema.safeParse(row.answer)
      return answer.success ? [{ worker: row.worker_id, answer: answer.data }] : []
    })
