import type { IncomingMessage, ServerResponse } from 'node:http'
import { calibrationRoutes, mediaPaths, mediaRoutes } from '@chiron/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Ctx, type Deps, inWorkspace } from '../../platform/context.ts'
import { callerOf, serve } from '../../platform/http/serve.ts'
import { may } from '../../platform/may.ts'
import { found, namedId, refuse } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { acceptUpload } from './accept-upload.ts'
import { readBriefMedia } from './brief-media.ts'
import { finishedUpload } from './finished-upload.ts'
import { keepCalibration, ownCalibrations } from './keep-calibration.ts'
import { readBody } from './read-body.ts'
import { readHands } from './read-hands.ts'
import { readMotion } from './read-motion.ts'
import { type EpisodePart, readableBlob } from './readable-episode.ts'
import { sendBlob } from './send-blob.ts'
import { isWhole, ownerOf, Staging } from './staging.ts'
import { readOwnEpisode } from './store.ts'
import { UploadLeases } from './upload-leases.ts'
import { STILL_BUSY, UPLOADS_PATH, UploadServer } from './upload-server.ts'

type WorkspaceIdOf = NonNullable<Ctx['workspaceId']>
const TUS = { 'tus-resumable': '1.0.0', 'cache-control': 'no-store' }
const hidden = { schema: { hide: true } } as const

export function routes(app: FastifyInstance, deps: Deps): void {
  uploadRoutes(app, deps)
  serve(app, deps, mediaRoutes.readMotion, async (ctx, { params }) => ({
    motion: await readMotion(ctx, params.episodeId),
  }))
  for (const part of ['video', 'poster'] as const) {
    episodeRoute(app, deps, part)
    ownEpisodeRoute(app, deps, part)
  }
  serve(app, deps, calibrationRoutes.keep, (ctx, { body }) => keepCalibration(ctx, body))
  serve(app, deps, calibrationRoutes.listOwn, ownCalibrations)
  serve(app, deps, mediaRoutes.readBody, (ctx, { params }) => readBody(ctx, params.episodeId))
  serve(app, deps, mediaRoutes.readHands, (ctx, { params }) => readHands(ctx, params.episodeId))
  app.get<{ Params: { mediaId: string } }>(
    mediaPaths.briefMedia(':mediaId'),
    hidden,
    async (request, reply) => {
      const ctx = await callerOf(app, deps, request, 'person')
      return sendBlob(
        deps,
        request,
        reply,
        await readBriefMedia(ctx, namedId(request.params.mediaId, 'picture')),
      )
    },
  )
}

function episodeRoute(app: FastifyInstance, deps: Deps, part: EpisodePart): void {
  const path = part === 'video' ? mediaPaths.episodeVideo : mediaPaths.episodePoster
  app.get<{ Params: { episodeId: string } }>(path(':episodeId'), hidden, async (request, reply) => {
    const ctx = await callerOf(app, deps, request, 'member')
    may(ctx, 'media.read')
    const episodeId = namedId(request.params.episodeId, 'recording')
    return sendEpisodePart(ctx, { request, reply, episodeId, part })
  })
}

function ownEpisodeRoute(app: FastifyInstance, deps: Deps, part: EpisodePart): void {
  const path = part === 'video' ? mediaPaths.ownVideo : mediaPaths.ownPoster
  app.get<{ Params: { episodeId: string } }>(path(':episodeId'), hidden, async (request, reply) => {
    const ctx = await callerOf(app, deps, request, 'worker')
    const episodeId = namedId(request.params.episodeId, 'recording')
    const own = found(await read(ctx, (tx) => readOwnEpisode(tx, ctx.actor.id, episodeId)), 'recording')
    const inside = inWorkspace(ctx, own.workspace_id as WorkspaceIdOf)
    return sendEpisodePart(inside, { request, reply, episodeId, part })
  })
}

interface EpisodePartExchange {
  request: FastifyRequest
  reply: FastifyReply
  episodeId: string
  part: EpisodePart
}

/** Sends the video or poster of an episode of the context's workspace, while it may be seen. */
export async function sendEpisodePart(ctx: Ctx, { request, reply, episodeId, part }: EpisodePartExchange) {
  const key = { workspaceId: ctx.workspaceId ?? '', id: episodeId }
  const blob = await read(ctx, (tx) => readableBlob(tx, ctx, key, part))
  return sendBlob(ctx.deps, request, reply, blob)
}

/** tus 1.0. The bytes never pass Fastify's parsers: `@tus/server` reads the raw request. */
function uploadRoutes(app: FastifyInstance, deps: Deps): void {
  const staging = new Staging(deps.config.home)
  const uploads = { staging, leases: new UploadLeases(deps) }
  const server = new UploadServer(deps, uploads)
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))
  const handOver = async (
    ctx: Ctx,
    {
      request,
      reply,
      uploadId,
    }: { request: FastifyRequest; reply: FastifyReply; uploadId?: string | undefined },
  ) => {
    reply.hijack()
    await server.handle({ ctx, uploadId }, request.raw as IncomingMessage, reply.raw as ServerResponse)
  }
  app.post(UPLOADS_PATH, hidden, async (request, reply) => {
    const ctx = await callerOf(app, deps, request, 'person')
    if (ctx.actor.kind !== 'worker') may(ctx, 'media.accept-upload')
    await handOver(ctx, { request, reply })
  })
  app.route<{ Params: { uploadId: string } }>({
    method: ['HEAD', 'PATCH', 'DELETE'],
    url: `${UPLOADS_PATH}/:uploadId`,
    ...hidden,
    handler: async (request, reply) => {
      const ctx = await callerOf(app, deps, request, 'person')
      const { uploadId } = request.params
      let staged = await staging.find(uploadId)
      if (staged && staged.owner !== ownerOf(ctx.actor)) refuse('not-found', 'There is no such upload.')
      if (staged && isWhole(staged)) {
        // The server died between the last byte and the promotion: do it now.
        if (!(await acceptUpload(ctx, uploads, uploadId))) refuse('conflict', STILL_BUSY)
        staged = undefined
      }
      const finished = staged ? undefined : await finishedUpload(ctx, uploadId)
      // Only an upload that was found to be the caller's has a name there.
      if (!finished) return handOver(ctx, { request, reply, ...(staged ? { uploadId } : {}) })
      const { bytes } = finished
      const headers = { ...TUS, 'upload-offset': bytes, 'upload-length': bytes }
      return reply
        .status(request.method === 'HEAD' ? 200 : 204)
        .headers(headers)
        .send()
    },
  })
}
