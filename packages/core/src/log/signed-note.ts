import { ed25519 } from '@noble/curves/ed25519.js'
import { assert, fromBase64, isBase64, sha256, toBase64, toHex, utf8 } from '../kit/index.ts'
import { sameBytes } from './merkle.ts'

/** Longer notes are refused unread; sixteen signatures of any kind fit many times over. */
const MAX_NOTE_LENGTH = 1_000_000
const MAX_SIGNATURE_COUNT = 100
const ED25519 = 0x01
const KEY_ID_BYTE_COUNT = 4
const PUBLIC_KEY_BYTE_COUNT = 32

/** The public half of a log's key, with the name it signs under. */
export type VerifierKey = { name: string; keyId: Uint8Array; publicKey: Uint8Array }

/** A note is text signed by named keys (C2SP signed-note). `text` ends with a newline. */
export type NoteSigner = { name: string; secretKey: Uint8Array }

export type NoteFault = 'key-malformed' | 'note-malformed' | 'signature-missing' | 'signature-wrong'

/** A name may hold neither a plus nor any space, so that it can stand inside a line. */
function isKeyName(name: string): boolean {
  return name.length > 0 && !/[\p{White_Space}\p{Cc}\p{Surrogate}+]/u.test(name)
}

function keyIdOf(name: string, typedKey: Uint8Array): Uint8Array {
  const label = utf8(`${name}\n`)
  const input = new Uint8Array(label.length + typedKey.length)
  input.set(label)
  input.set(typedKey, label.length)
  return sha256(input).slice(0, KEY_ID_BYTE_COUNT)
}

function typed(publicKey: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + publicKey.length)
  bytes[0] = ED25519
  bytes.set(publicKey, 1)
  return bytes
}

/** The text by which a key is handed out and pinned: `name+keyid+base64(0x01 ‖ public key)`. */
export function verifierKeyText(name: string, publicKey: Uint8Array): string {
  assert(isKeyName(name), 'a key name has no space and no plus')
  assert(publicKey.length === PUBLIC_KEY_BYTE_COUNT, 'an Ed25519 public key has 32 bytes')
  const typedKey = typed(publicKey)
  return `${name}+${toHex(keyIdOf(name, typedKey))}+${toBase64(typedKey)}`
}

/** The verifier key of a signer, as `verifierKeyText`. */
export function verifierKeyOf({ name, secretKey }: NoteSigner): string {
  return verifierKeyText(name, ed25519.getPublicKey(secretKey))
}

/** Reads a verifier key; null when it is not an Ed25519 key or its id does not belong to it. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const [name = '', keyIdHex = '', ...rest] = text.split('+')
  const encoded = rest.join('+') // standard base64 may hold a plus itself
  if (!isKeyName(name) || !isBase64(encoded)) return null
  const typedKey = fromBase64(encoded)
  if (typedKey.length !== 1 + PUBLIC_KEY_BYTE_COUNT || typedKey[0] !== ED25519) return null
  const keyId = keyIdOf(name, typedKey)
  return toHex(keyId) === keyIdHex ? { name, keyId, publicKey: typedKey.slice(1) } : null
}

function isNoteText(text: string): boolean {
  const isWellFormed = !/\p{Surrogate}/u.test(text)
  return text.endsWith('\n') && isWellFormed && [...text].every((letter) => letter === '\n' || letter >= ' ')
}

/** Signs a text with Ed25519 and returns the whole note. The text ends with a newline. */
export function signNote(text: string, signer: NoteSigner): string {
  assert(isNoteText(text), 'a note is plain lines, each ended by a newline')
  assert(isKeyName(signer.name), 'a key name has no space and no plus')
  const publicKey = ed25519.getPublicKey(signer.secretKey)
  const signature = ed25519.sign(utf8(text), signer.secretKey)
  const signed = new Uint8Array(KEY_ID_BYTE_COUNT + signature.length)
  signed.set(keyIdOf(signer.name, typed(publicKey)))
  signed.set(signature, KEY_ID_BYTE_COUNT)
  return `${text}\n— ${signer.name} ${toBase64(signed)}\n`
}

/** Splits a note at its last empty line; null when the parts are not a text and signature lines. */
function parseNote(
  note: string,
): { text: string; signatures: { name: string; signed: Uint8Array }[] } | null {
  const split = note.lastIndexOf('\n\n')
  if (note.length > MAX_NOTE_LENGTH || split < 0 || !isNoteText(note)) return null
  const lines = note.slice(split + 2).split('\n')
  lines.pop() // the note ends with a newline
  if (lines.length === 0 || lines.length > MAX_SIGNATURE_COUNT) return null
  const signatures: { name: string; signed: Uint8Array }[] = []
  for (const line of lines) {
    const [dash, name = '', encoded = '', ...rest] = line.split(' ')
    if (dash !== '—' || rest.length > 0 || !isKeyName(name) || !isBase64(encoded)) return null
    const signed = fromBase64(encoded)
    if (signed.length <= KEY_ID_BYTE_COUNT) return null
    signatures.push({ name, signed })
  }
  return { text: note.slice(0, split + 1), signatures }
}

/**
 * The text of a note, if the given key signed it. Signatures of other keys are ignored, as the format
 * asks; one that claims this key and fails spoils the note.
 */
export function openNote(
  note: string,
  verifierKey: string,
): { ok: true; text: string } | { ok: false; reason: NoteFault } {
  const key = parseVerifierKey(verifierKey)
  if (key === null) return { ok: false, reason: 'key-malformed' }
  const parsed = parseNote(note)
  if (parsed === null) return { ok: false, reason: 'note-malformed' }
  const claimed = parsed.signatures.filter(
    ({ name, signed }) => name === key.name && sameBytes(signed.subarray(0, KEY_ID_BYTE_COUNT), key.keyId),
  )
  if (claimed.length === 0) return { ok: false, reason: 'signature-missing' }
  const text = utf8(parsed.text)
  const holds = claimed.every(({ signed }) =>
    isSignature(signed.subarray(KEY_ID_BYTE_COUNT), text, key.publicKey),
  )
  return holds ? { ok: true, text: parsed.text } : { ok: false, reason: 'signature-wrong' }
}

/** RFC 8032's own check rather than the laxer ZIP 215, so that every verifier gives the same verdict. */
function isSignature(signature: Uint8Array, text: Uint8Array, publicKey: Uint8Array): boolean {
  return signature.length === 64 && ed25519.verify(signature, text, publicKey, { zip215: false })
}
