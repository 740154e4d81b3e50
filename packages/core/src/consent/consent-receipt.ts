import { assert, compareStrings, jcs, sha256, toHex } from '../kit/index.ts'
import type { Consent, ConsentState } from './consent-next.ts'
import { isEnded } from './consent-next.ts'

const CONTEXT = {
  chiron: 'urn:chiron:',
  dct: 'http://purl.org/dc/terms/',
  dpv: 'https://w3id.org/dpv#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
}
const SCHEMA = 'https://w3id.org/dpv/schema/dpv-27560#receipt'

/** DPV's term for each state. */
const STATUS: Readonly<Record<ConsentState, string>> = {
  requested: 'dpv:ConsentRequested',
  given: 'dpv:ConsentGiven',
  refused: 'dpv:ConsentRefused',
  deferred: 'dpv:ConsentRequestDeferred',
  renewed: 'dpv:RenewedConsentGiven',
  expired: 'dpv:ConsentExpired',
  revoked: 'dpv:ConsentRevoked',
  invalidated: 'dpv:ConsentInvalidated',
  withdrawn: 'dpv:ConsentWithdrawn',
}

/** Words in several languages, keyed by locale. */
type Localized = Readonly<Record<string, string>>

/**
 * What a receipt says. Ids are random, never names or mail of the worker. `locale`: the language the notice
 * was read in. `noticeHash`: SHA-256 in hex of the notice as shown. `personalData`: plain words, such as
 * "video of hands". `jurisdiction` and `storageLocation`: as the operator states them. `issuedMs`: when the
 * receipt is made.
 */
export type ReceiptFacts = {
  readonly receiptId: string
  readonly consentId: string
  readonly workerId: string
  readonly controller: { readonly id: string; readonly name: string; readonly contact: string }
  readonly notice: { readonly id: string; readonly version: number; readonly hash: string }
  readonly locale: string
  readonly consent: Consent
  readonly purpose: Localized
  readonly recipients: Localized
  readonly personalData: readonly string[]
  readonly retentionDays: number
  readonly jurisdiction: string
  readonly storageLocation: string
  readonly withdrawal: string
  readonly issuedMs: number
}

export type ConsentReceipt = { readonly [field: string]: unknown }

/**
 * A consent receipt to keep: plain JSON-LD with the sections of ISO/IEC TS 27560:2023 (header, processing,
 * parties, events) in terms of the W3C Data Privacy Vocabulary. The same facts give the same JSON.
 */
export function consentReceipt(facts: ReceiptFacts): ConsentReceipt {
  const { consent } = facts
  assert(consent.givenMs !== null, 'a receipt is for a consent that was given')
  return {
    '@context': CONTEXT,
    '@type': 'dpv:ConsentReceipt',
    'dct:conformsTo': SCHEMA,
    'dct:identifier': facts.receiptId,
    'dct:issued': instant(facts.issuedMs),
    'dct:source': { '@type': 'dpv:ConsentRecord', 'dct:identifier': facts.consentId },
    'dpv:hasDataSubject': { '@type': 'dpv:DataSubject', 'dct:identifier': facts.workerId },
    'dpv:hasDataController': party(facts),
    'dpv:hasProcess': [processing(facts)],
    'dpv:hasConsentStatus': events(facts.workerId, facts.controller.id, consent),
  }
}

/** SHA-256 in hex of the receipt's canonical JSON (RFC 8785): what exports and the log carry. */
export function receiptHash(receipt: ConsentReceipt): string {
  return toHex(sha256(jcs(receipt)))
}

function party({ controller }: ReceiptFacts): object {
  return {
    '@type': 'dpv:DataController',
    'dct:identifier': controller.id,
    'dpv:hasName': controller.name,
    'dpv:hasContact': controller.contact,
  }
}

function processing(facts: ReceiptFacts): object {
  return {
    '@type': 'dpv:Process',
    'dpv:hasLegalBasis': 'dpv:ExplicitlyExpressedConsent',
    'dpv:hasNotice': {
      '@type': 'dpv:ConsentNotice',
      'dct:identifier': facts.notice.id,
      'dct:hasVersion': String(facts.notice.version),
      'dct:language': facts.locale,
      'chiron:sha256': facts.notice.hash,
    },
    'dpv:hasPurpose': {
      '@type': 'dpv:Purpose',
      'dct:identifier': [...facts.consent.purposes].sort(compareStrings),
      'dct:description': texts(facts.purpose),
    },
    'dpv:hasPersonalData': [...facts.personalData]
      .sort(compareStrings)
      .map((words) => ({ '@type': 'dpv:PersonalData', 'dct:description': words })),
    'dpv:hasProcessing': ['dpv:Collect', 'dpv:Store', 'dpv:Use'],
    'dpv:hasRecipient': { '@type': 'dpv:Recipient', 'dct:description': texts(facts.recipients) },
    'dpv:hasStorageCondition': {
      '@type': 'dpv:StorageCondition',
      'dpv:hasDuration': { '@value': `P${facts.retentionDays}D`, '@type': 'xsd:duration' },
      'dpv:hasLocation': facts.storageLocation,
    },
    'dpv:hasJurisdiction': facts.jurisdiction,
    'dpv:hasConsentControl': { '@type': 'dpv:WithdrawConsent', 'dct:description': facts.withdrawal },
    'dpv:hasRight': 'dpv:DataSubjectRight',
  }
}

/** Given, and what became of it since, in order of time; the last one says until when it is valid. */
function events(workerId: string, controllerId: string, consent: Consent): object[] {
  const { state, givenMs, renewedMs, expiresMs, endedMs } = consent
  const all = [event('given', givenMs, workerId)]
  if (renewedMs !== null) all.push(event('renewed', renewedMs, workerId))
  if (expiresMs !== null) all[all.length - 1] = { ...all.at(-1), 'dct:valid': instant(expiresMs) }
  if (isEnded(state)) all.push(event(state, endedMs, state === 'withdrawn' ? workerId : controllerId))
  return all
}

function event(state: ConsentState, atMs: number | null, entityId: string): object {
  return {
    '@type': STATUS[state],
    ...(atMs === null ? {} : { 'dct:date': instant(atMs) }),
    'dpv:isIndicatedBy': entityId,
  }
}

function texts(words: Localized): object[] {
  const locales = Object.keys(words).sort(compareStrings)
  return locales.map((locale) => ({ '@value': words[locale], '@language': locale }))
}

function instant(ms: number): object {
  return { '@value': new Date(ms).toISOString(), '@type': 'xsd:dateTime' }
}
