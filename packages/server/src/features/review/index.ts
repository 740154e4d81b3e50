import type { Feature } from '../../platform/feature.ts'
import { jobs, sweeps } from './jobs.ts'
import { routes } from './routes.ts'

export { decideReview } from './decide-review.ts'
export { episodeDetail } from './episode-detail.ts'
export { makeAppeal } from './make-appeal.ts'
export { countOpenReviews } from './store.ts'

export const review: Feature = {
  name: 'review',
  permissions: {
    'review.open': ['system'],
    'review.read': ['manager', 'reviewer', 'auditor'],
    'review.decide': ['manager', 'reviewer'],
    'appeal.make': ['worker'],
  },
  routes,
  jobs,
  sweeps,
  on: {
    'consensus.dispute': ['review.open'],
    'consensus.reach': ['review.close-moot'],
    'submission.decide': ['review.close-moot'],
    'task.stop': ['review.close-moot'],
    'review.decide': ['review.advance', 'media.still'],
    'appeal.decide': ['review.advance', 'media.still'],
  },
}
