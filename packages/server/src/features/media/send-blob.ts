import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ByteRange } from '../../platform/blobs/blobs.ts'
import type { Deps } from '../../platform/context.ts'
import { storedBlob } from './readable-episode.ts'
import type { BlobRow } from './store.ts'

/** Sends a blob, or the part that the Range header asks for (RFC 9110, one range). Never cached: rights can end. */
export function sendBlob(deps: Deps, request: FastifyRequest, reply: FastifyReply, row: BlobRow) {
  const stored = storedBlob(row)
  const range = rangeOf(request.headers.range, stored.bytes)
  reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-store')
  reply.header('content-disposition', 'inline').type(row.mime)
  if (range === 'unsatisfiable')
    return reply.status(416).header('content-range', `bytes */${stored.bytes}`).send()
  if (range) reply.status(206).header('content-range', `bytes ${range.start}-${range.end}/${stored.bytes}`)
  const part = range ?? { start: 0, end: stored.bytes - 1 }
  reply.header('content-length', part.end - part.start + 1)
  return reply.send(deps.blobs.open(stored, part))
}

/** Undefined for the whole: no Range, or one that we may ignore (several parts, another unit, nonsense). */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match) return undefined
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return undefined
  if (from === '') {
    const count = Math.min(Number(to), bytes)
    return count === 0 ? 'unsatisfiable' : { start: bytes - count, end: bytes - 1 }
  }
  const start = Number(from)
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (to !== '' && Number(to) < start) return undefined
  return start >= bytes ? 'unsatisfiable' : { start, end }
}
