import { z } from 'zod'
import { route } from './route.ts'
import { done, id, instant, locale, page, pageQuery } from './wire.ts'

export const role = z.enum(['owner', 'manager', 'reviewer', 'auditor'])
export type Role = z.infer<typeof role>

export const pin = z.string().regex(/^\d{6}$/)
export const country = z.string().regex(/^[A-Z]{2}$/)

export const me = z.discriminatedUnion('as', [
  z.object({
    as: z.literal('member'),
    memberId: id,
    name: z.string(),
    role,
    workspace: z.object({ id, name: z.string(), slug: z.string(), demo: z.boolean() }),
    passkeyCount: z.int(),
  }),
  z.object({
    as: z.literal('worker'),
    workerId: id,
    name: z.string(),
    /** What the worker types with a PIN to come back, e.g. `amber-heron-42`. */
    handle: z.string(),
    locale,
    country: country.nullable(),
    passkeyCount: z.int(),
    /** `pseudonym`: what that team calls the worker, whose name it does not see. */
    workspaces: z.array(z.object({ id, name: z.string(), pseudonym: z.string() })),
  }),
])
export type Me = z.infer<typeof me>

export const member = z.object({
  id,
  name: z.string(),
  role,
  createdAt: instant,
  lastSeenAt: instant.nullable(),
})
export type Member = z.infer<typeof member>

export const invite = z.object({
  id,
  code: z.string().nullable().describe('shown once, when the invite is made'),
  url: z.string().nullable(),
  label: z.string(),
  usesLeft: z.int(),
  usedCount: z.int(),
  expiresAt: instant,
})
export type Invite = z.infer<typeof invite>

export const apiKey = z.object({
  id,
  name: z.string(),
  role,
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
})
export type ApiKey = z.infer<typeof apiKey>

export const person = z.object({
  workerId: id,
  /** All that a team ever reads of who somebody is. */
  pseudonym: z.string(),
  kind: z.enum(['person', 'machine']),
  country: country.nullable(),
  joinedAt: instant,
  acceptedCount: z.int(),
  returnedCount: z.int(),
  pendingCount: z.int(),
})
export type Person = z.infer<typeof person>

/** WebAuthn messages are passed through as the library makes them. */
const webauthn = z.record(z.string(), z.unknown())
const passkeyChallenge = z.object({ challengeId: id, options: webauthn })

