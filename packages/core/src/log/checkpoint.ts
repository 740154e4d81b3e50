import { assert, fromBase64, isBase64, toBase64 } from '../kit/index.ts'
import { HASH_BYTE_COUNT, isLogNumber } from './merkle.ts'
import { type NoteFault, openNote, parseVerifierKey, signNote } from './signed-note.ts'

/** The state of a log that its keeper stands by. `origin` names the log, without space or newline. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array }

export type CheckpointFault = NoteFault | 'checkpoint-malformed' | 'origin-wrong'

/** The three lines that are signed: origin, size, root in base64 (C2SP tlog-checkpoint). */
export function checkpointBody({ origin, size, root }: Checkpoint): string {
  assert(origin.length > 0 && !origin.includes('\n'), 'an origin is one line')
  assert(isLogNumber(size), 'the size of a log is a whole number below its limit')
  assert(root.length === HASH_BYTE_COUNT, 'a root has 32 bytes')
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** Reads a checkpoint body; null when it is not one. Extension lines may follow and are not used. */
export function parseCheckpointBody(body: string): Checkpoint | null {
  const [origin = '', sizeText = '', rootText = '', ...rest] = body.split('\n')
  const isEnded = rest.pop() === '' && rest.every((line) => line !== '')
  if (!isEnded || origin === '') return null
  const size = parseDecimal(sizeText)
  if (size === null || !isBase64(rootText)) return null
  const root = fromBase64(rootText)
  return root.length === HASH_BYTE_COUNT ? { origin, size, root } : null
}

/** A whole number written without leading zeros and within the limit of a log, or null. */
export function parseDecimal(text: string): number | null {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : null
  return value !== null && isLogNumber(value) ? value : null
}

/** A signed checkpoint: the note a log publishes. The key's name is the log's origin. */
export function signCheckpoint(checkpoint: Checkpoint, secretKey: Uint8Array): string {
  return signNote(checkpointBody(checkpoint), { name: checkpoint.origin, secretKey })
}

/** Reads a signed checkpoint that the given key must have signed, and whose origin must be the key's name. */
export function openCheckpoint(
  note: string,
  verifierKey: string,
): { ok: true; checkpoint: Checkpoint } | { ok: false; reason: CheckpointFault } {
  const opened = openNote(note, verifierKey)
  if (!opened.ok) return opened
  const checkpoint = parseCheckpointBody(opened.text)
  if (checkpoint === null) return { ok: false, reason: 'checkpoint-malformed' }
  if (checkpoint.origin !== parseVerifierKey(verifierKey)?.name) return { ok: false, reason: 'origin-wrong' }
  return { ok: true, checkpoint }
}
