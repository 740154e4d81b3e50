import fs from 'node:fs/promises'
import path from 'node:path'
import { isUuid } from '@chiron/core/kit'
import { FileStore } from '@tus/file-store'
import type { Actor } from '../../platform/context.ts'
import { type UploadPurpose, uploadPurpose } from './take-file.ts'

/** An upload on its way: a plain file that grows, and a note beside it that says whose it is. */
export interface StagedUpload {
  id: string
  file: string
  workspaceId: string
  /** `worker:ID`, `member:ID` or `key:ID`. */
  owner: string
  purpose: UploadPurpose
  sha256: string | undefined
  offset: number
  size: number | undefined
  createdAt: Date
}

export class Staging {
  readonly folder: string
  readonly store: FileStore

  constructor(home: string) {
    this.folder = path.join(home, 'uploads')
    this.store = new FileStore({ directory: this.folder })
  }

  /** Undefined when there is none of this id: never begun, finished, or expired. */
  async find(id: string): Promise<StagedUpload | undefined> {
    if (!isUuid(id)) return undefined
    // The store throws plain objects for "not there" and "no longer there".
    const upload = await this.store.getUpload(id).catch((cause: { status_code?: number }) => {
      if (cause.status_code === 404 || cause.status_code === 410) return undefined
      throw cause
    })
    const { owner, workspaceId, purpose, sha256 } = upload?.metadata ?? {}
    if (!upload || !owner || !workspaceId) return undefined
    return {
      id,
      file: path.join(this.folder, id),
      workspaceId,
      owner,
      purpose: uploadPurpose(purpose) ?? 'episode',
      sha256: sha256 ?? undefined,
      offset: upload.offset,
      size: upload.size,
      createdAt: new Date(upload.creation_date ?? 0),
    }
  }

  async list(): Promise<string[]> {
    const names = await fs.readdir(this.folder).catch(() => [] as string[])
    return [...new Set(names.map((name) => name.replace(/\.json$/, '')))].filter(isUuid).sort()
  }

  async drop(id: string): Promise<void> {
    await fs.rm(path.join(this.folder, id), { force: true })
    await fs.rm(path.join(this.folder, `${id}.json`), { force: true })
  }

  /** Drops what nobody has written to since `before`. */
  async dropIfOld(id: string, before: Date): Promise<void> {
    const names = [id, `${id}.json`].map((name) => path.join(this.folder, name))
    const times = await Promise.all(
      names.map((name) =>
        fs.stat(name).then(
          ({ mtime }) => mtime,
          () => null,
        ),
      ),
    )
    if (times.every((time) => time === null || time < before)) await this.drop(id)
  }

  /** Bytes left on the disk that holds the uploads. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await fs.statfs(this.folder)
    return bavail * bsize
  }
}

export const ownerOf = (actor: Actor): string => `${actor.kind}:${actor.id}`
export const isWhole = ({ offset, size }: StagedUpload): boolean => size !== undefined && offset === size
