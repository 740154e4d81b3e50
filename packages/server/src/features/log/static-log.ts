import {
  encodeEntryBundle,
  encodeTile,
  isTileOf,
  parseTilePath,
  TILE_WIDTH,
  type Tile,
  tileHashes,
} from '@chiron/core/log'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { readWorkspace } from '../account/index.ts'
import { readEntries, readHashes, readTree } from './store.ts'

/** The signed state of the log (C2SP tlog-tiles: `<prefix>/checkpoint`). */
export function readCheckpoint(ctx: Ctx, slug: string): Promise<string> {
  return read(ctx, async (tx) => (await treeAt(tx, ctx, slug)).checkpoint)
}

/** The bytes of a tile of hashes or a bundle of entries (C2SP tlog-tiles: `<prefix>/tile/…`). */
export function readTile(ctx: Ctx, slug: string, path: string): Promise<Uint8Array> {
  return read(ctx, async (tx) => {
    const tree = await treeAt(tx, ctx, slug)
    const named = parseTilePath(path)
    if (!named) return refuse('not-found', `No tile of a log has the path ${path}.`)
    const tile: Tile = {
      level: named.kind === 'tile' ? named.level : 0,
      index: named.index,
      width: named.width,
    }
    if (!isTileOf(tile, tree.size)) return refuse('not-found', 'The log has not grown to this tile yet.')
    if (named.kind === 'entries') {
      const rows = await readEntries(tx, tree.workspace_id, tile.index * TILE_WIDTH, tile.width)
      return encodeEntryBundle(rows.map(({ entry }) => Buffer.from(entry)))
    }
    const addresses = tileHashes(tile)
    const readHash = await readHashes(tx, tree.workspace_id, addresses)
    return encodeTile(addresses.map(({ level, index }) => readHash(level, index)))
  })
}

async function treeAt(tx: Tx, ctx: Ctx, slug: string) {
  const workspaceId = workspaceOf(ctx)
  const workspace = await readWorkspace(tx, workspaceId)
  if (workspace?.slug !== slug) return refuse('not-found', 'There is no such log here.')
  return found(await readTree(tx, workspaceId), 'log yet')
}
