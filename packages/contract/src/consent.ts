import { z } from 'zod'
import { route } from './route.ts'
import { id, instant, localized, sha256Hex } from './wire.ts'

export const consentState = z.enum([
  'requested',
  'given',
  'refused',
  'deferred',
  'renewed',
  'expired',
  'revoked',
  'invalidated',
  'withdrawn',
])

/** What a person is told before saying yes; every change of it is a new version. */
export const notice = z.object({
  campaignId: id,
  version: z.int(),
  purpose: localized,
  recipients: localized,
  retentionDays: z.int(),
  /** Said before consent: a model already trained cannot unlearn. */
  afterTraining: localized,
})
export type Notice = z.infer<typeof notice>

export const consent = z.object({
  id,
  campaignId: id,
  campaignTitle: localized,
  workspaceName: z.string(),
  state: consentState,
  noticeVersion: z.int(),
  givenAt: instant.nullable(),
  endedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  receiptHash: sha256Hex.nullable(),
  episodeCount: z.int(),
})
export type Consent = z.infer<typeof consent>

export const consentRoutes = {
  list: route({
    method: 'GET',
    path: '/api/worker/consents',
    who: 'worker',
    summary: 'What I agreed to, everywhere.',
    reply: z.object({ items: z.array(consent) }),
  }),
  decide: route({
    method: 'POST',
    path: '/api/worker/consents',
    who: 'worker',
    summary: 'Give or refuse consent to a campaign’s notice.',
    body: z.object({
      campaignId: id,
      noticeVersion: z.int(),
      decision: z.enum(['given', 'refused']),
      locale: z.string().max(20),
    }),
    reply: consent,
  }),
  withdraw: route({
    method: 'POST',
    path: '/api/worker/consents/:consentId/withdraw',
    who: 'worker',
    summary: 'Withdraw: every recording under it freezes at once; pay is kept.',
    params: z.object({ consentId: id }),
    reply: consent,
  }),
  receipt: route({
    method: 'GET',
    path: '/api/worker/consents/:consentId/receipt',
    who: 'worker',
    summary: 'The consent receipt (ISO/IEC TS 27560) to keep.',
    params: z.object({ consentId: id }),
    reply: z.object({ receipt: z.record(z.string(), z.unknown()), receiptHash: sha256Hex }),
  }),
}
