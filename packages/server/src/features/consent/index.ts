import type { Feature } from '../../platform/feature.ts'
import { expireConsents } from './expire-consents.ts'
import { consentHttp } from './routes.ts'

export { attestRights } from './attest-rights.ts'
export type { ConsentView } from './consent-core.ts'
export { decideConsent } from './decide-consent.ts'
export { putNotice } from './put-notice.ts'
export { findConsent, holdConsent, listConsentsOf, readConsentStates } from './read-consents.ts'
export { latestNotice, noticesOf } from './store.ts'
export { withdrawConsent } from './withdraw-consent.ts'

const EXPIRY_EVERY_MS = 60_000

export const consent: Feature = {
  name: 'consent',
  permissions: {
    'consent.decide': ['worker'],
    'consent.withdraw': ['worker'],
    'consent.expire': ['system'],
  },
  routes: consentHttp,
  sweeps: [{ name: 'consent.expire', everyMs: EXPIRY_EVERY_MS, run: expireConsents }],
}
