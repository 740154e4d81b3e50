import type { Step } from '@chiron/core/flow'
import { mixesGold } from '@chiron/core/kinds'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { moveSubmission } from '../submission/index.ts'
import { offerLeases, setTaskState, voidOffers } from '../task/index.ts'
import type { Deed, Situation } from './act.ts'
import { answersStandingFor } from './answers-standing-for.ts'
import { makeGold } from './make-gold.ts'
import { type Foundation, type NewVerdict, putVerdict, readVerdict } from './store.ts'

/** A question about a clip: more answers, a member's look, or a verdict. Its answers are settled by a job. */
export async function actOnQuestion(tx: Tx, ctx: Ctx, situation: Situation): Promise<Deed | undefined> {
  const { task, campaign, step } = situation
  if (task.state !== 'open') return undefined
  if (step.kind === 'ask' && campaign.state !== 'closed') return askMore(tx, ctx, situation, step)
  if (step.kind === 'review') return disputeAnswers(tx, situation, step)
  if (step.kind === 'accept' && step.label !== null)
    return settle(tx, ctx, situation, { ...step, label: step.label })
  return undefined
}

async function askMore(
  tx: Tx,
  ctx: Ctx,
  { task, events }: Situation,
  { attempt, count: wanted }: Extract<Step, { kind: 'ask' }>,
): Promise<Deed | undefined> {
  const heardCount = answersHeard(events, attempt)
  const count = await offerLeases(tx, ctx, { task, wanted, heardCount, attempt })
  if (count === 0) return undefined
  const facts = { taskId: task.id, campaignId: task.campaign_id, count }
  return { action: 'task.offer', facts: { subject: { kind: 'task', id: task.id }, ...facts } }
}

/** As many as `ask` has counted: one a worker, or what the last consensus rests on. */
function answersHeard(events: Situation['events'], attempt: number): number {
  const workers = new Set<string>()
  let weighed = 0
  for (const event of events) {
    if (event.kind === 'answered' && event.attempt === attempt) workers.add(event.worker)
    if (event.kind === 'consensus' && event.attempt === attempt)
      weighed = Math.max(weighed, event.answerCount)
  }
  return Math.max(workers.size, weighed)
}

type SettledBy = NewVerdict['settledBy']

async function disputeAnswers(
  tx: Tx,
  { task, submissions }: Situation,
  { why, notBy }: Extract<Step, { kind: 'review' }>,
): Promise<Deed | undefined> {
  const isOpen = submissions.some(({ state }) => state === 'review')
  const standIns = await answersStandingFor(tx, { workspaceId: task.workspace_id, taskId: task.id })
  for (const { workspace_id: workspaceId, id } of [...submissions, ...standIns])
    await moveSubmission(tx, { workspaceId, id }, 'review')
  if (isOpen) return undefined
  await voidOffers(tx, task.workspace_id, task.id)
  const facts = {
    taskId: task.id,
    campaignId: task.campaign_id,
    episodeId: task.episode_id,
    submissionId: null,
  }
  return {
    action: 'consensus.dispute',
    facts: { subject: { kind: 'task', id: task.id }, ...facts, why, notBy },
  }
}

async function settle(
  tx: Tx,
  ctx: Ctx,
  situation: Situation,
  { label, probability, by }: { label: string; probability: number | null; by: SettledBy },
): Promise<Deed> {
  const { task, submissions } = situation
  const key = { workspaceId: task.workspace_id, taskId: task.id }
  const now = ctx.deps.clock.now()
  const before = await readVerdict(tx, key)
  const posterior = (before?.posterior ?? {}) as Record<string, number>
  const answered = submissions.filter(({ state }) => state !== 'frozen')
  const restsOn: Foundation = {
    ...(before?.rests_on as unknown as Foundation | undefined),
    answerCount: new Set(answered.map((row) => row.worker_id)).size,
    submissionIds: answered.map(({ id }) => id),
  }
  // A member's word is the verdict; how sure the others were stays readable in the posterior.
  const sure = probability ?? 1
  await putVerdict(
    tx,
    key,
    { campaignId: task.campaign_id, label, probability: sure, settledBy: by, posterior, restsOn },
    now,
  )
  await setTaskState(tx, { workspaceId: task.workspace_id, id: task.id }, 'done', now)
  if (mixesGold(task.kind)) await makeGold(tx, ctx, situation, { label, by, sureness: restsOn.sureness ?? 0 })
  await voidOffers(tx, task.workspace_id, task.id)
  return {
    action: 'consensus.reach',
    facts: {
      subject: { kind: 'task', id: task.id },
      taskId: task.id,
      campaignId: task.campaign_id,
      episodeId: task.episode_id,
      label,
      probability: sure,
      by,
      answerCount: restsOn.answerCount,
    },
  }
}
