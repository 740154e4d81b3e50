import type { Feature } from '../../platform/feature.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'

export { openPairs } from './open-pairs.ts'
export { openRollouts } from './open-rollouts.ts'
export { assertCursor, pageOf } from './paging.ts'
export { boardNames, readPolicyVersion } from './policy-store.ts'
export { rolloutFaults } from './rollout-faults.ts'
export { judgementsBetween, outcomesBetween } from './rollout-store.ts'
export { outcomeTallies } from './rollout-tally-store.ts'
export { namesOfSuites, readSuite, readSuiteVersion } from './suite-store.ts'
export { contentOf } from './suite-wire.ts'

export const evaluation: Feature = {
  name: 'evaluation',
  permissions: {
    'evaluation.read': ['manager', 'reviewer', 'auditor'],
    'policy.create': ['manager'],
    'policy.add-version': ['manager'],
    'embodiment.create': ['manager'],
    'suite.create': ['manager'],
    'suite.change': ['manager'],
    'suite.freeze': ['manager'],
    'rollout.add': ['manager'],
    'rollout.read': ['manager', 'reviewer', 'auditor'],
    'rollout.erase': ['manager'],
    'rollout.judge': ['system'],
    'rollout.ask': ['system'],
    'comparison.open': ['system'],
    'comparison.state': ['manager', 'reviewer'],
    'rating.state': ['manager', 'reviewer'],
  },
  routes,
  jobs,
  on: {
    'submission.submit': ['evaluation.vote'],
    'consensus.reach': ['evaluation.judge'],
    'rollout.add': ['evaluation.ask'],
    'rollout.erase': ['evaluation.replace'],
  },
}
