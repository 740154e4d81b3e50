import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SeededRandom } from '@chiron/core/kit'

/** Answers a request itself, when the path is its own; else the request goes on to a server. */
type Own = (path: string, response: ServerResponse) => boolean

export interface BadLine {
  url: string
  /** How many pieces of uploads went through here, and how many of them were broken, by manner. */
  counts: { pieces: number; cut: number; deaf: number; mute: number; away: number }
  close(): void
}

/**
 * A mobile line in front of several servers: each request reaches any of them, and a part of the pieces of uploads
 * breaks. `cut`: both ends see it; `deaf`: the phone is gone and the server does not hear of it; `mute`: all arrives
 * and the answer is lost.
 */
export async function openBadLine(order: {
  ports: () => readonly number[]
  brokenRatio: number
  dice: SeededRandom
  own: Own
}): Promise<BadLine> {
  const counts = { pieces: 0, cut: 0, deaf: 0, mute: 0, away: 0 }
  const server = http.createServer((request, response) => {
    if (order.own(request.url ?? '/', response)) return
    const ports = order.ports()
    const port = ports[order.dice.int(Math.max(1, ports.length))]
    const isPiece = request.method === 'PATCH'
    if (isPiece) counts.pieces += 1
    const breaks = isPiece && order.dice.next() < order.brokenRatio
    const how = breaks ? (['cut', 'deaf', 'mute'] as const)[order.dice.int(3)] : undefined
    if (how) counts[how] += 1
    const bytes = Number(request.headers['content-length'] ?? 0)
    pass(request, response, { port: port ?? 0, how, after: order.dice.int(Math.max(1, bytes)) }, () => {
      counts.away += 1
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

interface Way {
  port: number
  how: 'cut' | 'deaf' | 'mute' | undefined
  /** Bytes of the body that still come through. */
  after: number
}

function pass(request: IncomingMessage, response: ServerResponse, way: Way, onAway: () => void): void {
  const { port, how, after } = way
  const { method, url, headers } = request
  const onward = http.request({ port, host: '127.0.0.1', method, path: url, headers, agent: false })
  onward.on('response', (reply) => {
    reply.on('error', () => response.destroy())
    if (how === 'mute') {
      reply.resume()
      response.destroy()
      return
    }
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(response)
  })
  onward.on('error', () => {
    if (how === undefined) onAway()
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  })
  if (how !== 'cut' && how !== 'deaf') {
    request.pipe(onward)
    response.on('close', () => {
      if (!response.writableFinished) onward.destroy()
    })
    return
  }
  let passed = 0
  request.on('data', (piece: Buffer) => {
    if (passed > after) return
    onward.write(piece.subarray(0, after - passed))
    passed += piece.length
    if (passed <= after) return
    response.destroy()
    // Deaf: the server still waits for bytes that never come; the next try has to push it away.
    if (how === 'cut') onward.destroy()
  })
  request.on('end', () => {
    if (passed <= after) onward.end()
  })
}
