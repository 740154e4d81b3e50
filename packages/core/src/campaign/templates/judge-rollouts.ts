import { NO_SUITE_ID } from '../../kinds/index.ts'
import type { CampaignTemplate } from '../campaign-template.ts'
import { judgeOutcome } from './judge-outcome.ts'

const [outcome, failure] = judgeOutcome.draft.config.questions as { prompt: Record<string, string> }[]

/** People say how robots' runs ended; asked as the outcome of any clip is. */
export const judgeRollouts: CampaignTemplate = {
  id: 'judge-rollouts',
  name: { en: 'Judge how rollouts ended, blind', ar: 'احكم كيف انتهت التجربة دون معرفة صاحبها' },
  description: {
    en: 'Several people say of each rollout whether it worked, why not and when. Success shares then rest on it.',
    ar: 'يقول عدة أشخاص عن كل تجربة هل نجحت، ولماذا لا ومتى. وعلى ذلك تقوم نسب النجاح.',
  },
  draft: {
    ...judgeOutcome.draft,
    kind: 'outcome',
    config: {
      suiteId: NO_SUITE_ID,
      suiteVersion: 1,
      world: 'real',
      policyVersionIds: [],
      stream: null,
      prompt: outcome?.prompt ?? {},
      failurePrompt: failure?.prompt ?? {},
      outcomes: [
        { termId: 'outcome.success', means: 'success' },
        { termId: 'outcome.partial', means: 'failure' },
        { termId: 'outcome.failure', means: 'failure' },
        { termId: 'outcome.unclear', means: 'unclear' },
      ],
      failureIds: [],
    },
  },
}
