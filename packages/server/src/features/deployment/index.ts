import type { Feature } from '../../platform/feature.ts'
import { routes } from './routes.ts'

export const deployment: Feature = {
  name: 'deployment',
  permissions: {
    'deployment.add': ['manager'],
    'deployment.read': ['manager', 'reviewer', 'auditor'],
    'deployment.retract': ['manager'],
  },
  routes,
}
