import {
  askedMomentFaults,
  compareAnswerSchema,
  demonstrateAnswerSchema,
  demonstrateConfigSchema,
  keypointsAnswerSchema,
  knownRatingsOf,
  rateAnswerSchema,
  takeLimits,
} from '@chiron/core/kinds'
import { assert } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { type CampaignRow, readTerms } from '../campaign/index.ts'
import { holdConsent } from '../consent/index.ts'
import { createEpisode } from '../media/index.ts'
import { type LeaseRow, lockTask, readAsked, readGold, readMoments, readPair } from '../task/index.ts'
import { refuseFaults } from './assert-answer.ts'
import { countVote } from './comparison-store.ts'
import { countKnownVote, countRaterVote } from './rater-store.ts'
import { countKnownRatings } from './rating-gold-store.ts'
import { countRatings } from './rating-store.ts'
import { insertSubmission, type SubmissionRow } from './store.ts'
import type { Answer } from './submit.ts'

/** A device whose clock is off by more than this is not believed about when something was filmed. */
export const MAX_CLOCK_SKEW_MS = 24 * 3600 * 1000

interface Sent {
  lease: LeaseRow
  campaign: CampaignRow
  body: Answer
  bodyHash: string
}

/** Writes the answer under the terms its lease was claimed with (WR-8); a recording becomes an episode. */
export async function keepAnswer(tx: Tx, ctx: Ctx, sent: Sent): Promise<SubmissionRow> {
  const { lease, campaign, body, bodyHash } = sent
  assert(lease.terms_version !== null, 'a claimed lease has its terms')
  const terms = await readTerms(tx, campaign.id, lease.terms_version)
  assert(terms, 'accepted terms stay')
  if (campaign.kind === 'keypoints') await assertAskedMoments(tx, sent)
  const isRecording = campaign.kind === 'demonstrate'
  const episodeId = isRecording ? await keepRecording(tx, ctx, sent) : null
  const row = await insertSubmission(tx, {
    workspace_id: lease.workspace_id,
    id: body.id,
    campaign_id: campaign.id,
    task_id: lease.task_id,
    lease_id: lease.id,
    worker_id: ctx.actor.id,
    kind: campaign.kind,
    attempt: lease.attempt,
    answer: JSON.stringify(body.answer),
    body_hash: bodyHash,
    active_ms: body.activeMs,
    terms_version: lease.terms_version,
    pay_minor: terms.payMinor,
    currency: terms.currency,
    episode_id: episodeId,
    created_at: ctx.deps.clock.now(),
    state: isRecording ? 'checking' : 'waiting',
  })
  if (!row) refuse('idempotency-mismatch', 'An answer with this id was sent at the same moment.')
  if (campaign.kind === 'compare') await keepVote(tx, ctx, sent)
  if (campaign.kind === 'rate') await keepRatings(tx, ctx, sent)
  return row
}

/** Points are about the moments of this very task; of a recording that was erased meanwhile nothing is compared. */
async function assertAskedMoments(tx: Tx, { lease, body }: Sent): Promise<void> {
  const asked = await readMoments(tx, { workspaceId: lease.workspace_id, id: lease.task_id })
  if (asked) refuseFaults(askedMomentFaults(asked, keypointsAnswerSchema.parse(body.answer)))
}

/**
 * A vote is counted with the answer, so that no leaderboard ever counts answers (EVA-13). About a pair whose winner is
 * known it says something of the rater, and nothing of the policies.
 */
async function keepVote(tx: Tx, ctx: Ctx, { lease, body }: Sent): Promise<void> {
  const pair = await readPair(tx, { workspaceId: lease.workspace_id, id: lease.task_id })
  assert(pair, 'a task to compare has its pair')
  const vote = compareAnswerSchema.parse(body.answer)
  const workerId = ctx.actor.id
  if (lease.stands_for_task_id !== null) {
    const known = await readGold(tx, { workspaceId: lease.workspace_id, id: lease.task_id })
    await countKnownVote(tx, pair, { workerId, isRight: known?.label === vote.winner })
    return
  }
  await countVote(tx, pair, vote, ctx.deps.clock.now())
  await countRaterVote(tx, pair, { workerId, ...vote })
}

/**
 * Counted with the answer, as a vote is; of a rollout that was erased meanwhile nothing is counted. About one whose ratings
 * are known it says something of the rater, and nothing of the policy.
 */
async function keepRatings(tx: Tx, ctx: Ctx, { lease, body }: Sent): Promise<void> {
  const key = { workspaceId: lease.workspace_id, id: lease.task_id }
  const task = await lockTask(tx, key)
  const asked = await readAsked(tx, key)
  assert(task && asked, 'a task to rate has its rollout')
  const given = { workerId: ctx.actor.id, answer: rateAnswerSchema.parse(body.answer) }
  if (lease.stands_for_task_id !== null) {
    const gold = await readGold(tx, key)
    if (gold) await countKnownRatings(tx, asked, { ...given, known: knownRatingsOf(gold.label) })
    return
  }
  if (task.state !== 'stopped') await countRatings(tx, asked, given)
}

async function keepRecording(tx: Tx, ctx: Ctx, { lease, campaign, body }: Sent): Promise<string> {
  const { clock } = ctx.deps
  const now = clock.now()
  const take = demonstrateAnswerSchema.parse(body.answer)
  const consent = await holdConsent(tx, { campaignId: campaign.id, workerId: ctx.actor.id, now })
  if (!consent)
    return refuse(
      'consent-invalid',
      'Your consent to this recording has ended, so it was not taken. Your pay so far is kept.',
    )
  const skewMs = body.sentAt === undefined ? 0 : Date.parse(body.sentAt) - now.getTime()
  const episode = await createEpisode(tx, ctx, {
    id: newId(clock),
    campaignId: campaign.id,
    consentId: consent.id,
    uploadId: take.uploadId,
    workerId: ctx.actor.id,
    taskId: lease.task_id,
    submissionId: body.id,
    origin: 'phone',
    limits: takeLimits(demonstrateConfigSchema.parse(campaign.config)),
    redaction: take.redaction,
    calibration: take.calibration,
    scale: take.scale,
    device: { ...take.device, trim: take.trim, clockSkewMs: skewMs },
    recordedAt: recordedAt(Date.parse(take.recordedAt), skewMs, now),
  })
  if (episode.sha256 !== take.sha256)
    refuse('checksum-mismatch', 'What arrived is not the recording that was announced. Please send it again.')
  return episode.id
}

/** When it was filmed, by the server's clock: a device that is a day off is corrected, and none films in the future. */
function recordedAt(deviceMs: number, skewMs: number, now: Date): Date {
  const atMs = Math.abs(skewMs) > MAX_CLOCK_SKEW_MS ? deviceMs - skewMs : deviceMs
  return new Date(Math.min(atMs, now.getTime()))
}
