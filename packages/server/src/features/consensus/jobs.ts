import type { WireFault } from '@chiron/contract'
import type { Checked } from '@chiron/core/flow'
import { isQuestion } from '@chiron/core/kinds'
import type { WorkspaceId } from '@chiron/core/kit'
import { type Ctx, type Deps, systemCtx, workspaceOf } from '../../platform/context.ts'
import type { JobDefinition } from '../../platform/feature.ts'
import type { RecordedJob } from '../../platform/record.ts'
import { read } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { readEpisode } from '../media/index.ts'
import { readSubmission } from '../submission/index.ts'
import { readTask, standsFor } from '../task/index.ts'
import { advanceTask } from './advance-task.ts'
import { informSource } from './inform-source.ts'
import { reachConsensus } from './reach-consensus.ts'
import { settleAnswers } from './settle-answers.ts'
import { settleRecording } from './settle-recording.ts'
import { spokenOf } from './spoken-answers.ts'

type Run = (ctx: Ctx, job: RecordedJob) => Promise<void>

const job = (name: string, run: Run): JobDefinition => ({
  name,
  run: (deps: Deps, recorded) => run(systemCtx(deps, name, recorded.workspaceId as WorkspaceId), recorded),
})

export const jobs: readonly JobDefinition[] = [
  job('consensus.checked', checked),
  job('consensus.answered', answered),
  job('consensus.settle', (ctx, { subjectId }) => settleAnswers(ctx, subjectId)),
  job('consensus.inform-source', (ctx, { subjectId, recordId }) => informSource(ctx, subjectId, recordId)),
  job('consensus.withdrawn', withdrawn),
]

/** A recording was looked at: its take's flow hears of it; an import without judges is settled at once. */
async function checked(ctx: Ctx, { subjectId, recordId, facts }: RecordedJob): Promise<void> {
  const workspaceId = workspaceOf(ctx)
  const seen = await read(ctx, async (tx) => {
    const episode = await readEpisode(tx, { workspaceId, id: subjectId })
    if (!episode) return undefined
    const id = episode.submission_id
    const take = id ? await readSubmission(tx, { workspaceId, id }) : undefined
    return { episode, take, campaign: await readCampaign(tx, episode.campaign_id) }
  })
  if (!seen) return
  const { episode, take, campaign } = seen
  if (take) {
    const faults = (episode.faults as WireFault[]).map(({ code, severity }) => ({ code, severity }))
    const event: Checked = { kind: 'checked', id: recordId, attempt: take.attempt, faults }
    return advanceTask(ctx, take.task_id, { event })
  }
  const needsNoJudge = campaign?.kind === 'demonstrate' && campaign.flow.answers === null
  if (needsNoJudge && facts.passes === true) await settleRecording(ctx, episode.id, { state: 'accepted' })
}

/** Somebody answered a question: its flow hears of it, and the campaign's answers are weighed anew where that counts. */
async function answered(ctx: Ctx, { subjectId }: RecordedJob): Promise<void> {
  const workspaceId = workspaceOf(ctx)
  const seen = await read(ctx, async (tx) => {
    const row = await readSubmission(tx, { workspaceId, id: subjectId })
    if (!row || !isQuestion(row.kind)) return undefined
    // Gold is decided with the task whose place it took.
    const home = (await standsFor(tx, { workspaceId, id: row.lease_id })) ?? row.task_id
    const task = await readTask(tx, { workspaceId, id: home })
    return { row, home, isOpen: task?.state === 'open', campaign: await readCampaign(tx, row.campaign_id) }
  })
  if (!seen?.campaign) return
  const { row, home, isOpen, campaign } = seen
  const label = spokenOf(campaign)?.labelOf(row.answer)
  if (isOpen && home !== row.task_id) await advanceTask(ctx, home)
  if (isOpen && home === row.task_id && label !== undefined) {
    const { id, attempt, worker_id: worker } = row
    await advanceTask(ctx, home, { event: { kind: 'answered', id, attempt, worker, label } })
  }
  await reachConsensus(ctx, row.task_id)
  // The verdict may have come before this answer, or while it was on its way: the work was done and is paid.
  await settleAnswers(ctx, home)
}

/** The consent behind a take has ended: its flow stops. Judging it stops by the task feature's own job. */
async function withdrawn(ctx: Ctx, { recordId, facts }: RecordedJob): Promise<void> {
  if (typeof facts.taskId !== 'string') return
  await advanceTask(ctx, facts.taskId, { event: { kind: 'withdrawn', id: recordId } })
}
