import type { Feature } from '../../platform/feature.ts'
import { routes } from './routes.ts'

export { auditOf } from './known-answers.ts'

export const quality: Feature = {
  name: 'quality',
  permissions: {
    'quality.read': ['manager', 'reviewer', 'auditor'],
    'gold.state': ['manager', 'reviewer'],
    'gold.retire': ['manager', 'reviewer'],
  },
  routes,
  // The server may have died between a member's word and what follows from it.
  on: { 'gold.state': ['review.advance'] },
}
