import type { Feature } from '../../platform/feature.ts'
import { ontologyHttp } from './routes.ts'

export { createOntology } from './create-ontology.ts'
export { listOntologies, readOntologyVersion } from './store.ts'

export const ontology: Feature = {
  name: 'ontology',
  permissions: {
    'ontology.create': ['manager', 'system'],
    'ontology.revise': ['manager'],
  },
  routes: ontologyHttp,
}
