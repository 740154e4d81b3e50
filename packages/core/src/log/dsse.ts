import { ed25519 } from '@noble/curves/ed25519.js'
import { fromBase64, isBase64, jcs, toBase64, toHex, utf8 } from '../kit/index.ts'
import { type NoteSigner, parseVerifierKey, verifierKeyOf } from './signed-note.ts'

/** Larger envelopes are refused unread: a statement about a million files fits. */
const MAX_ENVELOPE_LENGTH = 500_000_000
const SIGNATURE_BYTE_COUNT = 64

export type DsseFault = 'key-malformed' | 'envelope-malformed' | 'signature-missing' | 'signature-wrong'

/** What is signed in a DSSE envelope (protocol.md, "Pre-Authentication Encoding"). */
function preAuthentication(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = utf8(`DSSEv1 ${utf8(payloadType).length} ${payloadType} ${payload.length} `)
  const bytes = new Uint8Array(head.length + payload.length)
  bytes.set(head)
  bytes.set(payload, head.length)
  return bytes
}

function keyIdText(verifierKey: string): string | null {
  const key = parseVerifierKey(verifierKey)
  return key === null ? null : `${key.name}+${toHex(key.keyId)}`
}

/** A DSSE envelope (Dead Simple Signing Envelope 1.0) with one Ed25519 signature, as canonical JSON and a newline. */
export function signDsse(payloadType: string, payload: Uint8Array, signer: NoteSigner): string {
  const signature = ed25519.sign(preAuthentication(payloadType, payload), signer.secretKey)
  const signatures = [{ keyid: keyIdText(verifierKeyOf(signer)), sig: toBase64(signature) }]
  return `${jcs({ payloadType, payload: toBase64(payload), signatures })}\n`
}

/**
 * The payload of an envelope, if the given key signed it. Only the spelling `signDsse` writes is taken, so
 * that no byte of it can change unseen.
 */
export function openDsse(
  envelopeText: string,
  verifierKey: string,
): { ok: true; payloadType: string; payload: Uint8Array } | { ok: false; reason: DsseFault } {
  const key = parseVerifierKey(verifierKey)
  if (key === null) return { ok: false, reason: 'key-malformed' }
  const envelope = parseDsse(envelopeText)
  if (envelope === null) return { ok: false, reason: 'envelope-malformed' }
  if (envelope.keyid !== keyIdText(verifierKey)) return { ok: false, reason: 'signature-missing' }
  const { payloadType, payload, signature } = envelope
  const signed = preAuthentication(payloadType, payload)
  const holds = ed25519.verify(signature, signed, key.publicKey, { zip215: false })
  return holds ? { ok: true, payloadType, payload } : { ok: false, reason: 'signature-wrong' }
}

/** An envelope as written, not yet believed. */
export type DsseEnvelope = { payloadType: string; payload: Uint8Array; keyid: string; signature: Uint8Array }

/** Reads an envelope without believing it; null when it is not one in our spelling. */
export function parseDsse(text: string): DsseEnvelope | null {
  if (text.length > MAX_ENVELOPE_LENGTH) return null
  const value = parseJson(text)
  const { payloadType, payload, signatures } = (value ?? {}) as Record<string, unknown>
  const [signature, ...others] = Array.isArray(signatures) ? signatures : []
  const { keyid, sig } = (signature ?? {}) as Record<string, unknown>
  if (others.length > 0 || typeof payloadType !== 'string' || typeof keyid !== 'string') return null
  if (typeof payload !== 'string' || typeof sig !== 'string' || !isBase64(payload) || !isBase64(sig))
    return null
  const exact = `${jcs({ payloadType, payload, signatures: [{ keyid, sig }] })}\n`
  if (exact !== text || fromBase64(sig).length !== SIGNATURE_BYTE_COUNT) return null
  return { payloadType, payload: fromBase64(payload), keyid, signature: fromBase64(sig) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // not JSON: not an envelope
  }
}
