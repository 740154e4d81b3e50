import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { readConsentStates } from '../consent/index.ts'
import { rangeOf } from '../media/index.ts'
import type { ReleaseFile } from './finish-release.ts'
import { releaseFolder } from './release-folder.ts'
import { episodeOfFile, readRelease } from './store.ts'

const MIMES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.mcap': 'application/x-mcap',
  '.md': 'text/markdown; charset=utf-8',
  '.mp4': 'video/mp4',
  '.parquet': 'application/vnd.apache.parquet',
}

interface Wanted {
  releaseId: string
  /** As the release lists it; nothing else is ever opened. */
  file: string
}

/**
 * Sends one file of a ready release, or the part that Range asks for. Refuses `not-found` for whatever the release does
 * not list, and `gone` for files of a recording whose consent has ended.
 */
export async function sendReleaseFile(
  ctx: Ctx,
  wanted: Wanted,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const place = await fileOf(ctx, wanted)
  const size = await stat(place).then(
    (found) => found.size,
    () => refuse('gone', 'This file is no longer here: the recording in it was erased.'),
  )
  const range = rangeOf(request.headers.range, size)
  reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-store')
  const name = path.basename(wanted.file).replace(/[^\w.-]/g, '_')
  reply.header('content-disposition', `attachment; filename="${name}"`)
  reply.type(MIMES[path.extname(wanted.file)] ?? 'application/octet-stream')
  if (range === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${size}`).send()
  if (range) reply.status(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`)
  const part = range ?? { start: 0, end: Math.max(0, size - 1) }
  reply.header('content-length', size === 0 ? 0 : part.end - part.start + 1)
  return reply.send(createReadStream(place, part))
}

function fileOf(ctx: Ctx, { releaseId, file }: Wanted): Promise<string> {
  may(ctx, 'release.read')
  return read(ctx, async (tx) => {
    const key = { workspaceId: workspaceOf(ctx), id: releaseId }
    const release = found(await readRelease(tx, key), 'release')
    if (release.state !== 'ready') refuse('wrong-state', 'This release is not ready yet.')
    const listed = (release.files as unknown as ReleaseFile[]).some((each) => each.path === file)
    if (!listed) return refuse('not-found', 'The release has no such file.', { what: 'file' })
    const episode = await episodeOfFile(tx, key, file)
    if (episode) {
      const [consent] = await readConsentStates(tx, key.workspaceId, [episode.consent_id])
      if (!consent?.holds(ctx.deps.clock.now())) {
        return refuse('gone', 'The consent to this recording has ended: it is not handed out any more.', {
          episodeId: episode.episode_id,
        })
      }
    }
    return path.join(releaseFolder(ctx, release), file)
  })
}
