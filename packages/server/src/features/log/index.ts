import type { Feature } from '../../platform/feature.ts'
import { logHttp } from './routes.ts'
import { sealAll } from './seal.ts'

export { provenanceOf } from './list-records.ts'
export { type OpenedProof, proveRecord, proveRecords, type RecordProof } from './prove-record.ts'
export { sealNow } from './seal.ts'
export { newSigningKey, signerOf } from './signing-key.ts'
export { recordIdOf, sealedSubjects, wrappedLogKey } from './store.ts'

const SEAL_EVERY_MS = 300

export const log: Feature = {
  name: 'log',
  permissions: {
    'log.read': ['manager', 'reviewer', 'auditor', 'system'],
  },
  routes: logHttp,
  sweeps: [{ name: 'log.seal', everyMs: SEAL_EVERY_MS, run: sealAll }],
}
