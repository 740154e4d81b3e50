import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { recordNothing, type Tx, write } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { advanceTask, appendEvent, type KeptEvent } from '../consensus/index.ts'
import { liftQuarantine } from '../media/index.ts'
import { readSubmission, type SubmissionRow } from '../submission/index.ts'
import { assertDecision, type DecisionOrder } from './assert-decision.ts'
import { labelChoices } from './label-choices.ts'
import { isKeptFrom, mayDecide } from './may-decide.ts'
import { answerAppeal, appealOfReview, closeReview, lockReview, type ReviewRow } from './store.ts'

/**
 * A member's decision: it becomes an event of the task's flow, which then goes on from it at once (a job makes sure).
 * Refuses `not-allowed` (WR-11, WR-16), `wrong-state` when another has decided, `bad-input` (WR-12). The same
 * decision sent again changes nothing.
 */
export async function decideReview(ctx: Ctx, reviewId: string, order: DecisionOrder): Promise<void> {
  const taskId = await write(ctx, async (tx) => {
    may(ctx, 'review.decide')
    const key = { workspaceId: workspaceOf(ctx), id: reviewId }
    const review = found(await lockReview(tx, key), 'review')
    if (review.state === 'done' && review.decided_by === ctx.actor.id && review.decision === order.decision) {
      recordNothing(tx)
      return review.task_id
    }
    if (review.state === 'done') refuse('wrong-state', 'This was decided meanwhile. Nothing was changed.')
    if (await isKeptFrom(tx, ctx, review))
      refuse(
        'quarantined',
        'The server saw a face in this recording. Only a manager may look, and so decide about it.',
      )
    if (!(await mayDecide(tx, ctx, review)))
      refuse(
        'not-allowed',
        ctx.actor.kind === 'member'
          ? 'An appeal is decided by a person who took no part in the first decision (WR-16).'
          : 'A person of the team decides, signed in under their own name; an API key does not (WR-11).',
      )
    const take = await takeOf(tx, review)
    const labels = await labelsFor(tx, review)
    assertDecision({ order, take, labels })
    const event = eventOf(ctx, { review, take, order })
    await appendEvent(
      tx,
      { workspaceId: key.workspaceId, taskId: review.task_id },
      event,
      ctx.deps.clock.now(),
    )
    await close(tx, ctx, { review, take, order })
    const { episode_id: episodeId } = review
    // Whoever accepts it has looked at it: the detector was wrong.
    const liftsQuarantine =
      order.decision === 'accept' &&
      episodeId !== null &&
      (await liftQuarantine(tx, ctx, { workspaceId: key.workspaceId, id: episodeId }))
    await record(tx, ctx, review.why === 'appeal' ? 'appeal.decide' : 'review.decide', {
      subject: { kind: 'review', id: reviewId },
      workerId: take?.worker_id ?? null,
      taskId: review.task_id,
      campaignId: review.campaign_id,
      submissionId: review.submission_id,
      episodeId,
      why: review.why,
      decision: order.decision,
      label: order.label ?? null,
      reasonCode: order.reasonCode ?? null,
      momentMs: order.momentMs ?? null,
      liftsQuarantine,
    })
    return review.task_id
  })
  await advanceTask(ctx, taskId)
}

async function takeOf(tx: Tx, review: ReviewRow): Promise<SubmissionRow | undefined> {
  const { workspace_id: workspaceId, submission_id: id } = review
  return id === null ? undefined : found(await readSubmission(tx, { workspaceId, id }), 'answer')
}

async function labelsFor(tx: Tx, review: ReviewRow): Promise<string[]> {
  const campaign = found(await readCampaign(tx, review.campaign_id), 'campaign')
  return (await labelChoices(tx, campaign)).map(({ id }) => id)
}

interface Decided {
  review: ReviewRow
  take: SubmissionRow | undefined
  order: DecisionOrder
}

function eventOf({ deps, actor }: Ctx, { review, take, order }: Decided): KeptEvent {
  const base = {
    kind: 'reviewed',
    id: newId(deps.clock),
    attempt: take?.attempt ?? 1,
    member: actor.id,
    byAppeal: review.why === 'appeal',
  } as const
  if (order.decision === 'accept')
    return { ...base, decision: 'accept', ...(order.label ? { label: order.label } : {}) }
  return {
    ...base,
    // Whoever appeals is never worse off for it: against a return, a rejection counts as a return.
    decision: review.why === 'appeal' && take?.state === 'returned' ? 'return' : order.decision,
    reasonCode: order.reasonCode ?? '',
    ...(order.momentMs === undefined ? {} : { momentMs: order.momentMs }),
    hint: order.hint ?? '',
  }
}

async function close(tx: Tx, { deps, actor }: Ctx, { review, take, order }: Decided): Promise<void> {
  const now = deps.clock.now()
  const key = { workspaceId: review.workspace_id, id: review.id }
  await closeReview(tx, key, {
    decision: order.decision,
    decided_at: now,
    decided_by: actor.id,
    label: order.label ?? null,
    reason_code: order.reasonCode ?? null,
    moment_ms: order.momentMs ?? null,
    hint: order.hint ?? null,
  })
  const appeal = await appealOfReview(tx, key)
  if (!appeal) return
  const isBetter = order.decision === 'accept' || (order.decision === 'return' && take?.state === 'rejected')
  await answerAppeal(
    tx,
    { workspaceId: review.workspace_id, id: appeal.id },
    {
      state: isBetter ? 'upheld' : 'dismissed',
      answer: order.hint ?? null,
      decided_at: now,
    },
  )
}
