export type { Checkpoint, CheckpointFault } from './checkpoint.ts'
export { checkpointBody, openCheckpoint, parseCheckpointBody, signCheckpoint } from './checkpoint.ts'
export { consistencyProof } from './consistency-proof.ts'
export type { DsseEnvelope, DsseFault } from './dsse.ts'
export { openDsse, parseDsse, signDsse } from './dsse.ts'
export { hashesNeeded } from './hashes-needed.ts'
export { inclusionProof } from './inclusion-proof.ts'
export type { Grown, Growth, StoredHash } from './integrate.ts'
export { integrate } from './integrate.ts'
export type { LogEntry } from './log-entry.ts'
export { logEntry, saltedCommitment } from './log-entry.ts'
export type { HashAddress, ReadHash } from './merkle.ts'
export { emptyRoot, leafHash, MAX_LOG_SIZE, nodeHash, treeRoot } from './merkle.ts'
export type { NoteFault, NoteSigner, VerifierKey } from './signed-note.ts'
export { openNote, parseVerifierKey, signNote, verifierKeyOf, verifierKeyText } from './signed-note.ts'
export type { EntryBundle, Tile } from './tiles.ts'
export {
  decodeEntryBundle,
  encodeEntryBundle,
  encodeTile,
  entriesPath,
  isTileOf,
  MAX_ENTRY_BYTE_COUNT,
  parseTilePath,
  TILE_WIDTH,
  tileHashes,
  tilePath,
  tilesGrown,
} from './tiles.ts'
export type { TlogProof, TlogProofFault } from './tlog-proof.ts'
export { encodeTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.ts'
export type { ConsistencyClaim } from './verify-consistency.ts'
export { verifyConsistency } from './verify-consistency.ts'
export type { InclusionClaim } from './verify-inclusion.ts'
export { verifyInclusion } from './verify-inclusion.ts'
