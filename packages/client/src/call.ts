import {
  type Body,
  type Params,
  type Problem,
  problem,
  type Query,
  type Reply,
  type Route,
} from '@chiron/contract'

/** A request the server refused, or that never reached it (`code: 'offline'`). */
export class CallError extends Error {
  readonly code: string
  readonly status: number
  readonly facts: Record<string, unknown>

  constructor(status: number, { code, message, facts }: Problem) {
    super(message)
    this.name = 'CallError'
    this.code = code
    this.status = status
    this.facts = facts ?? {}
  }
}

type Part<Name extends string, T> = Record<string, never> extends T ? { [K in Name]?: T } : { [K in Name]: T }
export type CallInput<T extends Route> = Part<'params', Params<T>> &
  Part<'query', Query<T>> &
  Part<'body', Body<T>>

export interface ClientOptions {
  /** Origin of the server, without a trailing slash; empty in a browser served by it. */
  baseUrl: string
  /** Secret of an API key; browsers use their session cookie instead. */
  apiKey?: string
  /** Which of the two apps asks: one browser may be signed in to both. */
  app?: 'console' | 'worker'
  fetch?: typeof globalThis.fetch
}

export interface Client {
  /** Calls one route of the contract. Throws CallError. */
  call<T extends Route>(route: T, input?: CallInput<T>, signal?: AbortSignal): Promise<Reply<T>>
  /** An absolute or same-origin URL for a path that carries bytes. */
  url(path: string): string
  /** Headers that identify the caller, for uploads and downloads. */
  headers(): Record<string, string>
}

/**
 * A client typed by the contract. Replies are trusted (the same release of the server made them), so a browser does
 * not pay for parsing them again.
 */
export function createClient({ baseUrl, apiKey, app, fetch = globalThis.fetch }: ClientOptions): Client {
  const headers = (): Record<string, string> => ({
    ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
    ...(app ? { 'x-chiron-app': app } : {}),
  })
  const call = async <T extends Route>(
    route: T,
    input?: CallInput<T>,
    signal?: AbortSignal,
  ): Promise<Reply<T>> => {
    const { params, query, body } = (input ?? {}) as { params?: Fields; query?: Fields; body?: unknown }
    const sends = route.method !== 'GET' && route.method !== 'DELETE'
    const response = await reach(fetch, `${baseUrl}${fillPath(route.path, params)}${queryString(query)}`, {
      method: route.method,
      credentials: 'same-origin',
      headers: { ...headers(), ...(sends ? { 'content-type': 'application/json' } : {}) },
      ...(sends ? { body: JSON.stringify(body ?? {}) } : {}),
      ...(signal ? { signal } : {}),
    })
    if (!response.ok) throw await refusalOf(response)
    return (await response.json()) as Reply<T>
  }
  return { call, headers, url: (path) => `${baseUrl}${path}` }
}

type Fields = Record<string, unknown>

async function reach(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') throw cause
    throw new CallError(0, {
      code: 'offline',
      message: 'The server could not be reached. Nothing was lost; it will be tried again.',
    })
  }
}

async function refusalOf(response: Response): Promise<CallError> {
  const parsed = problem.safeParse(await response.json().catch(() => null))
  if (parsed.success) return new CallError(response.status, parsed.data)
  return new CallError(response.status, {
    code: 'unexpected-reply',
    message: `The server answered ${response.status} without saying why.`,
  })
}

function fillPath(path: string, params: Fields = {}): string {
  return path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
}

function queryString(query: Fields = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([k, v]): [string, string] => [k, String(v)]))}`
}
