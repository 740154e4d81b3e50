import { assert, type WorkspaceId } from '@chiron/core/kit'
import { encodeTlogProof, hashesNeeded, inclusionProof } from '@chiron/core/log'
import { type Ctx, inWorkspace, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { committedOf } from './entry-of-record.ts'
import { sealNow } from './seal.ts'
import { readEntries, readHashes, readRecord, readRecords, readTree } from './store.ts'

export interface RecordProof {
  /** C2SP tlog-proof: checks offline against the entry and the verifier key. */
  proofText: string
  /** The exact text that was hashed. */
  entry: string
  leafIndex: number
  verifierKey: string
}

/** Proves that a record the caller may see is in the log; one that waits to be sealed is sealed now. */
export async function proveRecord(ctx: Ctx, recordId: string): Promise<RecordProof> {
  const visible = found(await read(ctx, (tx) => readRecord(tx, recordId)), 'record')
  const inside = inWorkspace(ctx, visible.workspace_id as WorkspaceId)
  if (visible.leaf_index === null) await sealNow(inside)
  return read(inside, (tx) => proofIn(tx, inside, recordId))
}

async function proofIn(tx: Tx, ctx: Ctx, recordId: string): Promise<RecordProof> {
  const workspaceId = workspaceOf(ctx)
  const index = (await readRecord(tx, recordId))?.leaf_index ?? null
  const tree = await readTree(tx, workspaceId)
  assert(index !== null && tree !== undefined, 'the record was sealed')
  const { size, checkpoint, public_key } = tree
  const needed = hashesNeeded((readHash) => inclusionProof(index, size, readHash))
  const proof = inclusionProof(index, size, await readHashes(tx, workspaceId, needed))
  const [leaf] = await readEntries(tx, workspaceId, index, 1)
  assert(leaf !== undefined && leaf.leaf_index === index, 'a sealed record has an entry')
  const proofText = encodeTlogProof({ index, proof, checkpoint })
  return { proofText, entry: leaf.entry, leafIndex: index, verifierKey: public_key }
}

/** A record in the log with what opens its entry's commitment, for whoever may be told what it says. */
export interface OpenedProof extends RecordProof {
  checkpoint: string
  saltHex: string
  /** What the entry commits to. */
  committed: unknown
}

/** Proves several records of the caller's workspace against one checkpoint, in the order of the ids. */
export async function proveRecords(ctx: Ctx, recordIds: readonly string[]): Promise<OpenedProof[]> {
  await sealNow(ctx)
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const tree = await readTree(tx, workspaceId)
    assert(tree !== undefined, 'the log was begun by sealing')
    const records = new Map((await readRecords(tx, workspaceId, recordIds)).map((row) => [row.id, row]))
    const proofs: OpenedProof[] = []
    for (const id of recordIds) {
      const row = found(records.get(id), 'record')
      const proof = await proofIn(tx, ctx, id)
      proofs.push({ ...proof, checkpoint: tree.checkpoint, saltHex: row.salt, committed: committedOf(row) })
    }
    return proofs
  })
}
