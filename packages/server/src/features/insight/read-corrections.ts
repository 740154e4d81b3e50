import type { HandCorrection } from '@chiron/contract'
import { keypointsAnswerSchema, placeHands } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import { readCampaign } from '../campaign/index.ts'
import { readVerdict } from '../consensus/index.ts'
import { type EpisodeRow, readableEpisode } from '../media/index.ts'
import { submissionsOfTask } from '../submission/index.ts'
import { readMoments, type TaskRow, tasksAbout } from '../task/index.ts'

/**
 * What people say of the hands in a recording: the machine's points, each answer by pseudonym, and what they say together. Oldest
 * task first. Refuses `not-found`, `gone`, `quarantined`.
 */
export function readCorrections(ctx: Ctx, episodeId: string): Promise<{ items: HandCorrection[] }> {
  may(ctx, 'media.read')
  const workspaceId = workspaceOf(ctx)
  return read(ctx, async (tx) => {
    const episode = await readableEpisode(tx, ctx, { workspaceId, id: episodeId })
    const tasks = await tasksAbout(tx, workspaceId, episodeId)
    const items: HandCorrection[] = []
    for (const task of tasks) if (task.kind === 'keypoints') items.push(await correctionOf(tx, task, episode))
    return { items }
  })
}

async function correctionOf(tx: Tx, task: TaskRow, episode: EpisodeRow): Promise<HandCorrection> {
  const { workspace_id: workspaceId, id: taskId, campaign_id: campaignId } = task
  const asked = (await readMoments(tx, { workspaceId, id: taskId })) ?? []
  const rows = (await submissionsOfTask(tx, workspaceId, taskId)).filter(({ state }) => state !== 'frozen')
  const names = await pseudonymsOf(
    tx,
    workspaceId,
    rows.map((row) => row.worker_id),
  )
  const answers = rows.map((row) => ({
    worker: row.worker_id,
    answer: keypointsAnswerSchema.parse(row.answer),
  }))
  const picture = { width: episode.width ?? 1, height: episode.height ?? 1 }
  const placed = answers.length > 0 ? placeHands(answers, picture) : undefined
  const verdict = await readVerdict(tx, { workspaceId, taskId })
  return {
    taskId,
    campaignId,
    campaignTitle: (await readCampaign(tx, campaignId))?.title ?? {},
    state: task.state as HandCorrection['state'],
    verdict:
      verdict && task.state === 'done'
        ? { label: verdict.label, by: verdict.settled_by as 'consensus' | 'member' }
        : null,
    agreement: answers.length > 1 ? (placed?.agreement ?? null) : null,
    answerCount: placed?.answerCount ?? 0,
    picture,
    moments: asked.map(({ timeMs, hands }, at) => ({
      timeMs,
      machine: hands,
      answers: answers.map(({ worker, answer }) => ({
        workerPseudonym: names.get(worker) ?? '',
        left: answer.moments[at]?.left ?? null,
        right: answer.moments[at]?.right ?? null,
      })),
      placed: placed?.moments[at]?.hands ?? [],
    })),
  }
}
