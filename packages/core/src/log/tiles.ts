import { assert } from '../kit/index.ts'
import { HASH_BYTE_COUNT, type HashAddress, isLogNumber } from './merkle.ts'

/** Hashes in a full tile, entries in a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
const MAX_TILE_LEVEL = 63

/** The length of an entry is written in 16 bits (C2SP tlog-tiles). */
export const MAX_ENTRY_BYTE_COUNT = 65_535

/** One static file of hashes: `width` of them, 256 when the tile is full. */
export type Tile = { level: number; index: number; width: number }

/** One static file of entries: `width` of them, 256 when the bundle is full. */
export type EntryBundle = { index: number; width: number }

function indexPath(index: number): string {
  const parts: string[] = []
  let left = index
  do {
    const part = String(left % 1000).padStart(3, '0')
    parts.unshift(parts.length === 0 ? part : `x${part}`)
    left = Math.floor(left / 1000)
  } while (left > 0)
  return parts.join('/')
}

function numbered({ index, width }: EntryBundle): string {
  assert(isLogNumber(index), 'a tile has a whole index')
  assert(Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH, 'a tile holds 1 to 256 items')
  return indexPath(index) + (width === TILE_WIDTH ? '' : `.p/${width}`)
}

/** `tile/<level>/<index>[.p/<width>]`, for example `tile/0/x001/x234/067.p/8`. */
export function tilePath(tile: Tile): string {
  assert(
    Number.isInteger(tile.level) && tile.level >= 0 && tile.level <= MAX_TILE_LEVEL,
    'tile level 0 to 63',
  )
  return `tile/${tile.level}/${numbered(tile)}`
}

/** `tile/entries/<index>[.p/<width>]`. */
export function entriesPath(bundle: EntryBundle): string {
  return `tile/entries/${numbered(bundle)}`
}

const PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/
const MAX_PATH_LENGTH = 64

/** What a path of the static layout names, or null. Each file has exactly one path. */
export function parseTilePath(
  path: string,
): ({ kind: 'tile' } & Tile) | ({ kind: 'entries' } & EntryBundle) | null {
  const parts = path.length > MAX_PATH_LENGTH ? null : PATH.exec(path)
  if (parts === null) return null
  const index = Number(parts[2]!.replace(/[x/]/g, ''))
  const width = parts[3] === undefined ? TILE_WIDTH : Number(parts[3])
  const level = parts[1] === 'entries' ? 0 : Number(parts[1])
  if (!isLogNumber(index) || width < 1 || width > TILE_WIDTH || level > MAX_TILE_LEVEL) return null
  const isEntries = parts[1] === 'entries'
  const canonical = isEntries ? entriesPath({ index, width }) : tilePath({ level, index, width })
  if (canonical !== path) return null
  return isEntries ? { kind: 'entries', index, width } : { kind: 'tile', level, index, width }
}

/**
 * The tiles to publish when a log grows from `oldSize` to `newSize`: each that is new or wider than
 * before, by level and index. Bundles of entries are those of level 0.
 */
export function tilesGrown(oldSize: number, newSize: number): Tile[] {
  assert(isLogNumber(oldSize) && isLogNumber(newSize) && oldSize <= newSize, 'a log only grows')
  const tiles: Tile[] = []
  for (let level = 0, span = 1; span <= newSize; level++, span *= TILE_WIDTH) {
    const oldCount = Math.floor(oldSize / span)
    const newCount = Math.floor(newSize / span)
    if (newCount === oldCount) continue
    for (let index = Math.floor(oldCount / TILE_WIDTH); index * TILE_WIDTH < newCount; index++)
      tiles.push({ level, index, width: Math.min(TILE_WIDTH, newCount - index * TILE_WIDTH) })
  }
  return tiles
}

/** Whether a log of `size` entries has this tile: full, or partial at the log's right edge of that time. */
export function isTileOf(tile: Tile, size: number): boolean {
  return tile.index * TILE_WIDTH + tile.width <= Math.floor(size / TILE_WIDTH ** tile.level)
}

/** Where the hashes of a tile are stored, in order: every eighth level of the tree. */
export function tileHashes(tile: Tile): HashAddress[] {
  const first = tile.index * TILE_WIDTH
  return Array.from({ length: tile.width }, (_, at) => ({
    level: tile.level * TILE_HEIGHT,
    index: first + at,
  }))
}

/** The bytes of a tile: its hashes one after the other. */
export function encodeTile(hashes: readonly Uint8Array[]): Uint8Array {
  assert(hashes.length >= 1 && hashes.length <= TILE_WIDTH, 'a tile holds 1 to 256 hashes')
  const bytes = new Uint8Array(hashes.length * HASH_BYTE_COUNT)
  hashes.forEach((hash, at) => {
    assert(hash.length === HASH_BYTE_COUNT, 'a hash has 32 bytes')
    bytes.set(hash, at * HASH_BYTE_COUNT)
  })
  return bytes
}

/** The bytes of a bundle: each entry after its length as two big-endian bytes. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  assert(entries.length >= 1 && entries.length <= TILE_WIDTH, 'a bundle holds 1 to 256 entries')
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const entry of entries) {
    assert(entry.length <= MAX_ENTRY_BYTE_COUNT, 'an entry has at most 65,535 bytes')
    view.setUint16(at, entry.length)
    bytes.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bytes
}

/** The entries of a bundle in order, or null when its bytes do not add up. */
export function decodeEntryBundle(bytes: Uint8Array): Uint8Array[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    if (entries.length === TILE_WIDTH || at + 2 > bytes.length) return null
    const end = at + 2 + view.getUint16(at)
    if (end > bytes.length) return null
    entries.push(bytes.slice(at + 2, end))
    at = end
  }
  return entries
}
