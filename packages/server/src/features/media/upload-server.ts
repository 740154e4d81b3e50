import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '@chiron/core/kit'
import { Server } from '@tus/server'
import { newId } from '../../platform/clock.ts'
import type { Ctx, Deps } from '../../platform/context.ts'
import { REFUSAL_STATUS, refuse } from '../../platform/refuse.ts'
import { acceptUpload, type Uploads } from './accept-upload.ts'
import { ownerOf, type Staging } from './staging.ts'
import { UPLOAD_PURPOSES, uploadPurpose } from './take-file.ts'
import { uploadWorkspace } from './upload-workspace.ts'

export const UPLOADS_PATH = '/api/uploads'
/** Below this the disk counts as full. */
const MIN_FREE_BYTES = 16 * 1024 ** 2

export const STILL_BUSY = 'Another request is at this upload. What arrived is safe; try again in a moment.'

type Metadata = Record<string, string | null>

interface Caller {
  ctx: Ctx
  /** The upload that the route has found to be the caller's; undefined where one begins. */
  uploadId: string | undefined
}

/** The tus 1.0 protocol over the staging folder; the caller was found out by the route. */
export class UploadServer {
  readonly #callers = new WeakMap<IncomingMessage, Caller>()
  readonly #deps: Deps
  readonly #staging: Staging
  readonly #server: Server

  constructor(deps: Deps, uploads: Uploads) {
    const { staging, leases } = uploads
    this.#deps = deps
    this.#staging = staging
    this.#server = new Server({
      path: UPLOADS_PATH,
      datastore: staging.store,
      locker: leases,
      relativeLocation: true,
      // Only our own pages upload: no other origin is told that it may.
      allowedOrigins: () => false,
      maxSize: deps.config.maxUploadBytes,
      namingFunction: () => newId(deps.clock),
      // What the route has checked, whatever else the address says: tus itself looks at its end, query included.
      getFileIdFromRequest: (request) => this.#callerOf(request).uploadId,
      onUploadCreate: async (request, { metadata, size }) => {
        if (size === 0) refuse('not-a-video', 'The file is empty (0 bytes). Please choose it again.')
        return { metadata: await this.#labelled(this.#callerOf(request).ctx, metadata ?? {}) }
      },
      onUploadFinish: async (request, { id }) => {
        const isDone = await acceptUpload(this.#callerOf(request).ctx, uploads, id)
        return isDone ? {} : refuse('conflict', STILL_BUSY)
      },
      onResponseError: (_request, cause) => this.#problem(cause),
    })
  }

  /** Answers one request whose reply Fastify has given out of its hands. */
  async handle(caller: Caller, request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#callers.set(request, caller)
    await this.#server.handle(request, response)
  }

  #callerOf(request: { runtime?: { node?: { req: unknown } | undefined } | undefined }): Caller {
    const caller = this.#callers.get(request.runtime?.node?.req as IncomingMessage)
    if (!caller) throw new Error('an upload request without a caller')
    return caller
  }

  /** Only what we know ourselves or have checked is written beside the file. */
  async #labelled(ctx: Ctx, { purpose: said, sha256, campaignId }: Metadata): Promise<Metadata> {
    const purpose = uploadPurpose(said)
    if (purpose === undefined) {
      const names = UPLOAD_PURPOSES.join(', ')
      return refuse('bad-input', `Say what the upload is for: metadata \`purpose\` is one of ${names}.`)
    }
    if (sha256 && !/^[0-9a-f]{64}$/.test(sha256))
      return refuse('bad-input', 'Metadata `sha256` must be 64 small hex digits.')
    const workspaceId = await uploadWorkspace(ctx, { purpose, campaignId: campaignId ?? undefined })
    const known: Metadata = { purpose, owner: ownerOf(ctx.actor), workspaceId }
    return sha256 ? { ...known, sha256 } : known
  }

  async #problem(cause: unknown): Promise<{ status_code: number; body: string } | undefined> {
    if (cause instanceof Refusal) {
      const { code, message, facts } = cause
      return { status_code: REFUSAL_STATUS[code] ?? 400, body: JSON.stringify({ code, message, facts }) }
    }
    const status = (cause as { status_code?: number }).status_code ?? 500
    if (status === 413) {
      const maxBytes = this.#deps.config.maxUploadBytes
      const message = `The file is larger than this server takes (${Math.round(maxBytes / 1024 ** 2)} MB).`
      return { status_code: 413, body: JSON.stringify({ code: 'too-large', message, facts: { maxBytes } }) }
    }
    if (status < 500) return undefined
    if ((await this.#staging.freeBytes()) < MIN_FREE_BYTES) {
      const message = 'The server’s disk is full. What arrived is safe; this upload will go on from there.'
      return { status_code: 507, body: JSON.stringify({ code: 'disk-full', message }) }
    }
    this.#deps.log.error({ cause: String((cause as Error).stack ?? cause) }, 'upload failed')
    const message = 'Something broke on the server. What arrived is safe; please try again.'
    return { status_code: 500, body: JSON.stringify({ code: 'server-fault', message }) }
  }
}
