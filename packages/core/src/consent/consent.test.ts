import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Consent, ConsentEvent, ConsentState, ReceiptFacts } from './index.ts'
import {
  consentNext,
  consentReceipt,
  ERASE_WITHIN_MS,
  erasurePlan,
  FREEZE_WITHIN_MS,
  isEnded,
  isGiven,
  isValid,
  receiptHash,
  requestConsent,
} from './index.ts'

const requested = requestConsent({ noticeVersion: 2, purposes: ['train'] })
const event = (kind: ConsentEvent['kind'], atMs: number, expiresMs: number | null = null): ConsentEvent =>
  kind === 'given' || kind === 'renewed' ? { kind, atMs, expiresMs } : { kind, atMs }
function after(...events: ConsentEvent[]): Consent {
  let consent = requested
  for (const each of events) {
    const step = consentNext(consent, each)
    if (step.kind === 'refused') throw new Error(step.code)
    consent = step.consent
  }
  return consent
}
const kinds: ConsentEvent['kind'][] = [
  'given',
  'refused',
  'deferred',
  'renewed',
  'expired',
  'revoked',
  'invalidated',
  'withdrawn',
]

test('CON-1 exactly the moves of the state picture exist', () => {
  const moves: Record<ConsentState, string[]> = {
    requested: ['given', 'refused', 'deferred'],
    deferred: ['given', 'refused'],
    given: ['renewed', 'expired', 'revoked', 'invalidated', 'withdrawn'],
    renewed: ['renewed', 'expired', 'revoked', 'invalidated', 'withdrawn'],
    refused: [],
    expired: [],
    revoked: [],
    invalidated: [],
    withdrawn: [],
  }
  for (const state of Object.keys(moves) as ConsentState[]) {
    const consent: Consent = { ...requested, state, givenMs: 1, expiresMs: 5 }
    const moved = kinds.filter((kind) => {
      const step = consentNext(consent, event(kind, 10, 20))
      return step.kind === 'moved' && step.consent.state === kind
    })
    expect(moved.sort(), state).toEqual(moves[state]?.sort())
  }
})

test('CON-1 refusals say why', () => {
  const code = (consent: Consent, each: ConsentEvent) => {
    const step = consentNext(consent, each)
    return step.kind === 'refused' ? step.code : step.kind
  }
  expect(code(requested, event('withdrawn', 1))).toBe('consent-not-given')
  expect(code(requested, event('given', 5, 5))).toBe('consent-expiry-past')
  const given = after(event('given', 1, 100))
  expect(code(given, event('refused', 2))).toBe('consent-already-given')
  expect(code(given, event('expired', 99))).toBe('consent-not-expired')
  expect(code(given, event('expired', 100))).toBe('moved')
  expect(code(after(event('given', 1)), event('expired', 1e15))).toBe('consent-not-expired')
  expect(code(after(event('refused', 1)), event('given', 2))).toBe('consent-refused')
  expect(code(after(event('given', 1), event('withdrawn', 2)), event('renewed', 3))).toBe('consent-ended')
})

test('CON-2 saying it again changes nothing; withdrawing is never refused once given', () => {
  const anyEvents = fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      atMs: fc.integer({ min: 0, max: 50 }),
      expiresMs: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
    }),
    { maxLength: 12 },
  ) as fc.Arbitrary<ConsentEvent[]>
  fc.assert(
    fc.property(anyEvents, (events) => {
      let consent = requested
      for (const each of events) {
        const step = consentNext(consent, each)
        if (step.kind === 'refused') continue
        consent = step.consent
        const again = consentNext(consent, each)
        expect(again.kind === 'refused' ? null : again.consent).toEqual(consent)
      }
      expect(isGiven(consent.state) && isEnded(consent.state)).toBe(false)
      expect(isEnded(consent.state)).toBe(consent.endedMs !== null)
      const withdrawn = consentNext(consent, event('withdrawn', 99))
      if (consent.givenMs === null) return
      expect(withdrawn.kind).not.toBe('refused')
      if (withdrawn.kind !== 'refused') expect(isValid(withdrawn.consent, 0, 'train')).toBe(false)
    }),
    { numRuns: 1000 },
  )
})

test('CON-3 valid only while given, before expiry, for a named purpose', () => {
  const given = after(event('given', 10, 100))
  expect(isValid(given, 99, 'train')).toBe(true)
  expect(isValid(given, 100, 'train')).toBe(false)
  expect(isValid(given, 50, 'sell')).toBe(false)
  expect(isValid(requested, 50, 'train')).toBe(false)
  expect(isValid(after(event('given', 10, 100), event('renewed', 90, 200)), 150, 'train')).toBe(true)
  for (const kind of ['revoked', 'invalidated', 'withdrawn'] as const) {
    expect(isValid(after(event('given', 10, 100), event(kind, 20)), 21, 'train'), kind).toBe(false)
  }
})

