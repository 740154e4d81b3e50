export type ConsentState =
  | 'requested'
  | 'given'
  | 'refused'
  | 'deferred'
  | 'renewed'
  | 'expired'
  | 'revoked'
  | 'invalidated'
  | 'withdrawn'

/**
 * What a worker agreed to under one version of a notice. `purposes`: keys of what it covers. Times are
 * milliseconds since 1970; `expiresMs` null: until it ends otherwise.
 */
export type Consent = {
  readonly state: ConsentState
  readonly noticeVersion: number
  readonly purposes: readonly string[]
  readonly givenMs: number | null
  readonly renewedMs: number | null
  readonly expiresMs: number | null
  readonly endedMs: number | null
}

/** A worker gives, refuses, defers, renews, withdraws; the operator revokes, invalidates; time expires. */
export type ConsentEvent =
  | { readonly kind: 'given' | 'renewed'; readonly atMs: number; readonly expiresMs: number | null }
  | {
      readonly kind: 'refused' | 'deferred' | 'expired' | 'revoked' | 'invalidated' | 'withdrawn'
      readonly atMs: number
    }

export type ConsentStep =
  | { readonly kind: 'moved'; readonly consent: Consent }
  | { readonly kind: 'unchanged'; readonly consent: Consent }
  | { readonly kind: 'refused'; readonly code: ConsentRefusalCode }

export type ConsentRefusalCode =
  | 'consent-not-given'
  | 'consent-already-given'
  | 'consent-refused'
  | 'consent-ended'
  | 'consent-not-expired'
  | 'consent-expiry-past'

/** A consent that was asked for and not answered. */
export function requestConsent(request: { noticeVersion: number; purposes: readonly string[] }): Consent {
  return { ...request, state: 'requested', givenMs: null, renewedMs: null, expiresMs: null, endedMs: null }
}

/** Whether the worker has said yes and nothing has ended it by an event. Time may still have: `isValid`. */
export function isGiven(state: ConsentState): boolean {
  return state === 'given' || state === 'renewed'
}

/** Whether this state stops every use of the recordings made under the consent. */
export function isEnded(state: ConsentState): boolean {
  return state === 'expired' || state === 'revoked' || state === 'invalidated' || state === 'withdrawn'
}

/**
 * The consent after an event (states of ISO/IEC TS 27560 and DPV). An event that says what already holds
 * changes nothing, so a retried request is harmless, and withdrawing what has ended is never refused.
 */
export function consentNext(consent: Consent, event: ConsentEvent): ConsentStep {
  const { state } = consent
  if (state === event.kind && event.kind !== 'renewed') return { kind: 'unchanged', consent }
  if (isEnded(state)) {
    return event.kind === 'withdrawn' ? { kind: 'unchanged', consent } : refuse('consent-ended')
  }
  if (state === 'refused') return refuse('consent-refused')
  return isGiven(state) ? afterGiven(consent, event) : afterRequested(consent, event)
}

function afterRequested(consent: Consent, event: ConsentEvent): ConsentStep {
  switch (event.kind) {
    case 'given':
      return begin(consent, event.kind, event)
    case 'refused':
    case 'deferred':
      return { kind: 'moved', consent: { ...consent, state: event.kind } }
    default:
      return refuse('consent-not-given')
  }
}

function afterGiven(consent: Consent, event: ConsentEvent): ConsentStep {
  switch (event.kind) {
    case 'given': // a retried yes, after a renewal
      return { kind: 'unchanged', consent }
    case 'renewed':
      return begin(consent, event.kind, event)
    case 'refused':
    case 'deferred':
      return refuse('consent-already-given')
    case 'expired':
      return hasExpired(consent, event.atMs) ? end(consent, event) : refuse('consent-not-expired')
    default:
      return end(consent, event)
  }
}

function begin(
  consent: Consent,
  state: 'given' | 'renewed',
  { atMs, expiresMs }: { atMs: number; expiresMs: number | null },
): ConsentStep {
  if (expiresMs !== null && expiresMs <= atMs) return refuse('consent-expiry-past')
  const when = state === 'given' ? { givenMs: atMs } : { renewedMs: atMs }
  return { kind: 'moved', consent: { ...consent, ...when, state, expiresMs } }
}

function end(consent: Consent, event: ConsentEvent): ConsentStep {
  return { kind: 'moved', consent: { ...consent, state: event.kind, endedMs: event.atMs } }
}

function refuse(code: ConsentRefusalCode): ConsentStep {
  return { kind: 'refused', code }
}

function hasExpired({ expiresMs }: Consent, nowMs: number): boolean {
  return expiresMs !== null && nowMs >= expiresMs
}

/**
 * Whether the consent allows this purpose now. Fails closed: a consent past its expiry is invalid even if
 * nobody has recorded the expiry yet, and a purpose it does not name is not covered.
 */
export function isValid(consent: Consent, nowMs: number, purpose: string): boolean {
  return isGiven(consent.state) && !hasExpired(consent, nowMs) && consent.purposes.includes(purpose)
}
