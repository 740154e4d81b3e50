import type { Episode } from '@chiron/contract'
import { choosesTerms, kinds } from '@chiron/core/kinds'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { readEpisode } from '../media/index.ts'
import { readSubmission } from '../submission/index.ts'
import { readTask } from '../task/index.ts'
import { advanceTask } from './advance-task.ts'
import { settleRecording } from './settle-recording.ts'
import { type Foundation, readVerdict } from './store.ts'

/**
 * The judges of a clip have settled: tells the flow of the take itself, which goes on from there (accepted, to a
 * member, back to the worker). A clip without a take, an import, is settled directly. Repeatable: `eventId` names it.
 */
export async function informSource(ctx: Ctx, taskId: string, eventId: string): Promise<void> {
  const told = await read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const task = await readTask(tx, { workspaceId, id: taskId })
    const verdict = await readVerdict(tx, { workspaceId, taskId })
    // Corrected points say nothing about whether the take is good.
    if (!task?.episode_id || !verdict || !choosesTerms(task.kind)) return undefined
    const episode = await readEpisode(tx, { workspaceId, id: task.episode_id })
    const judging = await readCampaign(tx, task.campaign_id)
    const source = episode && (await readCampaign(tx, episode.campaign_id))
    if (!episode || !judging || !source) return undefined
    const submissionId = episode.submission_id
    const take = submissionId ? await readSubmission(tx, { workspaceId, id: submissionId }) : undefined
    return { episode, judging, source, take, verdict }
  })
  if (!told) return
  const { episode, judging, source, take, verdict } = told
  const { label, probability } = verdict
  const by = verdict.settled_by as NonNullable<Episode['verdict']>['by']
  const { acceptLabels, answers } = source.flow
  const question = kinds[judging.kind].verdictQuestion(judging.config)
  const labels = kinds[judging.kind]
    .labelSets(judging.config)
    .find((set) => set.question === question)?.labels
  // A question about something else (the state of an object) says nothing about whether the take is good.
  const decides = acceptLabels.length === 0 || (labels ?? []).some((each) => acceptLabels.includes(each))
  if (take && answers && decides) {
    const { answerCount: heard, sureness } = verdict.rests_on as unknown as Foundation
    const answerCount = by === 'member' ? Math.max(heard, answers.min) : heard
    const event = {
      kind: 'consensus',
      id: eventId,
      attempt: take.attempt,
      answerCount,
      label,
      probability,
      // What a member settled is not told as the answers' own.
      ...(by === 'member' ? { settledBy: by } : { sureness }),
    } as const
    return advanceTask(ctx, take.task_id, { event })
  }
  const isGood = decides && (acceptLabels.length === 0 || acceptLabels.includes(label))
  const settles = !take && decides && isGood ? ({ state: 'accepted' } as const) : {}
  await settleRecording(ctx, episode.id, { ...settles, verdict: { label, probability, by } })
}
