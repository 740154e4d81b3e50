import { Readable } from 'node:stream'
import { EVENTS_PATH, type LiveEvent } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Ctx, Deps } from '../../platform/context.ts'
import { callerOf } from '../../platform/http/serve.ts'
import { refuse } from '../../platform/refuse.ts'
import { MAX_LISTENERS, openLive } from './live.ts'

const HEARTBEAT_MS = 15_000
const RETRY_MS = 2000
/** Whoever reads slower than this is cut off and comes back by itself. */
const MAX_WAITING_BYTES = 256 * 1024
/** Nobody alone takes the places of all: a person with more tabs than this sees news in the latest of them. */
const MAX_STREAMS_EACH = 20

/** Server-sent events: what has been recorded, so that a screen knows when it is stale. */
export function eventsHttp(app: FastifyInstance, deps: Deps): void {
  const live = openLive(deps)
  const open = new Map<Readable, string>()
  // A server that stops would wait for these connections for ever.
  app.addHook('preClose', async () => {
    await live.stop()
    for (const stream of open.keys()) stream.push(null)
  })
  // Compressed events would wait in the compressor.
  const options = { schema: { summary: 'Server-sent events, one a record.' }, compress: false } as const
  app.get(EVENTS_PATH, options, async (request, reply) => {
    const ctx = await callerOf(app, deps, request, 'person')
    if (live.listenerCount >= MAX_LISTENERS)
      refuse(
        'too-many',
        'Too many screens listen to this server. This one still works; reload it to see news.',
      )
    const stream = openStream()
    const who = `${ctx.actor.kind}:${ctx.actor.id}`
    makeRoom(open, who)
    open.set(stream, who)
    const stop = await live.listen({ ...hearing(ctx), send: (event) => send(stream, event) })
    // Ends with the session: who has signed out or was removed hears no more.
    const heartbeat = setInterval(() => {
      app.identify(deps, request, 'person').then(
        (identity) => stream.push(identity ? ': here\n\n' : null),
        () => stream.push(null),
      )
    }, HEARTBEAT_MS)
    reply.raw.on('close', () => {
      clearInterval(heartbeat)
      stop()
      open.delete(stream)
      stream.destroy()
    })
    const headers = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' }
    return reply.type('text/event-stream').headers(headers).send(stream)
  })
}

/** The oldest stream of somebody who has as many as they may have ends. */
function makeRoom(open: Map<Readable, string>, who: string): void {
  const theirs = [...open.keys()].filter((stream) => open.get(stream) === who)
  const [oldest] = theirs
  if (!oldest || theirs.length < MAX_STREAMS_EACH) return
  open.delete(oldest)
  oldest.push(null)
}

const hearing = ({ actor, workspaceId }: Ctx) => ({
  workspaceId,
  workerId: actor.kind === 'worker' ? actor.id : null,
})

function openStream(): Readable {
  const stream = new Readable({ read: () => undefined })
  stream.push(`retry: ${RETRY_MS}\n\n`)
  return stream
}

function send(stream: Readable, event: LiveEvent): void {
  if (stream.readableLength > MAX_WAITING_BYTES) stream.destroy()
  else stream.push(`id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`)
}
