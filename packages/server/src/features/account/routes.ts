import { accountRoutes } from '@chiron/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { type Exchange, serve } from '../../platform/http/serve.ts'
import { addMember } from './add-member.ts'
import { addPasskey, passkeyOptions } from './add-passkey.ts'
import { changeMember } from './change-member.ts'
import { changeWorker } from './change-worker.ts'
import { join } from './join.ts'
import { listInvites, listKeys, listMembers } from './list-team.ts'
import { makeInvite } from './make-invite.ts'
import { makeKey } from './make-key.ts'
import { makeMemberLink } from './make-member-link.ts'
import { siteOf } from './passkey.ts'
import { readInvite } from './read-invite.ts'
import { readMe } from './read-me.ts'
import { removeMember } from './remove-member.ts'
import { revokeKey } from './revoke-key.ts'
import { COOKIE_SECONDS, COOKIES, type SignedIn, startSession } from './session.ts'
import { signInByLink } from './sign-in-by-link.ts'
import { passkeySignInOptions, signInByPasskey } from './sign-in-by-passkey.ts'
import { signInByPin } from './sign-in-by-pin.ts'
import { signOut } from './sign-out.ts'
import { wireInvite, wireKey, wireMember } from './wire.ts'

const done = { ok: true } as const

/** People are listed with what became of their work: insight serves that. */
export function accountHttp(app: FastifyInstance, deps: Deps): void {
  signingIn(app, deps)
  passkeys(app, deps)
  team(app, deps)
  invites(app, deps)
  keys(app, deps)
}

function signingIn(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, accountRoutes.me, readMe)
  serve(app, deps, accountRoutes.signInByLink, async (ctx, { body }, exchange) =>
    welcome(await signInByLink(ctx, body.token), exchange),
  )
  serve(app, deps, accountRoutes.signInByPin, async (ctx, { body }, exchange) =>
    welcome(await signInByPin(ctx, body.handle, body.pin), exchange),
  )
  serve(app, deps, accountRoutes.join, async (ctx, { body }, exchange) => {
    const joined = await join(ctx, body)
    // Who is signed in as a worker keeps that session.
    if (ctx.actor.kind === 'worker') return readMe(joined.ctx)
    return welcome(await startSession(ctx, { workerId: joined.workerId }), exchange)
  })
  serve(app, deps, accountRoutes.changeWorker, (ctx, { body }, { identity }) =>
    changeWorker(ctx, body, identity?.sessionHash),
  )
  serve(app, deps, accountRoutes.signOut, async (ctx, _input, exchange) => {
    await signOut(ctx, exchange.identity?.sessionHash)
    exchange.setCookie(COOKIES[ctx.actor.kind === 'worker' ? 'worker' : 'console'], '', 0)
    return done
  })
}

function welcome({ ctx, app, token }: SignedIn, exchange: Exchange) {
  exchange.setCookie(COOKIES[app], token, COOKIE_SECONDS)
  return readMe(ctx)
}

function passkeys(app: FastifyInstance, deps: Deps): void {
  const site = (request: FastifyRequest) => siteOf(deps, request)
  serve(app, deps, accountRoutes.passkeySignInOptions, (ctx, _input, { request }) =>
    passkeySignInOptions(ctx, site(request)),
  )
  serve(app, deps, accountRoutes.signInByPasskey, async (ctx, { body }, exchange) =>
    welcome(await signInByPasskey(ctx, site(exchange.request), body), exchange),
  )
  serve(app, deps, accountRoutes.passkeyOptions, (ctx, _input, { request }) =>
    passkeyOptions(ctx, site(request)),
  )
  serve(app, deps, accountRoutes.addPasskey, async (ctx, { body }, { request }) => {
    await addPasskey(ctx, site(request), body)
    return done
  })
}

function team(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, accountRoutes.listMembers, async (ctx) => ({
    items: (await listMembers(ctx)).map(wireMember),
  }))
  serve(app, deps, accountRoutes.addMember, async (ctx, { body }) => {
    const { member, url } = await addMember(ctx, body)
    return { member: wireMember(member), url }
  })
  serve(app, deps, accountRoutes.changeMember, async (ctx, { params, body }) =>
    wireMember(await changeMember(ctx, { ...params, ...body })),
  )
  serve(app, deps, accountRoutes.makeMemberLink, async (ctx, { params }) => {
    const { url, expiresAt } = await makeMemberLink(ctx, params.memberId)
    return { url, expiresAt: expiresAt.toISOString() }
  })
  serve(app, deps, accountRoutes.removeMember, async (ctx, { params }) => {
    await removeMember(ctx, params.memberId)
    return done
  })
}

function invites(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, accountRoutes.readInvite, async (ctx, { params }) => {
    const { workspace_name, expires_at } = await readInvite(ctx, params.code)
    return { workspaceName: workspace_name, expiresAt: expires_at.toISOString() }
  })
  serve(app, deps, accountRoutes.listInvites, async (ctx) => ({
    items: (await listInvites(ctx)).map((row) => wireInvite(row)),
  }))
  serve(app, deps, accountRoutes.makeInvite, async (ctx, { body }) => {
    const { invite, code, url } = await makeInvite(ctx, body)
    return wireInvite(invite, { code, url })
  })
}

function keys(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, accountRoutes.listKeys, async (ctx) => ({ items: (await listKeys(ctx)).map(wireKey) }))
  serve(app, deps, accountRoutes.makeKey, async (ctx, { body }) => {
    const { key, secret } = await makeKey(ctx, body)
    return { key: wireKey(key), secret }
  })
  serve(app, deps, accountRoutes.revokeKey, async (ctx, { params }) => {
    await revokeKey(ctx, params.keyId)
    return done
  })
}
