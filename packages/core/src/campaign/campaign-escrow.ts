import { goldAnswerCount } from '../gold/index.ts'
import { assert } from '../kit/index.ts'
import type { Money } from '../pay/index.ts'
import { escrowNeeded } from '../pay/index.ts'
import type { CampaignDraft } from './campaign-draft.ts'

/**
 * How many payments a campaign can cause: one a take (`demonstrate`) or vote (`compare`), or for each subject as many as its
 * flow may ask answers, and the gold among them (`choose`). `subjectCount`: the quota, or the episodes of the source.
 */
export function paidUnitCount(
  draft: Pick<CampaignDraft, 'kind' | 'flow' | 'goldRatio'>,
  subjectCount: number,
): number {
  if (draft.kind !== 'choose') return subjectCount
  assert(draft.flow.answers !== null, 'a question has a number of answers')
  const answerCount = subjectCount * draft.flow.answers.max
  return answerCount + goldAnswerCount(answerCount, draft.goldRatio)
}

/**
 * What a campaign that has pay and currency must escrow before it publishes (WR-2).
 * @throws Refusal `escrow-too-large`
 */
export function campaignEscrow(
  draft: Pick<CampaignDraft, 'kind' | 'flow' | 'goldRatio' | 'terms'>,
  subjectCount: number,
): Money {
  const { payMinor, currency } = draft.terms
  assert(payMinor !== null && currency !== null, 'escrow is for a campaign with pay')
  return escrowNeeded({ payMinor, currency, paidUnitCount: paidUnitCount(draft, subjectCount) })
}
