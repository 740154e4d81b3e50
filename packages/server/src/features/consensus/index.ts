import type { Feature } from '../../platform/feature.ts'
import { jobs } from './jobs.ts'

export { advanceTask } from './advance-task.ts'
export { basisOf, verdictBasisOf } from './basis-of.ts'
export { type CorrectedHands, correctedHandsOf } from './corrected-hands.ts'
export { type KeptCrowd, readCrowd, workerStatesPage } from './crowd-store.ts'
export { type LabelProbability, posteriorOf, ranked } from './posterior-of.ts'
export { spokenOf } from './spoken-answers.ts'
export {
  appendEvent,
  type Foundation,
  type KeptEvent,
  readVerdict,
  type TaskKey,
  type VerdictRow,
  verdictsOf,
} from './store.ts'

export const consensus: Feature = {
  name: 'consensus',
  permissions: {
    'consensus.advance': ['manager', 'reviewer', 'system'],
    'submission.decide': ['system'],
    'media.settle': ['system'],
  },
  jobs,
  on: {
    'media.probe': ['consensus.checked'],
    'media.freeze': ['consensus.withdrawn'],
    'submission.submit': ['consensus.answered'],
    'consensus.reach': ['consensus.settle', 'consensus.inform-source'],
    'task.stop': ['consensus.settle'],
  },
}
