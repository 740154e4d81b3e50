import type { Feature } from '../../platform/feature.ts'
import { routes } from './routes.ts'

export const insight: Feature = { name: 'insight', permissions: {}, routes }
