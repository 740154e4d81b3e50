import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const ROOT = path.join(import.meta.dirname, '../../../../..')
/** Prefix → built app. Screens have paths of their own, so any unknown path under a prefix is the app's page. */
const APPS = [
  { prefix: '/console/', folder: path.join(ROOT, 'apps/console/dist') },
  { prefix: '/', folder: path.join(ROOT, 'apps/worker/dist') },
] as const

const YEAR_SECONDS = 31_536_000

/** OpenCV and MuJoCo make functions of texts at run time: allowed in the workers that run them, and on no page. */
const MAKES_FUNCTIONS = /^(board|physics)\.worker-[\w-]+\.js(\.br)?$/
const ITS_POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'; connect-src 'self' data:; frame-ancestors 'none'"

/** Serves the two built web apps. */
export async function registerApps(app: FastifyInstance): Promise<void> {
  const present = APPS.filter(({ folder }) => existsSync(path.join(folder, 'index.html')))
  for (const [index, { prefix, folder }] of present.entries()) {
    await app.register(fastifyStatic, {
      root: folder,
      prefix,
      decorateReply: index === 0,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, file) => {
        // Vite puts a content hash into every name under assets/.
        const fixed = path.relative(folder, file).startsWith('assets')
        reply.header('cache-control', fixed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
        if (MAKES_FUNCTIONS.test(path.basename(file))) reply.header('content-security-policy', ITS_POLICY)
      },
    })
  }
  app.get('/console', { schema: { hide: true } }, (_request, reply) => reply.redirect('/console/'))
  for (const { prefix, folder } of present) {
    app.get(`${prefix}*`, { schema: { hide: true } }, (request, reply) => {
      if (request.url.startsWith('/api/')) return reply.callNotFound()
      // A part of another build: a page in its place, kept by a browser as that part, would break the app for good.
      if (request.url.startsWith(`${prefix}assets/`)) return reply.callNotFound()
      return reply.header('cache-control', 'no-cache').sendFile('index.html', folder)
    })
  }
}
