import { type KindFault, kinds } from '@chiron/core/kinds'
import { refuse } from '../../platform/refuse.ts'
import type { CampaignRow } from '../campaign/index.ts'

/** The same check as on the phone. Refuses `answer-incomplete` with every fault and its field. */
export const assertAnswer = (campaign: CampaignRow, answer: unknown): void =>
  refuseFaults(kinds[campaign.kind].answerFaults(campaign.config, answer))

/** Refuses `answer-incomplete` where there is a fault. */
export function refuseFaults(faults: readonly KindFault[]): void {
  if (faults.length === 0) return
  const words = faults.map(({ field, why }) => (field ? `${field}: ${why}` : why)).join('; ')
  refuse('answer-incomplete', `The answer cannot be taken as it is: ${words}.`, { faults })
}
