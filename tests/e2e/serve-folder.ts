import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.mp4': 'video/mp4',
  '.wasm': 'application/wasm',
}

/** Serves a folder of built pages and clips on loopback, with ranges as any real server of clips does. */
export async function serveFolder(folder: string): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => serveFile(folder, request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

function serveFile(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const asked = new URL(request.url ?? '/', 'http://localhost').pathname
  const file = path.join(folder, path.normalize(asked === '/' ? '/index.html' : asked))
  if (!existsSync(file)) {
    response.writeHead(404).end()
    return
  }
  const bytes = readFileSync(file)
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '')
  const from = Number(range?.[1] ?? 0)
  const to = range?.[2] ? Number(range[2]) : bytes.length - 1
  response.writeHead(range ? 206 : 200, {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
    ...(range ? { 'content-range': `bytes ${from}-${to}/${bytes.length}` } : {}),
  })
  response.end(bytes.subarray(from, to + 1))
}
