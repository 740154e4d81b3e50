import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Deps } from '../context.ts'
import type { Feature } from '../feature.ts'
import { refuse } from '../refuse.ts'
import { registerProblems } from './problems.ts'
import type { Identify } from './serve.ts'

interface ServerOptions {
  deps: Deps
  features: readonly Feature[]
  identify: Identify
  version: string
  tls?: { key: string; cert: string }
  /** Registers what is not a feature: apps, health, events. */
  extra?(app: FastifyInstance): void
}

const MAX_BODY_BYTES = 1024 * 1024
const REQUESTS_PER_MINUTE = 1200
const PROXIES = ['loopback', 'linklocal', 'uniquelocal']

/** The HTTP server with all features’ routes, not yet listening. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { deps, features, identify, tls } = options
  const base: FastifyServerOptions = {
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    // A balancer stands on this machine or its network; what a stranger claims to have been forwarded counts nothing.
    trustProxy: deps.config.publicUrl === undefined ? false : PROXIES,
  }
  const app = Fastify(tls ? ({ ...base, https: tls } as FastifyServerOptions) : base)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorate('identify', identify)
  registerProblems(app)
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurity },
    ...helmetOptions,
  })
  await app.register(rateLimit, { max: REQUESTS_PER_MINUTE, timeWindow: 60_000, allowList: isLoopback })
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1024 })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Chiron', version: options.version, license: { name: 'Apache-2.0' } },
    },
    transform: jsonSchemaTransform,
  })
  refuseForeignOrigins(app)
  measure(app, deps)
  await app.register(async (scope) => {
    for (const feature of features) feature.routes?.(scope, deps)
    options.extra?.(scope)
    scope.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  })
  return app
}

// Everything comes from here: no other origin is loaded or talked to. Wasm for codecs, blobs for camera previews.
const contentSecurity = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'media-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  'worker-src': ["'self'", 'blob:'],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'object-src': ["'none'"],
}
// On a LAN over http these headers would break what they mean to protect.
const helmetOptions = { hsts: false, originAgentCluster: false, crossOriginOpenerPolicy: false } as const

// Load tests and end-to-end tests come from this machine; strangers, also through a proxy here, do not.
const isLoopback = ({ socket, headers }: FastifyRequest): boolean =>
  LOOPBACK.has(socket.remoteAddress ?? '') && !('x-forwarded-for' in headers) && !('forwarded' in headers)
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** A page of another origin cannot write with our cookies (SameSite=Lax is the first fence, this the second). */
function refuseForeignOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const { origin, host } = request.headers
    if (request.method === 'GET' || request.method === 'HEAD' || origin === undefined) return
    const allowed = new Set([`http://${host}`, `https://${host}`])
    if (!allowed.has(origin)) refuse('not-allowed', `Requests from ${origin} are not accepted here.`)
  })
}

/** Counts requests by route and tells them, for this machine's own monitoring, at `/metrics`. */
function measure(app: FastifyInstance, { metrics }: Deps): void {
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none' }
    metrics.count('chiron_http_requests_total', { ...labels, status: String(reply.statusCode) })
    metrics.count('chiron_http_seconds_total', labels, reply.elapsedTime / 1000)
  })
  app.get('/metrics', { schema: { hide: true } }, (request, reply) =>
    isLoopback(request) ? reply.type('text/plain; version=0.0.4').send(metrics.text()) : reply.callNotFound(),
  )
}
