import type { Feature } from '../../platform/feature.ts'
import { jobs, sweeps } from './jobs.ts'
import { routes } from './routes.ts'

export { releasesOf } from './releases-of.ts'
export { countOpenRecalls, wrappedReleaseKey } from './store.ts'

export const release: Feature = {
  name: 'release',
  permissions: {
    'release.create': ['manager', 'system'],
    'release.read': ['manager', 'reviewer', 'auditor'],
    'release.add': ['system'],
    'release.build': ['system'],
    'release.fail': ['system'],
    'recall.open': ['system'],
  },
  routes,
  jobs,
  sweeps,
  on: {
    'release.create': ['release.build'],
    'consent.withdraw': ['release.recall'],
    'consent.expire': ['release.recall'],
    'media.erase': ['release.erase'],
  },
}
