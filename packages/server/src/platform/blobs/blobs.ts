import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { PassThrough, type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { refuse } from '../refuse.ts'
import type { Secrets } from '../secrets.ts'

/** A stored blob's secret half: without it the bytes on disk are noise. */
export interface StoredBlob {
  id: string
  workspaceId: string
  bytes: number
  sha256: string
  keyWrapped: string
}

export interface ByteRange {
  start: number
  /** Inclusive. */
  end: number
}

export interface Blobs {
  /** Encrypts a plain file into the store, durable before it returns. */
  put(plainFile: string, blob: { id: string; workspaceId: string }): Promise<StoredBlob>
  open(blob: StoredBlob, range?: ByteRange): Readable
  /** Runs `body` with the path of a decrypted copy, which is gone afterwards. */
  withPlainFile<T>(blob: StoredBlob, body: (file: string) => Promise<T>): Promise<T>
  /** A scratch folder that is gone afterwards. */
  withScratch<T>(body: (folder: string) => Promise<T>): Promise<T>
  erase(blob: { id: string; workspaceId: string }): Promise<void>
  /** Moves a blob out of the store, to `home/strays`, from where it can be put back as it was; dated `at`. */
  setAside(blob: { id: string; workspaceId: string }, at: Date): Promise<void>
  /** Destroys what was set aside before that time. */
  eraseAside(workspaceId: string, before: Date): Promise<void>
  /** What lies in a workspace's store, whether or not anything refers to it. */
  list(workspaceId: string): Promise<{ id: string; writtenAt: Date }[]>
}

const BLOCK_BYTES = 16

/** Blobs as files under `home/blobs`, each encrypted with a key of its own (AES-256-CTR, so that ranges can be read). */
export async function openBlobs(home: string, secrets: Secrets): Promise<Blobs> {
  const root = path.join(home, 'blobs')
  const aside = path.join(home, 'strays')
  const scratch = path.join(home, 'scratch')
  await Promise.all([root, scratch].map((folder) => fs.mkdir(folder, { recursive: true })))
  await sweepScratch(scratch)
  const fileIn = (folder: string) => (workspaceId: string, id: string) =>
    path.join(folder, workspaceId, id.slice(-2), id)
  const fileOf = fileIn(root)
  const asideOf = fileIn(aside)

  const open = (blob: StoredBlob, range: ByteRange = { start: 0, end: blob.bytes - 1 }): Readable => {
    if (blob.bytes === 0) return new PassThrough().end()
    const firstBlock = Math.floor(range.start / BLOCK_BYTES)
    const decipher = createDecipheriv('aes-256-ctr', secrets.unwrap(blob.keyWrapped), counter(firstBlock))
    const file = fileOf(blob.workspaceId, blob.id)
    const source = createReadStream(file, { start: firstBlock * BLOCK_BYTES, end: range.end })
    const plain = skipBytes(range.start - firstBlock * BLOCK_BYTES)
    pipeline(source, decipher, plain).catch((cause: Error) => plain.destroy(cause))
    return plain
  }
  const withScratch = async <T>(body: (folder: string) => Promise<T>): Promise<T> => {
    const folder = await fs.mkdtemp(path.join(scratch, `${process.pid}-`))
    try {
      return await body(folder)
    } finally {
      await fs.rm(folder, { recursive: true, force: true })
    }
  }
  return {
    open,
    withScratch,
    put: (plainFile, { id, workspaceId }) =>
      withScratch((folder) =>
        naming(() =>
          putFile({ plainFile, folder, target: fileOf(workspaceId, id), id, workspaceId, secrets }),
        ),
      ),
    withPlainFile: (blob, body) =>
      withScratch(async (folder) => {
        const file = path.join(folder, 'plain')
        await naming(async () => fs.writeFile(file, open(blob), { mode: 0o600 }))
        return body(file)
      }),
    erase: async ({ id, workspaceId }) => fs.rm(fileOf(workspaceId, id), { force: true }),
    async setAside({ id, workspaceId }, at) {
      const target = asideOf(workspaceId, id)
      await fs.mkdir(path.dirname(target), { recursive: true })
      await fs.rename(fileOf(workspaceId, id), target)
      await fs.utimes(target, at, at)
    },
    async eraseAside(workspaceId, before) {
      for (const { id, writtenAt } of await listFiles(path.join(aside, workspaceId)))
        if (writtenAt < before) await fs.rm(asideOf(workspaceId, id), { force: true })
    },
    list: (workspaceId) => listFiles(path.join(root, workspaceId)),
  }
}

async function listFiles(folder: string): Promise<{ id: string; writtenAt: Date }[]> {
  const names = await fs.readdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [] as string[]
    throw cause
  })
  const files: { id: string; writtenAt: Date }[] = []
  for (const name of names.sort()) {
    const found = await fs.stat(path.join(folder, name)).catch(() => undefined)
    if (found?.isFile()) files.push({ id: path.basename(name), writtenAt: found.mtime })
  }
  return files
}

/** Half-made files live in a folder named by their process; those of dead processes are worth nothing. */
async function sweepScratch(scratch: string): Promise<void> {
  for (const name of await fs.readdir(scratch)) {
    const pid = Number.parseInt(name, 10)
    if (pid !== process.pid && isAlive(pid)) continue
    await fs.rm(path.join(scratch, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

interface PutFile {
  plainFile: string
  /** Where the half-made file lives until it is whole. */
  folder: string
  target: string
  id: string
  workspaceId: string
  secrets: Secrets
}

async function putFile({
  plainFile,
  folder,
  target,
  id,
  workspaceId,
  secrets,
}: PutFile): Promise<StoredBlob> {
  const key = randomBytes(32)
  const digest = createHash('sha256')
  const half = path.join(folder, 'half')
  await fs.mkdir(path.dirname(target), { recursive: true })
  let bytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length
      digest.update(chunk)
      next(null, chunk)
    },
  })
  // `flush`: the bytes are on the disk before the stream says that it is done.
  const sink = createWriteStream(half, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(createReadStream(plainFile), meter, createCipheriv('aes-256-ctr', key, counter(0)), sink)
  await fs.rename(half, target)
  return { id, workspaceId, bytes, sha256: digest.digest('hex'), keyWrapped: secrets.wrap(key) }
}

async function naming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw cause
    return refuse(
      'disk-full',
      'The server’s disk is full. What you sent before is safe; this will be tried again.',
    )
  }
}

function counter(block: number): Buffer {
  const bytes = Buffer.alloc(BLOCK_BYTES)
  bytes.writeBigUInt64BE(BigInt(block), 8)
  return bytes
}

function skipBytes(count: number): Transform {
  let left = count
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      const cut = Math.min(left, chunk.length)
      left -= cut
      next(null, cut === 0 ? chunk : chunk.subarray(cut))
    },
  })
}
