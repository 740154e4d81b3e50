import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readAll, type WriteFolder } from '../io.ts'
import { memoryFolder } from '../web/index.ts'
import { openWriteFolder, readFolder } from './index.ts'

let work = ''
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'chiron-folders-'))
})
afterAll(() => rm(work, { recursive: true, force: true }))

const kinds: [string, () => Promise<WriteFolder>][] = [
  ['disk', () => openWriteFolder(join(work, 'seam'))],
  ['memory', async () => memoryFolder()],
]

test.each(kinds)(
  'a folder on %s lists, reads and hashes what was written, sorted, and nothing else',
  async (_, open) => {
    const folder = await open()
    await folder.write('b/two.bin', new Uint8Array([1, 2, 3]))
    await folder.write('a.txt', new TextEncoder().encode('abc'))
    const reading = folder.reading()
    expect(await reading.list()).toEqual([
      { path: 'a.txt', sizeBytes: 3 },
      { path: 'b/two.bin', sizeBytes: 3 },
    ])
    const source = await reading.open('b/two.bin')
    expect([...(await readAll(source!))]).toEqual([1, 2, 3])
    expect([...(await source!.read(1, 2))]).toEqual([2])
    expect(await reading.sha256('a.txt')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
    for (const path of ['c', 'b', 'a.txt/x', '../seam/a.txt', '/etc/hostname']) {
      expect(await reading.open(path), path).toBeUndefined()
      expect(await reading.sha256(path), path).toBeUndefined()
    }
    await expect(folder.write('a.txt', new Uint8Array(1))).rejects.toThrow()
    await folder.abandon()
  },
)

test('LER-6 nothing is seen before the commit, all of it after', async () => {
  const target = join(work, 'release')
  const folder = await openWriteFolder(target)
  await folder.write('meta/info.json', new Uint8Array([1]))
  await expect(readdir(target)).rejects.toMatchObject({ code: 'ENOENT' })
  await folder.commit()
  expect(await readFolder(target).list()).toEqual([{ path: 'meta/info.json', sizeBytes: 1 }])
  expect((await readdir(work)).filter((name) => name.includes('partial'))).toEqual([])
})

test('LER-6 what a dead process left is removed, what a living one writes is not', async () => {
  const dead = join(work, '.left.partial-999999999')
  const living = join(work, `.left.partial-${process.ppid}`)
  const foreign = join(work, '.other.partial-999999999')
  for (const folder of [dead, living, foreign]) {
    await mkdir(folder)
    await writeFile(join(folder, 'half.parquet'), 'PAR1')
  }
  const folder = await openWriteFolder(join(work, 'left'))
  const names = await readdir(work)
  expect(names).not.toContain('.left.partial-999999999')
  expect(names).toContain(`.left.partial-${process.ppid}`)
  expect(names).toContain('.other.partial-999999999')
  await folder.abandon()
  expect(await readdir(work)).not.toContain(`.left.partial-${process.pid}`)
})

test('LER-6 nothing is written over, not even when it appears meanwhile', async () => {
  const target = join(work, 'taken')
  await mkdir(target)
  const folder = await openWriteFolder(target) // an empty folder may be filled
  await writeFile(join(target, 'precious.txt'), 'x')
  await folder.write('a', new Uint8Array(1))
  await expect(folder.commit()).rejects.toMatchObject({ code: 'folder-exists' })
  await folder.abandon()
  await expect(openWriteFolder(target)).rejects.toMatchObject({ code: 'folder-exists' })
  await expect(openWriteFolder(join(target, 'precious.txt'))).rejects.toMatchObject({ code: 'folder-exists' })
})

test('a symbolic link is not followed out of the folder', async () => {
  const target = join(work, 'linked')
  await mkdir(target)
  await writeFile(join(work, 'secret'), 's')
  await symlink(join(work, 'secret'), join(target, 'link'))
  const folder = readFolder(target)
  expect(await folder.list()).toEqual([{ path: 'link', sizeBytes: 0 }])
  expect(await folder.open('link')).toBeUndefined()
})
