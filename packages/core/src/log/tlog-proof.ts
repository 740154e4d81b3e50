import { assert, fromBase64, isBase64, toBase64 } from '../kit/index.ts'
import { type CheckpointFault, openCheckpoint, parseDecimal } from './checkpoint.ts'
import { HASH_BYTE_COUNT, isLogNumber, leafHash } from './merkle.ts'
import { verifyInclusion } from './verify-inclusion.ts'

const HEADER = 'c2sp.org/tlog-proof@v1'

/** A path in a tree of 2^63 entries has no more hashes. */
const MAX_PROOF_HASH_COUNT = 63

/** A receipt that can be checked offline for ever. `checkpoint` is the signed note, to the letter. */
export type TlogProof = {
  index: number
  proof: readonly Uint8Array[]
  checkpoint: string
  /** Anything else worth keeping beside the proof. Nobody vouches for it. */
  extra?: Uint8Array
}

export type TlogProofFault = CheckpointFault | 'proof-malformed' | 'not-in-log'

/** The text of a receipt (C2SP tlog-proof), kept in a file that ends in `.tlog-proof`. */
export function encodeTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  assert(isLogNumber(index), 'an entry has a whole index')
  assert(proof.length <= MAX_PROOF_HASH_COUNT, 'a proof has at most 63 hashes')
  assert(
    proof.every((hash) => hash.length === HASH_BYTE_COUNT),
    'a hash has 32 bytes',
  )
  const extraLines = extra === undefined ? [] : [`extra ${toBase64(extra)}`]
  return [HEADER, ...extraLines, `index ${index}`, ...proof.map(toBase64), '', checkpoint].join('\n')
}

/** Reads a receipt without believing it; null when it is not one. */
export function parseTlogProof(proofText: string): TlogProof | null {
  const split = proofText.indexOf('\n\n')
  if (split < 0) return null
  const [header, ...lines] = proofText.slice(0, split).split('\n')
  const extraText = lines[0]?.startsWith('extra ') ? lines.shift()!.slice('extra '.length) : null
  const [indexLine = '', ...hashLines] = lines
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : null
  const isWhole = header === HEADER && index !== null && hashLines.length <= MAX_PROOF_HASH_COUNT
  if (!isWhole || !hashLines.every(isBase64) || (extraText !== null && !isBase64(extraText))) return null
  const proof = hashLines.map(fromBase64)
  if (!proof.every((hash) => hash.length === HASH_BYTE_COUNT)) return null
  const checkpoint = proofText.slice(split + 2)
  return extraText === null
    ? { index, proof, checkpoint }
    : { index, proof, checkpoint, extra: fromBase64(extraText) }
}

/**
 * Whether the log with this key holds exactly these entry bytes, and where. Believes nothing but the
 * key: the leaf hash is made from the bytes, and `extra` is not looked at.
 */
export function verifyTlogProof(claim: {
  proofText: string
  entryBytes: Uint8Array
  verifierKey: string
}): { ok: true; index: number; size: number } | { ok: false; reason: TlogProofFault } {
  const parsed = parseTlogProof(claim.proofText)
  if (parsed === null) return { ok: false, reason: 'proof-malformed' }
  const opened = openCheckpoint(parsed.checkpoint, claim.verifierKey)
  if (!opened.ok) return opened
  const { size, root } = opened.checkpoint
  const { index, proof } = parsed
  const holds = verifyInclusion({ index, size, leafHash: leafHash(claim.entryBytes), root, proof })
  return holds ? { ok: true, index, size } : { ok: false, reason: 'not-in-log' }
}