test('CON-4 an ended consent freezes within a minute, erases within three days, recalls exports', () => {
  const plan = erasurePlan({ endedMs: 1000, wasExported: true })
  expect(plan.map((step) => step.state)).toEqual([
    'frozen',
    'recall-open',
    'erasing',
    'key-destroyed',
    'tombstoned',
  ])
  expect(plan[0]?.byMs).toBe(1000 + FREEZE_WITHIN_MS)
  expect(plan.at(-1)?.byMs).toBe(1000 + ERASE_WITHIN_MS)
  expect([FREEZE_WITHIN_MS, ERASE_WITHIN_MS]).toEqual([60_000, 259_200_000])
  expect(erasurePlan({ endedMs: 0, wasExported: false }).map((step) => step.state)).not.toContain(
    'recall-open',
  )
})

const facts: ReceiptFacts = {
  receiptId: 'r-1',
  consentId: 'c-1',
  workerId: 'w-1',
  controller: { id: 'ws-1', name: 'Robot Lab', contact: 'privacy@lab.example' },
  notice: { id: 'n-1', version: 2, hash: 'ab'.repeat(32) },
  locale: 'ar',
  consent: after(event('given', Date.UTC(2026, 10, 1), Date.UTC(2028, 10, 1))),
  purpose: { en: 'teach robots', ar: 'تعليم الروبوتات' },
  recipients: { en: 'the team', ar: 'الفريق' },
  personalData: ['video of hands', 'device model'],
  retentionDays: 730,
  jurisdiction: 'EG',
  storageLocation: 'EG',
  withdrawal: 'My data → this consent → Withdraw',
  issuedMs: Date.UTC(2026, 10, 1),
}

test('CON-5 the receipt holds what ISO/IEC TS 27560 asks for, in DPV terms', () => {
  const receipt = consentReceipt(facts)
  expect(receipt).toMatchObject({
    '@type': 'dpv:ConsentReceipt',
    'dct:conformsTo': 'https://w3id.org/dpv/schema/dpv-27560#receipt',
    'dct:identifier': 'r-1',
    'dct:source': { 'dct:identifier': 'c-1' },
    'dpv:hasDataSubject': { 'dct:identifier': 'w-1' },
    'dpv:hasDataController': { 'dpv:hasName': 'Robot Lab', 'dpv:hasContact': 'privacy@lab.example' },
  })
  const [process] = receipt['dpv:hasProcess'] as Record<string, unknown>[]
  for (const field of ['LegalBasis', 'Notice', 'Purpose', 'PersonalData', 'Recipient', 'Jurisdiction']) {
    expect(process, field).toHaveProperty([`dpv:has${field}`])
  }
  expect(process?.['dpv:hasStorageCondition']).toMatchObject({ 'dpv:hasDuration': { '@value': 'P730D' } })
  expect(process?.['dpv:hasNotice']).toMatchObject({ 'dct:hasVersion': '2', 'dct:language': 'ar' })
  expect(receipt['dpv:hasConsentStatus']).toEqual([
    {
      '@type': 'dpv:ConsentGiven',
      'dct:date': { '@value': '2026-11-01T00:00:00.000Z', '@type': 'xsd:dateTime' },
      'dct:valid': { '@value': '2028-11-01T00:00:00.000Z', '@type': 'xsd:dateTime' },
      'dpv:isIndicatedBy': 'w-1',
    },
  ])
  expect(JSON.parse(JSON.stringify(receipt))).toEqual(receipt)
})

test('CON-5 every event shows, and a consent never given has no receipt', () => {
  const story = after(event('given', 1, 10), event('renewed', 5, 20), event('revoked', 7))
  const receipt = consentReceipt({ ...facts, consent: story })
  const shown = receipt['dpv:hasConsentStatus'] as Record<string, unknown>[]
  expect(shown.map((each) => [each['@type'], each['dpv:isIndicatedBy']])).toEqual([
    ['dpv:ConsentGiven', 'w-1'],
    ['dpv:RenewedConsentGiven', 'w-1'],
    ['dpv:ConsentRevoked', 'ws-1'],
  ])
  expect(() => consentReceipt({ ...facts, consent: requested })).toThrow('was given')
})

test('CON-6 the hash is of the canonical receipt', () => {
  const receipt = consentReceipt(facts)
  const reversed = Object.fromEntries(Object.entries(receipt).reverse())
  expect(receiptHash(receipt)).toMatch(/^[0-9a-f]{64}$/)
  expect(receiptHash(reversed)).toBe(receiptHash(receipt))
  expect(receiptHash(consentReceipt({ ...facts, personalData: [...facts.personalData].reverse() }))).toBe(
    receiptHash(receipt),
  )
  expect(receiptHash(consentReceipt({ ...facts, retentionDays: 731 }))).not.toBe(receiptHash(receipt))
})

test('CON-7 the data subject is a random id and nothing else', () => {
  expect(consentReceipt(facts)['dpv:hasDataSubject']).toEqual({
    '@type': 'dpv:DataSubject',
    'dct:identifier': 'w-1',
  })
})
