import { isUuid, type WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import type { JobDefinition, Sweep } from '../../platform/feature.ts'
import { read, tidy } from '../../platform/tx.ts'
import { listWorkspaces } from '../account/index.ts'
import { acceptUpload } from './accept-upload.ts'
import { eraseEpisode } from './erase-episode.ts'
import { freezeEpisodes } from './freeze-episodes.ts'
import { dropOldLeases } from './lease-store.ts'
import { probeEpisode } from './probe-episode.ts'
import { isWhole, Staging } from './staging.ts'
import {
  arrivedEpisodes,
  deleteUnusedUpload,
  enteredBlobs,
  forgetBlobs,
  frozenEpisodes,
  unusedUploads,
} from './store.ts'
import { takeStill } from './take-still.ts'
import { UploadLeases } from './upload-leases.ts'

/** Uploads that stay unfinished or unused are dropped after this. */
export const UPLOAD_KEPT_MS = 7 * 24 * 3600 * 1000
/** A recording still unchecked after this has lost its job (a killed server): the sweep checks it. */
const PROBE_LATE_MS = 3 * 60_000
/** No write takes this long: bytes without an entry by then were left by a killed server. */
const STRAY_AFTER_MS = 24 * 3600 * 1000
/**
 * Or an older database was put beside newer bytes. So they are only set aside, and destroyed when nobody has missed
 * them for this long.
 */
export const STRAY_KEPT_MS = 30 * 24 * 3600 * 1000
const BATCH = 100
/** What another process is at, it also ends. */
const NO_WAIT_MS = 0
const STRAY_BATCH = 1000
const MINUTE_MS = 60_000

export const jobs: readonly JobDefinition[] = [
  {
    name: 'media.probe',
    run: async (deps, { workspaceId, facts }) => {
      if (typeof facts.episodeId === 'string')
        await probeEpisode(deps, workspaceId as WorkspaceId, facts.episodeId)
    },
  },
  {
    name: 'media.still',
    run: async (deps, { workspaceId, facts }) => {
      if (typeof facts.episodeId === 'string' && facts.liftsQuarantine === true)
        await takeStill(deps, workspaceId as WorkspaceId, facts.episodeId)
    },
  },
  {
    name: 'media.freeze',
    run: (deps, { workspaceId, subjectId }) => freezeEpisodes(deps, workspaceId as WorkspaceId, subjectId),
  },
]

export const sweeps: readonly Sweep[] = [
  { name: 'media.sweep-uploads', everyMs: 10 * MINUTE_MS, run: sweepUploads },
  { name: 'media.sweep-arrived', everyMs: MINUTE_MS, run: sweepArrived },
  { name: 'media.erase', everyMs: MINUTE_MS, run: sweepFrozen },
  { name: 'media.sweep-strays', everyMs: 60 * MINUTE_MS, run: sweepStrays },
]

async function sweepUploads(deps: Deps): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - UPLOAD_KEPT_MS)
  await sweepStaging(deps, before)
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'media.sweep-uploads', workspaceId)
    const stale = await read(ctx, (tx) => unusedUploads(tx, workspaceId, before, BATCH))
    for (const { id, blob_id: blobId } of stale) {
      const gone = await tidy(ctx, async (tx) => {
        if (!(await deleteUnusedUpload(tx, { workspaceId, id }))) return false
        await forgetBlobs(tx, workspaceId, [blobId], deps.clock.now())
        return true
      })
      if (gone) await deps.blobs.erase({ id: blobId, workspaceId })
    }
  }
}

/** Promotes what is whole (the server died at the last step) and drops what nobody went on with. */
async function sweepStaging(deps: Deps, before: Date): Promise<void> {
  const staging = new Staging(deps.config.home)
  const uploads = { staging, leases: new UploadLeases(deps) }
  const ctx = systemCtx(deps, 'media.sweep-uploads', null)
  await tidy(ctx, dropOldLeases)
  for (const id of await staging.list()) {
    const staged = await staging.find(id)
    if (!staged || staged.createdAt < before) await staging.dropIfOld(id, before)
    else if (isWhole(staged)) await logged(deps, id, () => acceptUpload(ctx, uploads, id, NO_WAIT_MS))
  }
}

async function sweepArrived(deps: Deps): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - PROBE_LATE_MS)
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'media.sweep-arrived', workspaceId)
    const late = await read(ctx, (tx) => arrivedEpisodes(tx, workspaceId, before, BATCH))
    for (const { id } of late) await logged(deps, id, () => probeEpisode(deps, workspaceId, id))
  }
}

async function sweepFrozen(deps: Deps): Promise<void> {
  const before = new Date(deps.clock.now().getTime() - deps.config.eraseAfterHours * 3600 * 1000)
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'media.erase', workspaceId)
    const due = await read(ctx, (tx) => frozenEpisodes(tx, workspaceId, before, BATCH))
    for (const { id } of due) await logged(deps, id, () => eraseEpisode(deps, { workspaceId, id }))
  }
}

async function sweepStrays(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  const before = new Date(now.getTime() - STRAY_AFTER_MS)
  for (const workspaceId of await listWorkspaces(deps)) {
    const ctx = systemCtx(deps, 'media.sweep-strays', workspaceId)
    await deps.blobs.eraseAside(workspaceId, new Date(now.getTime() - STRAY_KEPT_MS))
    const old = (await deps.blobs.list(workspaceId)).filter(({ writtenAt }) => writtenAt < before)
    for (let at = 0; at < old.length; at += STRAY_BATCH) {
      const ids = old.slice(at, at + STRAY_BATCH).flatMap(({ id }) => (isUuid(id) ? id : []))
      const entered = await read(ctx, (tx) => enteredBlobs(tx, workspaceId, ids))
      for (const id of ids) {
        const entry = entered.get(id)
        if (entry === undefined) await setAside(deps, { id, workspaceId })
        else if (!entry.hasKey) await deps.blobs.erase({ id, workspaceId })
      }
    }
  }
}

async function setAside(deps: Deps, blob: { id: string; workspaceId: string }): Promise<void> {
  deps.log.warn(blob, 'bytes that the database does not know were set aside')
  await deps.blobs.setAside(blob, deps.clock.now())
}

/** One that fails must not keep the others from their turn; it comes again at the next beat. */
async function logged(deps: Deps, id: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    deps.log.error({ id, cause: String((cause as Error).stack) }, 'media sweep')
  }
}
