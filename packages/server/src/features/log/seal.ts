import { assert, type WorkspaceId } from '@chiron/core/kit'
import { emptyRoot, hashesNeeded, integrate, leafHash, signCheckpoint, verifierKeyOf } from '@chiron/core/log'
import { type Ctx, type Deps, systemCtx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { type Tx, tidy } from '../../platform/tx.ts'
import { readWorkspace } from '../account/index.ts'
import { entryOfRecord } from './entry-of-record.ts'
import * as store from './store.ts'

const BATCH_COUNT = 2000
const MAX_BATCHES = 500
const KEY_BYTES = 32

/** Seals what every workspace has written since the last time; one that fails does not keep the others waiting. */
export async function sealAll(deps: Deps): Promise<void> {
  const workspaceIds = await store.workspacesToSeal(deps.db)
  const failures: unknown[] = []
  for (const workspaceId of workspaceIds) {
    const ctx = systemCtx(deps, 'log.seal', workspaceId as WorkspaceId)
    await sealNow(ctx).catch((cause: unknown) => failures.push(cause))
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} logs could not be sealed`)
}

/** Integrates every record of the caller's workspace into its log and signs the new state. */
export async function sealNow(ctx: Ctx): Promise<void> {
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const sealedCount = await tidy(ctx, (tx) => sealBatch(tx, ctx))
    if (sealedCount < BATCH_COUNT) return
  }
}

async function sealBatch(tx: Tx, ctx: Ctx): Promise<number> {
  const { deps } = ctx
  const workspaceId = workspaceOf(ctx)
  const tree = await treeOf(tx, ctx)
  const rows = await store.unsealedRecords(tx, workspaceId, BATCH_COUNT)
  if (rows.length === 0) return 0
  const entries = rows.map(entryOfRecord)
  const leafHashes = entries.map(leafHash)
  const { size } = tree
  const needed = hashesNeeded((readHash) => integrate({ size, readHash, leafHashes }))
  const readHash = await store.readHashes(tx, workspaceId, needed)
  const grown = integrate({ size, readHash, leafHashes })
  const leaves = rows.map((row, at) => ({
    recordId: row.id,
    leafIndex: size + at,
    entry: Buffer.from(entries[at] as Uint8Array).toString('utf8'),
  }))
  await store.insertLeaves(tx, workspaceId, leaves)
  await store.insertNodes(tx, workspaceId, grown.stored)
  const secretKey = deps.secrets.unwrap(tree.secret_wrapped)
  await store.updateTree(tx, workspaceId, {
    size: grown.size,
    root: Buffer.from(grown.root).toString('hex'),
    checkpoint: signCheckpoint({ origin: tree.name, size: grown.size, root: grown.root }, secretKey),
    sealed_at: deps.clock.now(),
  })
  return rows.length
}

/** The log of the workspace, held by us until the transaction ends. It begins, with a key of its own, when first sealed. */
async function treeOf(tx: Tx, ctx: Ctx): Promise<store.TreeRow> {
  const { deps } = ctx
  const workspaceId = workspaceOf(ctx)
  const before = await store.lockTree(tx, workspaceId)
  if (before) return before
  const { slug } = found(await readWorkspace(tx, workspaceId), 'workspace')
  const name = logName(deps, workspaceId, slug)
  const secretKey = new Uint8Array(deps.clock.randomBytes(KEY_BYTES))
  await store.insertTree(tx, {
    workspace_id: workspaceId,
    name,
    public_key: verifierKeyOf({ name, secretKey }),
    secret_wrapped: deps.secrets.wrap(secretKey),
    root: Buffer.from(emptyRoot).toString('hex'),
    checkpoint: signCheckpoint({ origin: name, size: 0, root: emptyRoot }, secretKey),
  })
  const tree = await store.lockTree(tx, workspaceId)
  assert(tree !== undefined, 'the log was just begun')
  return tree
}

/** A log's name is for ever and one in the world: the server's public address, else the workspace's random id, is in it. */
function logName({ config }: Deps, workspaceId: string, slug: string): string {
  const place = config.publicUrl ? new URL(config.publicUrl).host : `localhost/${workspaceId}`
  return `${place}/log/${slug}`
}
