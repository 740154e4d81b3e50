import { integrate, leafHash, openCheckpoint, type StoredHash } from '@chiron/core/log'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { entryOfRecord } from './entry-of-record.ts'
import { begin } from './read-status.ts'
import * as store from './store.ts'

const CHUNK_COUNT = 5000
const MAX_FAULTS = 100

interface Fault {
  recordId: string | null
  why: string
}

export interface Verdict {
  holds: boolean
  checkedCount: number
  rootHex: string
  faults: Fault[]
}

/** Recomputes the whole tree from the records as they are now and compares it with what was signed. */
export async function verifyLog(ctx: Ctx): Promise<Verdict> {
  may(ctx, 'log.read')
  await begin(ctx)
  return read(ctx, async (tx) => {
    const tree = found(await store.readTree(tx, workspaceOf(ctx)), 'log')
    const faults: Fault[] = []
    const leafHashes = await recomputeLeaves(tx, tree, faults)
    const { root, stored } = integrate({ size: 0, readHash: neverRead, leafHashes })
    const rootHex = hex(root)
    if (leafHashes.length === tree.size) await compareNodes(tx, tree, stored, faults)
    compareSigned(tree, rootHex, faults)
    return {
      holds: faults.length === 0,
      checkedCount: leafHashes.length,
      rootHex,
      faults: faults.slice(0, MAX_FAULTS),
    }
  })
}

/** Hashes of what the records say today, one for each place in the log. */
async function recomputeLeaves(tx: Tx, tree: store.TreeRow, faults: Fault[]): Promise<Uint8Array[]> {
  const hashes: Uint8Array[] = []
  for (let first = 0; first < tree.size; first += CHUNK_COUNT) {
    const limit = Math.min(CHUNK_COUNT, tree.size - first)
    const entries = await store.readEntries(tx, tree.workspace_id, first, limit)
    const records = await store.sealedRecords(tx, tree.workspace_id, first, limit)
    const entryAt = new Map(entries.map(({ leaf_index, entry }) => [leaf_index, entry]))
    const recordAt = new Map(records.map((record) => [record.leaf_index, record]))
    for (let index = first; index < first + limit; index += 1) {
      hashes.push(checkLeaf({ index, entry: entryAt.get(index), record: recordAt.get(index) }, faults))
    }
  }
  return hashes
}

interface Leaf {
  index: number
  entry: string | undefined
  record: store.RecordRow | undefined
}

function checkLeaf({ index, entry, record }: Leaf, faults: Fault[]): Uint8Array {
  const recordId = record?.id ?? null
  if (!record) {
    faults.push({
      recordId,
      why: `The record at place ${index} is missing: it was deleted after it was sealed.`,
    })
    return leafHash(Buffer.from(entry ?? ''))
  }
  const bytes = entryOfRecord(record)
  if (entry === undefined) faults.push({ recordId, why: `The sealed entry at place ${index} is missing.` })
  else if (entry !== Buffer.from(bytes).toString('utf8'))
    faults.push({
      recordId,
      why: 'This record is not what was sealed: it, or its entry, was changed afterwards.',
    })
  return leafHash(bytes)
}

/** Stored hashes are what proofs are made of. */
async function compareNodes(
  tx: Tx,
  tree: store.TreeRow,
  expected: readonly StoredHash[],
  faults: Fault[],
): Promise<void> {
  const byLevel = Map.groupBy(expected, ({ level }) => level)
  for (const [level, hashes] of byLevel) {
    for (let first = 0; first < hashes.length; first += CHUNK_COUNT) {
      const chunk = hashes.slice(first, first + CHUNK_COUNT)
      const rows = await store.readNodes(tx, {
        workspaceId: tree.workspace_id,
        level,
        first,
        limit: chunk.length,
      })
      const kept = new Map(rows.map(({ index, hash }) => [index, hex(hash)]))
      for (const { index, hash } of chunk) {
        if (kept.get(index) === hex(hash)) continue
        faults.push({
          recordId: null,
          why: `The stored hash at level ${level}, place ${index} is wrong or missing.`,
        })
      }
    }
  }
}

function compareSigned(tree: store.TreeRow, rootHex: string, faults: Fault[]): void {
  const opened = openCheckpoint(tree.checkpoint, tree.public_key)
  if (!opened.ok) {
    faults.push({ recordId: null, why: `The signature of the log does not hold (${opened.reason}).` })
    return
  }
  const { size, root } = opened.checkpoint
  if (size !== tree.size)
    faults.push({
      recordId: null,
      why: `The log was signed with ${size} records, but ${tree.size} are claimed.`,
    })
  if (hex(root) !== rootHex)
    faults.push({ recordId: null, why: 'The records do not give the root that was signed.' })
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function neverRead(): never {
  throw new Error('a tree that is built from its first leaf reads nothing')
}
