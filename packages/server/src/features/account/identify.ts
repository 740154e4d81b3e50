import type { WorkerId, WorkspaceId } from '@chiron/core/kit'
import type { FastifyRequest } from 'fastify'
import { type Ctx, type Deps, systemCtx } from '../../platform/context.ts'
import type { Identify, Identity } from '../../platform/http/serve.ts'
import { secretHash } from '../../platform/secrets.ts'
import { tidy } from '../../platform/tx.ts'
import * as credentials from './credential-store.ts'
import { type App, COOKIES } from './session.ts'
import { updateMember } from './store.ts'
import { DAY_MS, inDays, SESSION_DAYS } from './tokens.ts'

export const KEY_PREFIX = 'chk_'
const SEEN_EVERY_MS = 10 * 60_000

/** Whom a request comes from: by API key, else by the cookie of the app that the route is for. */
export const identify: Identify = async (deps, request, who) => {
  const key = bearerOf(request)
  if (key !== undefined) return who === 'worker' ? null : keyIdentity(deps, key)
  for (const app of appsFor(request, who)) {
    const token = request.cookies[COOKIES[app]]
    const identity = token ? await sessionIdentity(deps, app, token) : null
    if (identity) return identity
  }
  return null
}

function bearerOf({ headers }: FastifyRequest): string | undefined {
  const [scheme = '', secret = ''] = headers.authorization?.split(' ') ?? []
  return scheme.toLowerCase() === 'bearer' && secret.startsWith(KEY_PREFIX) ? secret : undefined
}

/** Which cookies count, the likeliest first. A picture's address cannot carry a header, so the query may name the app. */
function appsFor(request: FastifyRequest, who: Parameters<Identify>[2]): readonly App[] {
  if (who === 'member') return ['console']
  if (who === 'worker') return ['worker']
  const named = request.headers['x-chiron-app'] ?? queryApp(request)
  if (named === 'console' || named === 'worker') return [named]
  return who === 'public' ? ['worker', 'console'] : ['console', 'worker']
}

// The route's schema has taken what it does not know out of `request.query` already.
const queryApp = ({ url }: FastifyRequest): string | null =>
  url.includes('?') ? new URLSearchParams(url.slice(url.indexOf('?'))).get('app') : null

async function sessionIdentity(deps: Deps, app: App, token: string): Promise<Identity | null> {
  const sessionHash = secretHash(token)
  const now = deps.clock.now()
  const holder = await credentials.sessionHolder(deps.db, sessionHash, now)
  if (!holder) return null
  const identity = identityOf(holder, sessionHash)
  if (!identity || (app === 'worker') !== (identity.actor.kind === 'worker')) return null
  await keepAlive({ deps, ...identity }, holder, sessionHash)
  return identity
}

function identityOf(holder: credentials.SessionHolder, sessionHash: string): Identity | null {
  const { workspace_id, member_id, role, worker_id } = holder
  if (worker_id)
    return { actor: { kind: 'worker', id: worker_id as WorkerId }, workspaceId: null, sessionHash }
  if (!member_id || !role) return null
  return {
    actor: { kind: 'member', id: member_id, role },
    workspaceId: workspace_id as WorkspaceId,
    sessionHash,
  }
}

/** A session moves on with use, once a day; when a member was last seen is kept to ten minutes. */
async function keepAlive(ctx: Ctx, holder: credentials.SessionHolder, sessionHash: string): Promise<void> {
  const { deps, actor, workspaceId } = ctx
  const now = deps.clock.now()
  const expiresAt = inDays(deps, SESSION_DAYS)
  const ages = expiresAt.getTime() - holder.expires_at.getTime() > DAY_MS
  const seenMs = holder.last_seen_at?.getTime() ?? 0
  const unseen = actor.kind === 'member' && now.getTime() - seenMs > SEEN_EVERY_MS
  if (!ages && !unseen) return
  await tidy(ctx, async (tx) => {
    if (ages) await credentials.extendSession(tx, sessionHash, expiresAt)
    if (unseen && workspaceId)
      await updateMember(tx, { workspace_id: workspaceId, id: actor.id }, { last_seen_at: now })
  })
}

async function keyIdentity(deps: Deps, secret: string): Promise<Identity | null> {
  const holder = await credentials.keyHolder(deps.db, secretHash(secret))
  if (!holder) return null
  const { key_id, role } = holder
  const workspaceId = holder.workspace_id as WorkspaceId
  const now = deps.clock.now()
  if (now.getTime() - (holder.last_used_at?.getTime() ?? 0) > SEEN_EVERY_MS) {
    await tidy(systemCtx(deps, 'identify', workspaceId), (tx) =>
      credentials.touchKey(tx, workspaceId, key_id, now),
    )
  }
  return { actor: { kind: 'key', id: key_id, role }, workspaceId }
}