export const accountRoutes = {
  me: route({ method: 'GET', path: '/api/me', who: 'person', summary: 'Who is signed in.', reply: me }),
  signInByLink: route({
    method: 'POST',
    path: '/api/sign-in/link',
    who: 'public',
    summary: 'Sign in with a one-time link’s token.',
    body: z.object({ token: z.string().min(20).max(200) }),
    reply: me,
  }),
  readInvite: route({
    method: 'GET',
    path: '/api/invites/:code',
    who: 'public',
    summary: 'What an invite code leads to.',
    params: z.object({ code: z.string().min(4).max(64) }),
    reply: z.object({ workspaceName: z.string(), expiresAt: instant }),
  }),
  join: route({
    method: 'POST',
    path: '/api/sign-in/invite',
    who: 'public',
    summary: 'Join as a worker with an invite code (or join a further workspace when signed in).',
    body: z.object({
      code: z.string().min(4).max(64),
      name: z.string().trim().min(1).max(80),
      locale,
      country: country.optional(),
      pin: pin.optional(),
    }),
    reply: me,
  }),
  signInByPin: route({
    method: 'POST',
    path: '/api/sign-in/pin',
    who: 'public',
    summary: 'Sign in as a worker with handle and PIN.',
    body: z.object({ handle: z.string().trim().toLowerCase().max(60), pin }),
    reply: me,
  }),
  passkeySignInOptions: route({
    method: 'POST',
    path: '/api/sign-in/passkey/options',
    who: 'public',
    summary: 'Begin signing in with a passkey.',
    reply: passkeyChallenge,
  }),
  signInByPasskey: route({
    method: 'POST',
    path: '/api/sign-in/passkey',
    who: 'public',
    summary: 'Finish signing in with a passkey.',
    body: z.object({ challengeId: id, response: webauthn }),
    reply: me,
  }),
  passkeyOptions: route({
    method: 'POST',
    path: '/api/passkeys/options',
    who: 'person',
    summary: 'Begin adding a passkey to the signed-in person.',
    reply: passkeyChallenge,
  }),
  addPasskey: route({
    method: 'POST',
    path: '/api/passkeys',
    who: 'person',
    summary: 'Finish adding a passkey.',
    body: z.object({ challengeId: id, response: webauthn }),
    reply: done,
  }),
  changeWorker: route({
    method: 'PATCH',
    path: '/api/worker/me',
    who: 'worker',
    summary: 'Change own name, language, country or PIN.',
    body: z.object({
      name: z.string().trim().min(1).max(80).optional(),
      locale: locale.optional(),
      country: country.optional(),
      pin: pin.optional(),
    }),
    reply: me,
  }),
  signOut: route({
    method: 'POST',
    path: '/api/sign-out',
    who: 'person',
    summary: 'End this session.',
    reply: done,
  }),
  listMembers: route({
    method: 'GET',
    path: '/api/members',
    who: 'member',
    summary: 'The team.',
    reply: z.object({ items: z.array(member) }),
  }),
  addMember: route({
    method: 'POST',
    path: '/api/members',
    who: 'member',
    summary: 'Add a member; the reply holds a one-time sign-in link to hand over.',
    body: z.object({ name: z.string().trim().min(1).max(80), role }),
    reply: z.object({ member, url: z.string() }),
  }),
  changeMember: route({
    method: 'PATCH',
    path: '/api/members/:memberId',
    who: 'member',
    summary: 'Change a member’s name or role.',
    params: z.object({ memberId: id }),
    body: z.object({ name: z.string().trim().min(1).max(80).optional(), role: role.optional() }),
    reply: member,
  }),
  makeMemberLink: route({
    method: 'POST',
    path: '/api/members/:memberId/link',
    who: 'member',
    summary: 'A fresh one-time sign-in link for a member.',
    params: z.object({ memberId: id }),
    reply: z.object({ url: z.string(), expiresAt: instant }),
  }),
  removeMember: route({
    method: 'DELETE',
    path: '/api/members/:memberId',
    who: 'member',
    summary: 'Remove a member and end their sessions.',
    params: z.object({ memberId: id }),
    reply: done,
  }),
  listInvites: route({
    method: 'GET',
    path: '/api/invites',
    who: 'member',
    summary: 'Worker invites still open.',
    reply: z.object({ items: z.array(invite) }),
  }),
  makeInvite: route({
    method: 'POST',
    path: '/api/invites',
    who: 'member',
    summary: 'Make an invite for workers.',
    body: z.object({
      label: z.string().trim().min(1).max(80),
      uses: z.int().min(1).max(10_000).default(1),
      days: z.int().min(1).max(90).default(14),
    }),
    reply: invite,
  }),
  listKeys: route({
    method: 'GET',
    path: '/api/keys',
    who: 'member',
    summary: 'API keys.',
    reply: z.object({ items: z.array(apiKey) }),
  }),
  makeKey: route({
    method: 'POST',
    path: '/api/keys',
    who: 'member',
    summary: 'Make an API key; its secret is shown once.',
    body: z.object({ name: z.string().trim().min(1).max(80), role }),
    reply: z.object({ key: apiKey, secret: z.string() }),
  }),
  revokeKey: route({
    method: 'DELETE',
    path: '/api/keys/:keyId',
    who: 'member',
    summary: 'Revoke an API key.',
    params: z.object({ keyId: id }),
    reply: done,
  }),
  listPeople: route({
    method: 'GET',
    path: '/api/people',
    who: 'member',
    summary: 'Workers of this workspace.',
    query: pageQuery,
    reply: page(person),
  }),
}
