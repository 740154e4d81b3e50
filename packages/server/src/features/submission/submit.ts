import type { Lease, Submission } from '@chiron/contract'
import { jcs, Refusal, sha256, toHex } from '@chiron/core/kit'
import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { claimInside, leaseWire, ownLease, updateLease } from '../task/index.ts'
import { assertAnswer } from './assert-answer.ts'
import { decisionFacts } from './decide-submission.ts'
import { keepAnswer } from './keep-answer.ts'
import { heldNext, leaseToSpend } from './lease-to-spend.ts'
import { repeatOf } from './repeat-of.ts'
import { submissionWire } from './submission-wire.ts'

export interface Answer {
  id: string
  leaseId: string
  answer: Record<string, unknown>
  activeMs: number
  sentAt?: string | undefined
  next?: boolean | undefined
}

/**
 * A worker's answer. Sent again with the same id it gives the first result, never a second answer; with the same id
 * and another content it is refused (`idempotency-mismatch`). Refuses also `lease-elsewhere`, `lease-expired`,
 * `answer-incomplete`, `consent-invalid`, and what the recording is refused for.
 */
export async function submit(
  ctx: Ctx,
  body: Answer,
): Promise<{ submission: Submission; next: Lease | null }> {
  const { lease: seen, inside } = await ownLease(ctx, body.leaseId)
  const bodyHash = toHex(sha256(jcs({ leaseId: body.leaseId, answer: body.answer })))
  return write(inside, async (tx) => {
    may(inside, 'submission.submit')
    const lease = await leaseToSpend(tx, inside, seen, body.id)
    const before = await repeatOf(tx, inside, { id: body.id, bodyHash })
    if (before) {
      recordNothing(tx)
      const next = body.next ? await heldNext(tx, inside, before.campaign_id) : null
      return { submission: await submissionWire(tx, before), next }
    }
    const campaign = found(await readCampaign(tx, lease.campaign_id), 'campaign')
    assertAnswer(campaign, body.answer)
    const row = await keepAnswer(tx, inside, { lease, campaign, body, bodyHash })
    await updateLease(tx, { workspaceId: lease.workspace_id, id: lease.id }, { state: 'spent' })
    const terms = { campaignId: campaign.id, termsVersion: row.terms_version }
    const next = body.next ? await claimInside(tx, inside, terms) : undefined
    await record(tx, inside, 'submission.submit', decisionFacts(row))
    return {
      submission: await submissionWire(tx, row),
      next: next && !(next instanceof Refusal) ? await leaseWire(tx, next) : null,
    }
  })
}
