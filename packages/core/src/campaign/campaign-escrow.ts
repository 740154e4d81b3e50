import { goldAnswerCount } from '../gold/index.ts'
import { isQuestion, mixesGold } from '../kinds/index.ts'
import { assert } from '../kit/index.ts'
import type { Money } from '../pay/index.ts'
import { escrowNeeded } from '../pay/index.ts'
import type { CampaignDraft } from './campaign-draft.ts'

/**
 * How many payments a campaign can cause: one a take (`demonstrate`) or vote (`compare`), or for each subject as many as its
 * flow may ask answers, and the gold among them (questions). `subjectCount`: the quota, or the episodes of the source.
 */
export function paidUnitCount(
  draft: Pick<CampaignDraft, 'kind' | 'flow' | 'goldRatio'>,
  subjectCount: number,
): number {
  const { kind, flow, goldRatio } = draft
  if (!isQuestion(kind) && kind !== 'rate') return withGold(kind, subjectCount, goldRatio)
  assert(flow.answers !== null, 'a question has a number of answers')
  return withGold(kind, subjectCount * flow.answers.max, goldRatio)
}

const withGold = (kind: CampaignDraft['kind'], answerCount: number, goldRatio: number): number =>
  mixesGold(kind) ? answerCount + goldAnswerCount(answerCount, goldRatio) : answerCount

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
