import type { Offer } from '@chiron/contract'

/** Whether the person must be asked first: a recording shows them, and no yes of theirs stands. */
export const needsConsent = ({ kind, consentState }: Pick<Offer, 'kind' | 'consentState'>): boolean =>
  kind === 'demonstrate' && consentState !== 'given' && consentState !== 'renewed'
