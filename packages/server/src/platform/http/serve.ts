import type { Route, Who } from '@chiron/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Actor, Ctx, Deps } from '../context.ts'
import { refuse } from '../refuse.ts'
import { unkeepableField } from './unkeepable-text.ts'

/** Who a request comes from, found out by the account feature and told to the platform. */
export interface Identity {
  actor: Actor
  workspaceId: Ctx['workspaceId']
  /** Hash of the session token, so that signing out can end this session. */
  sessionHash?: string
}
export type Identify = (deps: Deps, request: FastifyRequest, who: Who) => Promise<Identity | null>

interface Input<T extends Route> {
  params: z.output<T['params']>
  query: z.output<T['query']>
  body: z.output<T['body']>
}

/** What a handler may need beside the parsed input: rarely anything. */
export interface Exchange {
  request: FastifyRequest
  identity: Identity | null
  setCookie(name: string, value: string, maxAgeSeconds: number): void
}

const anonymous: Actor = { kind: 'anonymous', id: 'anonymous' }

/** Registers one route of the contract: identify, parse, call the verb, check the reply. */
export function serve<T extends Route>(
  app: FastifyInstance,
  deps: Deps,
  route: T,
  handler: (ctx: Ctx, input: Input<T>, exchange: Exchange) => Promise<z.input<T['reply']>>,
): void {
  app.route({
    method: route.method,
    url: route.path,
    schema: {
      summary: route.summary,
      params: route.params,
      querystring: route.query,
      ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { body: route.body }),
      response: { 200: route.reply },
    },
    handler: async (request, reply) => {
      const identity = await identifyCaller(app, deps, request, route.who)
      const input = { params: request.params, query: request.query, body: request.body } as Input<T>
      refuseUnkeepable(input)
      const exchange: Exchange = {
        request,
        identity,
        setCookie: (name, value, maxAge) => {
          const secure = request.protocol === 'https'
          void reply.setCookie(name, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge })
        },
      }
      return handler(contextOf(deps, identity), input, exchange)
    },
  })
}

function refuseUnkeepable({ params, query, body }: Input<Route>): void {
  const field = unkeepableField(params) ?? unkeepableField(query) ?? unkeepableField(body)
  if (field === undefined) return
  refuse('bad-input', `${field || 'The text'} holds a character that cannot be kept. Please type it anew.`, {
    field,
  })
}

/** For the few routes that carry bytes: the caller's context, or a refusal. */
export async function callerOf(
  app: FastifyInstance,
  deps: Deps,
  request: FastifyRequest,
  who: Who,
): Promise<Ctx> {
  return contextOf(deps, await identifyCaller(app, deps, request, who))
}

function contextOf(deps: Deps, identity: Identity | null): Ctx {
  return { deps, actor: identity?.actor ?? anonymous, workspaceId: identity?.workspaceId ?? null }
}

async function identifyCaller(
  app: FastifyInstance,
  deps: Deps,
  request: FastifyRequest,
  who: Who,
): Promise<Identity | null> {
  const identity = await app.identify(deps, request, who)
  if (identity === null && who !== 'public') {
    return refuse('not-signed-in', 'Please sign in: this session has ended or was never started.')
  }
  return identity
}

declare module 'fastify' {
  interface FastifyInstance {
    identify: Identify
  }
}
