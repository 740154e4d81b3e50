import { type DsseEnvelope, openDsse, parseDsse, parseVerifierKey } from '@chiron/core/log'
import type { ReadFolder } from '../io.ts'
import { broken, type Check } from './check.ts'
import { PATHS, PAYLOAD_TYPE, PREDICATE_TYPE, STATEMENT_TYPE, type Statement } from './manifest.ts'
import { readText } from './read-json.ts'

/** The statement as written (believed only if every check holds) and what was found about its signature. */
export type SignatureFinding = { statement?: Statement; checks: Check[]; trust: string }

const WHY = {
  'key-malformed': 'the key is damaged',
  'envelope-malformed': 'the attestation is damaged',
  'signature-missing': 'it was signed by another key',
  'signature-wrong': 'the signature does not fit what it signs',
} as const

/** Checks the attestation under `pinnedKey`, or, when there is none, under the key that lies in the release. */
export async function checkSignature(folder: ReadFolder, pinnedKey?: string): Promise<SignatureFinding> {
  const key = pinnedKey ?? (await readText(folder, PATHS.releaseKey).catch(() => '')).replace(/\n$/, '')
  const trust = trustWords(key, pinnedKey !== undefined)
  const text = await readText(folder, PATHS.attestation).catch(() => undefined)
  if (text === undefined) {
    const what = `${PATHS.attestation} is missing or unreadable: nothing vouches for this release.`
    return { trust, checks: [broken('signature', what, PATHS.attestation)] }
  }
  const envelope = parseDsse(text)
  const statement = envelope === null ? undefined : statementOf(envelope)
  const opened = openDsse(text, key)
  if (!opened.ok) {
    const file = opened.reason === 'key-malformed' ? PATHS.releaseKey : PATHS.attestation
    const what = `The signature does not hold: ${WHY[opened.reason]}.`
    return { ...(statement ? { statement } : {}), trust, checks: [broken('signature', what, file)] }
  }
  if (statement === undefined) {
    const what = 'What is signed is not a statement about a release.'
    return { trust, checks: [broken('signature', what, PATHS.attestation)] }
  }
  return { statement, trust, checks: [{ id: 'signature', holds: true, what: `Signed by ${nameOf(key)}.` }] }
}

function nameOf(key: string): string {
  return key.split('+').slice(0, 2).join('+')
}

function trustWords(key: string, isPinned: boolean): string {
  if (isPinned) return `Trusted: the key you gave, ${nameOf(key)}.`
  if (parseVerifierKey(key) === null) return 'Trusted: nothing, the release holds no readable key.'
  return (
    `Trusted: the key inside the release, ${nameOf(key)}. This shows that nothing changed since it was signed, ` +
    'not who signed it. Get the key from the team by another way and give it with --release-key.'
  )
}

function statementOf(envelope: DsseEnvelope): Statement | undefined {
  if (envelope.payloadType !== PAYLOAD_TYPE) return undefined
  try {
    const statement = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(envelope.payload),
    ) as Statement
    const isOurs = statement._type === STATEMENT_TYPE && statement.predicateType === PREDICATE_TYPE
    const isWhole = statement.subject.every(
      ({ name, digest }) => `${typeof name} ${typeof digest.sha256}` === 'string string',
    )
    return isOurs && isWhole ? statement : undefined
  } catch {
    return undefined // not JSON, or not of this shape
  }
}
