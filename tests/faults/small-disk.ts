import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import path from 'node:path'

const PIECE = Buffer.alloc(64 * 1024, 1)
const MAX_BYTES = 2 * 1024 ** 3

/** A small file system in memory, mounted on `folder`; undefined where this user may not mount. */
export function mountSmallDisk(folder: string, sizeMegabytes: number): SmallDisk | undefined {
  const mounted = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${sizeMegabytes}m,mode=0755`,
    'chiron-test',
    folder,
  ])
  return mounted.status === 0 ? new SmallDisk(folder) : undefined
}

export class SmallDisk {
  readonly folder: string
  readonly #filler: string

  constructor(folder: string) {
    this.folder = folder
    this.#filler = path.join(folder, 'filler')
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.folder)
    return bavail * bsize
  }

  /** Takes up what is free, but for so many bytes. */
  fill(leaveBytes: number): void {
    const file = openSync(this.#filler, 'a')
    try {
      for (let written = 0; written < MAX_BYTES && this.freeBytes > leaveBytes; written += PIECE.length)
        writeSync(file, PIECE, 0, Math.min(PIECE.length, this.freeBytes - leaveBytes))
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause
    } finally {
      closeSync(file)
    }
  }

  clear(): void {
    rmSync(this.#filler, { force: true })
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.folder])
  }
}
