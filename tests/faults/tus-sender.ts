import http from 'node:http'

/** Where uploads go and who sends them. */
export interface Target {
  url: string
  headers: Record<string, string>
}
export interface Refused {
  status: number
  code: string
  message: string
}
export interface Upload {
  bytes: Buffer
  metadata: Record<string, string>
}

/** What came of one request of the tus protocol; status 0 when no answer came. */
export interface TusReply {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
}

/** An upload that the server will not take, in its own words. */
export class UploadRefused extends Error {
  readonly status: number
  readonly code: string

  constructor({ status, text }: TusReply) {
    const said = parsed(text)
    super(said.message ?? `the server answered ${status}: ${text.slice(0, 200)}`)
    this.status = status
    this.code = said.code ?? ''
  }
}

function parsed(text: string): Partial<Refused> {
  try {
    return JSON.parse(text) as Partial<Refused>
  } catch {
    return {}
  }
}

const metadataOf = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

interface Sending {
  method: string
  headers: Record<string, string>
  body?: Buffer
  /** Drops the connection once this many bytes of the body are out. */
  cutAfter?: number | undefined
}

/** One request; a connection that breaks, by us or by them, is a reply of status 0. */
export function tusRequest(url: string, { method, headers, body, cutAfter }: Sending): Promise<TusReply> {
  return new Promise((resolve) => {
    const none: TusReply = { status: 0, headers: {}, text: '' }
    const all = {
      'tus-resumable': '1.0.0',
      ...headers,
      ...(body ? { 'content-length': String(body.length) } : {}),
    }
    const request = http.request(url, { method, headers: all, agent: false }, (reply) => {
      const pieces: Buffer[] = []
      reply.on('data', (piece: Buffer) => pieces.push(piece))
      reply.on('end', () =>
        resolve({
          status: reply.statusCode ?? 0,
          headers: reply.headers,
          text: Buffer.concat(pieces).toString(),
        }),
      )
      reply.on('error', () => resolve(none))
    })
    request.on('error', () => resolve(none))
    if (body && cutAfter !== undefined && cutAfter < body.length)
      request.write(body.subarray(0, cutAfter), () => setTimeout(() => request.destroy(), 2))
    else request.end(body)
  })
}

/** Announces an upload: its URL. Throws UploadRefused. */
export async function beginUpload(
  target: Target,
  { bytes, metadata }: Upload,
): Promise<TusReply & { url: string }> {
  const reply = await tusRequest(target.url, {
    method: 'POST',
    headers: {
      ...target.headers,
      'upload-length': String(bytes.length),
      'upload-metadata': metadataOf(metadata),
      'content-length': '0',
    },
  })
  return { ...reply, url: new URL(String(reply.headers.location ?? ''), target.url).href }
}

/** How many bytes the server has. */
export const lookAt = (target: Target, url: string): Promise<TusReply> =>
  tusRequest(url, { method: 'HEAD', headers: target.headers })

export interface Part {
  body: Buffer
  offset: number
  cutAfter?: number | undefined
}

export const sendPart = (target: Target, url: string, { body, offset, cutAfter }: Part): Promise<TusReply> =>
  tusRequest(url, {
    method: 'PATCH',
    headers: {
      ...target.headers,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body,
    cutAfter,
  })

export interface SendHow {
  /** Where to drop the connection during this attempt, counted from its first byte; undefined: send all. */
  cut?(leftBytes: number): number | undefined
  /** How many times a broken link or a server that is away is tried again. */
  maxTries?: number
  pauseMs?: number
}

const SETTLES = new Set([200, 201, 204])
const PASSES = new Set([0, 409, 423, 460, 500, 502, 503])

/**
 * Sends a file as a phone does: goes on where the server has it after each break, until the server says that it has
 * all. Throws UploadRefused when the server says no.
 */
export async function sendWhole(
  target: Target,
  upload: Upload,
  { cut, maxTries = 400, pauseMs = 60 }: SendHow = {},
): Promise<{ uploadId: string }> {
  let url: string | undefined
  for (let tries = 0; tries < maxTries; tries += 1) {
    if (tries > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
    if (url === undefined) {
      const begun = await beginUpload(target, upload)
      if (begun.status === 201) url = begun.url
      else if (begun.status > 0 && begun.status < 500) throw new UploadRefused(begun)
      continue
    }
    const seen = await lookAt(target, url)
    if (PASSES.has(seen.status)) continue
    if (seen.status !== 200) throw new UploadRefused(seen)
    const offset = Number(seen.headers['upload-offset'])
    if (offset === upload.bytes.length) return { uploadId: url.split('/').at(-1) ?? '' }
    const body = upload.bytes.subarray(offset)
    const sent = await sendPart(target, url, { body, offset, cutAfter: cut?.(body.length) })
    if (!SETTLES.has(sent.status) && !PASSES.has(sent.status)) throw new UploadRefused(sent)
    if (sent.status === 204 && Number(sent.headers['upload-offset']) === upload.bytes.length)
      return { uploadId: url.split('/').at(-1) ?? '' }
  }
  throw new Error(`an upload did not get through in ${maxTries} tries`)
}
