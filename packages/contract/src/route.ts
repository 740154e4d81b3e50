import { z } from 'zod'

/** Who may call a route at all; what they may do there is decided by the verb (`may`). */
export type Who = 'public' | 'member' | 'worker' | 'person'

export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Fastify form, e.g. `/api/campaigns/:campaignId`. */
  readonly path: string
  readonly who: Who
  /** One sentence for the OpenAPI document. */
  readonly summary: string
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly reply: R
}

const nothing = z.object({})
type Nothing = typeof nothing

interface RouteDraft<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  method: Route['method']
  path: string
  who: Who
  summary: string
  params?: P
  query?: Q
  body?: B
  reply: R
}

/** Declares one route of the HTTP interface; server, client and OpenAPI all read this value. */
export function route<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  R extends z.ZodType = Nothing,
>(draft: RouteDraft<P, Q, B, R>): Route<P, Q, B, R> {
  return {
    ...draft,
    params: (draft.params ?? nothing) as P,
    query: (draft.query ?? nothing) as Q,
    body: (draft.body ?? nothing) as B,
  }
}

/** What a caller sends and gets, as types. */
export type Params<T extends Route> = z.input<T['params']>
export type Query<T extends Route> = z.input<T['query']>
export type Body<T extends Route> = z.input<T['body']>
export type Reply<T extends Route> = z.output<T['reply']>
