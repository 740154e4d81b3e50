import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256, toHex } from '../kit/index.ts'
import {
  decodeEntryBundle,
  encodeEntryBundle,
  encodeTile,
  entriesPath,
  integrate,
  isTileOf,
  leafHash,
  nodeHash,
  parseTilePath,
  type Tile,
  tileHashes,
  tilePath,
  tilesGrown,
} from './index.ts'

test('LOG-6 the examples of tlog-tiles', () => {
  expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067')
  expect(tilePath({ level: 1, index: 0, width: 17 })).toBe('tile/1/000.p/17')
  expect(entriesPath({ index: 1234067, width: 8 })).toBe('tile/entries/x001/x234/067.p/8')
  expect(entriesPath({ index: 1000, width: 256 })).toBe('tile/entries/x001/000')

  const seventyThousand = tilesGrown(0, 70_000)
  const level = (wanted: number) => seventyThousand.filter((tile) => tile.level === wanted)
  expect(level(0).filter((tile) => tile.width === 256).length).toBe(273)
  expect(level(0).at(-1)).toEqual({ level: 0, index: 273, width: 112 })
  expect(level(1)).toEqual([
    { level: 1, index: 0, width: 256 },
    { level: 1, index: 1, width: 17 },
  ])
  expect(level(2)).toEqual([{ level: 2, index: 0, width: 1 }])
  expect(level(3)).toEqual([])
  expect(tilesGrown(0, 256)).toEqual([
    { level: 0, index: 0, width: 256 },
    { level: 1, index: 0, width: 1 },
  ])
})

test('LOG-6 a path reads back, and every other spelling is unknown', () => {
  const index = fc.oneof(fc.nat({ max: 2000 }), fc.nat(), fc.nat({ max: 2 ** 50 }))
  const width = fc.integer({ min: 1, max: 256 })
  fc.assert(
    fc.property(fc.nat({ max: 63 }), index, width, (level, index, width) => {
      expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ kind: 'tile', level, index, width })
      expect(parseTilePath(entriesPath({ index, width }))).toEqual({ kind: 'entries', index, width })
    }),
  )
  const wrong = [
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/000.p/0',
  ]
  wrong.push(
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/000\n',
    'tile/entries',
  )
  wrong.push(
    'tile/0/x999/x999/x999/x999/x999/999',
    `tile/0/${'x001/'.repeat(1000)}000`,
    'tile/-1/000',
    'tile/0/../000',
  )
  for (const path of wrong) expect([path, parseTilePath(path)]).toEqual([path, null])
})

test('LOG-6 the tiles of each step leave the newest tile of every place', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 700 }), { maxLength: 6 }), (steps) => {
      const published = new Map<string, Tile>()
      let size = 0
      for (const step of steps) {
        for (const tile of tilesGrown(size, size + step)) {
          published.set(`${tile.level}/${tile.index}`, tile)
          expect(isTileOf(tile, size + step)).toBe(true)
          expect(isTileOf(tile, size)).toBe(false)
        }
        size += step
      }
      const byPath = (tiles: Tile[]) => tiles.map(tilePath).sort()
      expect(byPath([...published.values()])).toEqual(byPath(tilesGrown(0, size)))
    }),
  )
})

test('LOG-6 from tiles alone anybody can rebuild the root', () => {
  const leafHashes = Array.from({ length: 700 }, (_, at) => leafHash(sha256(`entry ${at}`)))
  const { stored, root } = integrate({ size: 0, readHash: neverRead, leafHashes })
  const hashes = new Map(stored.map(({ level, index, hash }) => [`${level}/${index}`, hash]))
  const files = new Map(
    tilesGrown(0, 700).map((tile) => [
      tilePath(tile),
      encodeTile(tileHashes(tile).map(({ level, index }) => hashes.get(`${level}/${index}`)!)),
    ]),
  )
  expect([...files.keys()]).toEqual(['tile/0/000', 'tile/0/001', 'tile/0/002.p/188', 'tile/1/000.p/2'])

  const row = (path: string) => split(files.get(path)!)
  const full = ['tile/0/000', 'tile/0/001'].map((path) => foldUp(row(path)))
  expect(row('tile/1/000.p/2').map(toHex)).toEqual(full.map(toHex))
  const rebuilt = nodeHash(foldUp(full), foldUp(row('tile/0/002.p/188')))
  expect(toHex(rebuilt)).toBe(toHex(root))
})

test('LOG-6 entries come back from a bundle, and a cut bundle is none', () => {
  const entry = fc.uint8Array({ maxLength: 300 })
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 10 }), fc.nat(), (entries, cut) => {
      const bytes = encodeEntryBundle(entries)
      expect(decodeEntryBundle(bytes)).toEqual(entries)
      const shorter = decodeEntryBundle(bytes.slice(0, cut % bytes.length))
      if (shorter !== null) expect(shorter.length).toBeLessThan(entries.length)
    }),
  )
  expect(encodeEntryBundle([new Uint8Array([9]), new Uint8Array(0)])).toEqual(new Uint8Array([0, 1, 9, 0, 0]))
  expect(decodeEntryBundle(new Uint8Array([0, 2, 9]))).toBeNull()
  expect(decodeEntryBundle(new Uint8Array(2 * 257))).toBeNull()
  expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow('65,535')
})

function neverRead(): never {
  throw new Error('a first batch reads nothing')
}

function split(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: bytes.length / 32 }, (_, at) => bytes.slice(at * 32, at * 32 + 32))
}

function foldUp(row: Uint8Array[]): Uint8Array {
  if (row.length === 1) return row[0]!
  let width = 1
  while (width * 2 < row.length) width *= 2
  return nodeHash(foldUp(row.slice(0, width)), foldUp(row.slice(width)))
}
