import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, posix, resolve, sep } from 'node:path'
import { assert, compareStrings, Refusal } from '@chiron/core/kit'
import type { FolderEntry, ReadFolder, WriteFolder } from '../io.ts'
import { fileSource } from './file-source.ts'

const writing = new Set<string>()

/** A folder on disk to read. Symbolic links are not followed: a release has none. */
export function readFolder(folder: string): ReadFolder {
  return {
    list: async () => (await filesBelow(folder, '')).sort((a, b) => compareStrings(a.path, b.path)),
    open: async (path) => {
      const full = await fileInside(folder, path)
      return full === undefined ? undefined : fileSource(full)
    },
    sha256: async (path) => {
      const full = await fileInside(folder, path)
      return full === undefined ? undefined : sha256OfFile(full)
    },
  }
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece)
  return hash.digest('hex')
}

async function filesBelow(folder: string, prefix: string): Promise<FolderEntry[]> {
  const found: FolderEntry[] = []
  for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
    const path = posix.join(prefix, entry.name)
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, path)))
    else if (entry.isFile()) found.push({ path, sizeBytes: (await stat(join(folder, path))).size })
    else found.push({ path, sizeBytes: 0 })
  }
  return found
}

async function fileInside(folder: string, path: string): Promise<string | undefined> {
  const full = resolve(folder, path)
  if (!full.startsWith(resolve(folder) + sep)) return undefined
  try {
    return (await lstat(full)).isFile() ? full : undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

/**
 * A folder that appears at `folder` whole or not at all: everything is written and flushed to disk in
 * `.NAME.partial-PID` beside it, then renamed once. Leftovers of processes that died are removed first.
 * @throws Refusal `folder-exists` when there is something at `folder` already
 */
export async function openWriteFolder(folder: string): Promise<WriteFolder> {
  const target = resolve(folder)
  const partial = join(dirname(target), `.${basename(target)}.partial-${process.pid}`)
  assert(!writing.has(target), `two writers of ${target} in one process`)
  await mkdir(dirname(target), { recursive: true })
  await removeLeftovers(target)
  await refuseExisting(target)
  await mkdir(partial)
  writing.add(target)
  return {
    write: (path, bytes) => writeDurably(join(partial, path), bytes),
    reading: () => readFolder(partial),
    commit: async () => {
      await flushFolders(partial)
      await refuseExisting(target)
      await rename(partial, target)
      await flush(dirname(target))
      writing.delete(target)
    },
    abandon: async () => {
      await rm(partial, { recursive: true, force: true })
      writing.delete(target)
    },
  }
}

async function refuseExisting(target: string): Promise<void> {
  const there = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error.code === 'ENOTDIR' ? exists(target) : error
  })
  if (there.length > 0) throw exists(target)
}

function exists(target: string): Refusal {
  return new Refusal(
    'folder-exists',
    { folder: target },
    `${target} exists already; a release is never written over.`,
  )
}

async function removeLeftovers(target: string): Promise<void> {
  const prefix = `.${basename(target)}.partial-`
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(prefix)) continue
    const pid = Number(name.slice(prefix.length))
    if (pid !== process.pid && isRunning(pid)) continue
    await rm(join(dirname(target), name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function flushFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await flushFolders(join(folder, entry.name))
  }
  await flush(folder)
}

async function flush(folder: string): Promise<void> {
  if (process.platform === 'win32') return // a folder cannot be opened there; its rename is journalled
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
