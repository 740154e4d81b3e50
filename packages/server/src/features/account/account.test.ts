import { accountRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { testChiron } from '../../testing.ts'
import { pinPauseMs } from './sign-in-by-pin.ts'
import { softPasskey } from './testing/soft-passkey.ts'
import { plainCode } from './words.ts'

const chiron = await testChiron({ poolSize: 4 })
const { call, deps } = chiron
const DAY_MS = 86_400_000

const tokenOf = (url: string) => ({ token: url.split('#')[1] ?? '' })

/** POSTs and keeps the cookies of the reply. */
async function enter(path: string, payload: object, headers: Record<string, string> = {}) {
  const reply = await chiron.http.inject({ method: 'POST', url: path, payload, headers })
  const cookie = reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return { status: reply.statusCode, body: reply.json(), headers: { cookie }, cookies: reply.cookies }
}

test('ACC-1 a one-time link works once, and only a POST uses it', async () => {
  const lab = await chiron.workspace()
  const added = await call(accountRoutes.addMember, {
    body: { name: 'Rita', role: 'reviewer' },
    headers: lab.headers('owner'),
  })
  expect(added.body.url).toMatch(/^http:\/\/localhost\/console\/in#[\w-]{43}$/)
  const link = tokenOf(added.body.url)
  await chiron.http.inject({ method: 'GET', url: '/api/sign-in/link', query: link })
  const first = await enter('/api/sign-in/link', link)
  expect(first.body).toMatchObject({ as: 'member', name: 'Rita', role: 'reviewer', passkeyCount: 0 })
  expect(first.cookies[0]).toMatchObject({ name: 'chiron_team', httpOnly: true, sameSite: 'Lax', path: '/' })
  const again = await enter('/api/sign-in/link', link)
  expect([again.status, again.body.code]).toEqual([409, 'already-used'])
  expect((await enter('/api/sign-in/link', { token: 'x'.repeat(43) })).body.code).toBe('bad-credentials')
})

test('ACC-1 a link expires after 7 days', async () => {
  const lab = await chiron.workspace()
  const made = await call(accountRoutes.makeMemberLink, {
    params: { memberId: lab.memberId('auditor') },
    headers: lab.headers('owner'),
  })
  deps.clock.advance(7 * DAY_MS + 1)
  expect((await enter('/api/sign-in/link', tokenOf(made.body.url))).body.code).toBe('expired')
})

test('ACC-2 a session moves on with use and ends 30 days after the last', async () => {
  const lab = await chiron.workspace()
  const headers = lab.headers('manager')
  for (let use = 0; use < 3; use += 1) {
    deps.clock.advance(29 * DAY_MS)
    expect((await call(accountRoutes.me, { headers })).status).toBe(200)
  }
  deps.clock.advance(30 * DAY_MS + 1)
  expect(await call(accountRoutes.me, { headers })).toMatchObject({
    status: 401,
    body: { code: 'not-signed-in' },
  })
})

test('ACC-2 signing out and removing a member end sessions at once', async () => {
  const lab = await chiron.workspace()
  const headers = lab.headers('reviewer')
  await call(accountRoutes.signOut, { headers })
  expect((await call(accountRoutes.me, { headers })).status).toBe(401)

  const link = await call(accountRoutes.makeMemberLink, {
    params: { memberId: lab.memberId('auditor') },
    headers: lab.headers('owner'),
  })
  const removed = await call(accountRoutes.removeMember, {
    params: { memberId: lab.memberId('auditor') },
    headers: lab.headers('owner'),
  })
  expect(removed.status).toBe(200)
  expect((await call(accountRoutes.me, { headers: lab.headers('auditor') })).status).toBe(401)
  expect((await enter('/api/sign-in/link', tokenOf(link.body.url))).status).toBe(401)
  const { body } = await call(accountRoutes.listMembers, { headers: lab.headers('owner') })
  expect(body.items.map(({ role }) => role)).toEqual(['owner', 'manager', 'reviewer'])
})

test('ACC-3 one browser is member and worker, each cookie for its own routes', async () => {
  const lab = await chiron.workspace()
  const worker = await lab.worker('Wanda')
  const team = lab.headers('manager').cookie
  const both = `${team}; ${worker.headers.cookie}`
  const as = async (more: Record<string, string>, query = {}) =>
    (await call(accountRoutes.me, { headers: { cookie: both, ...more }, query })).body.as
  expect(await as({ 'x-chiron-app': 'worker' })).toBe('worker')
  expect(await as({ 'x-chiron-app': 'console' })).toBe('member')
  expect(await as({}, { app: 'worker' })).toBe('worker')
  expect(await as({})).toBe('member')
  expect((await call(accountRoutes.listMembers, { headers: worker.headers })).status).toBe(401)
  expect((await call(accountRoutes.changeWorker, { headers: lab.headers('owner') })).status).toBe(401)
  // A worker's token in the team's cookie opens nothing.
  const swapped = { cookie: worker.headers.cookie?.replace('chiron_worker', 'chiron_team') ?? '' }
  expect((await call(accountRoutes.me, { headers: swapped })).status).toBe(401)
})

async function invite(lab: Awaited<ReturnType<typeof chiron.workspace>>, body = {}) {
  const made = await call(accountRoutes.makeInvite, {
    body: { label: 'Flyer', ...body },
    headers: lab.headers('manager'),
  })
  return made.body
}

test('ACC-4 a code is read however it is typed', async () => {
  expect(plainCode(' k7qm-o1il ')).toBe('K7QM0111')
  const lab = await chiron.workspace()
  const { code, url } = await invite(lab)
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(url).toBe(`http://localhost/join#${code}`)
  const typed = (code ?? '').toLowerCase().replace('-', ' ')
  const found = await call(accountRoutes.readInvite, { params: { code: typed } })
  expect(found.body.workspaceName).toBe(`Lab ${lab.slug}`)
})

test('ACC-4 uses and days run out, also for two at once', async () => {
  const lab = await chiron.workspace()
  const { code } = await invite(lab, { uses: 1 })
  const ask = { code, name: 'Ann', locale: 'en' }
  const both = await Promise.all([1, 2].map(() => enter('/api/sign-in/invite', ask)))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await enter('/api/sign-in/invite', ask)).body.code).toBe('already-used')
  const late = await invite(lab, { days: 1 })
  deps.clock.advance(DAY_MS + 1)
  expect((await enter('/api/sign-in/invite', { ...ask, code: late.code })).body.code).toBe('expired')
  expect((await enter('/api/sign-in/invite', { ...ask, code: 'ZZZZ-ZZZZ' })).status).toBe(404)
  const open = await call(accountRoutes.listInvites, { headers: lab.headers('manager') })
  expect(open.body.items).toEqual([])
})

test('ACC-5 a worker joins with a name alone, and a further workspace as the same person', async () => {
  const [here, there] = [await chiron.workspace(), await chiron.workspace()]
  const code = (await invite(here)).code
  const joined = await enter('/api/sign-in/invite', { code, name: 'Ann', locale: 'ar', country: 'EG' })
  expect(joined.body).toMatchObject({ as: 'worker', name: 'Ann', locale: 'ar', country: 'EG' })
  expect(joined.body.handle).toMatch(/^[a-z]+-[a-z]+-\d{2,4}$/)
  const second = (await invite(there, { uses: 5 })).code
  for (let time = 0; time < 2; time += 1) {
    const more = await enter('/api/sign-in/invite', { code: second, name: 'x', locale: 'en' }, joined.headers)
    expect(more.body).toMatchObject({ workerId: joined.body.workerId, name: 'Ann' })
    const known = more.body.workspaces.map(({ pseudonym }: { pseudonym: string }) => pseudonym)
    expect(known).toEqual([expect.stringMatching(/^p-/), expect.stringMatching(/^p-/)])
    expect(more.cookies).toEqual([])
  }
  const open = await call(accountRoutes.listInvites, { headers: there.headers('manager') })
  expect(open.body.items[0]).toMatchObject({ usesLeft: 4, usedCount: 1, code: null })
})

test('ACC-6 handle and PIN, with a pause that grows', async () => {
  expect([4, 5, 6, 7, 30].map(pinPauseMs)).toEqual([0, 60_000, 120_000, 240_000, DAY_MS])
  const lab = await chiron.workspace()
  const { code } = await invite(lab)
  const joined = await enter('/api/sign-in/invite', { code, name: 'Ann', locale: 'en', pin: '246810' })
  const { handle } = joined.body
  const ask = (pin: string) => enter('/api/sign-in/pin', { handle: ` ${handle.toUpperCase()} `, pin })
  expect((await ask('246810')).body).toMatchObject({ as: 'worker', handle })
  // Ten guesses at one moment are five guesses.
  const tries = await Promise.all(Array.from({ length: 10 }, () => ask('000000')))
  expect(tries.filter(({ body }) => body.code === 'bad-credentials')).toHaveLength(5)
  expect((await ask('246810')).body.code).toBe('too-many')
  deps.clock.advance(60_001)
  expect((await ask('246810')).status).toBe(200)
  expect((await ask('111111')).body.code).toBe('bad-credentials')
  const unknown = await enter('/api/sign-in/pin', { handle: 'no-such-00', pin: '246810' })
  expect(unknown.body.code).toBe('bad-credentials')
  const changed = await call(accountRoutes.changeWorker, {
    headers: joined.headers,
    body: { pin: '135791', name: 'Anna' },
  })
  expect(changed.body).toMatchObject({ name: 'Anna', handle })
  expect((await ask('135791')).status).toBe(200)
})

test('ACC-7 a passkey signs in its member or worker', async () => {
  const lab = await chiron.workspace()
  const worker = await lab.worker()
  for (const [headers, as] of [
    [lab.headers('reviewer'), 'member'],
    [worker.headers, 'worker'],
  ] as const) {
    const passkey = softPasskey({ origin: 'http://localhost', rpId: 'localhost' })
    const asked = await call(accountRoutes.passkeyOptions, { headers })
    const response = passkey.create(String(asked.body.options.challenge))
    const body = { challengeId: asked.body.challengeId, response }
    expect((await call(accountRoutes.addPasskey, { headers, body })).body).toEqual({ ok: true })
    expect((await call(accountRoutes.addPasskey, { headers, body })).body.code).toBe('expired')
    expect((await call(accountRoutes.me, { headers })).body.passkeyCount).toBe(1)

    const question = await call(accountRoutes.passkeySignInOptions)
    const answer = passkey.get(String(question.body.options.challenge))
    const entry = { challengeId: question.body.challengeId, response: answer }
    const entered = await enter('/api/sign-in/passkey', entry)
    expect(entered.body).toMatchObject({ as })
    expect((await call(accountRoutes.me, { headers: entered.headers })).body.as).toBe(as)
    expect((await enter('/api/sign-in/passkey', entry)).body.code).toBe('expired')
  }
})

test('ACC-7 a passkey of another site or for another challenge is refused', async () => {
  const lab = await chiron.workspace()
  const headers = lab.headers('manager')
  const asked = await call(accountRoutes.passkeyOptions, { headers })
  const foreign = softPasskey({ origin: 'http://evil.example', rpId: 'evil.example' })
  const body = {
    challengeId: asked.body.challengeId,
    response: foreign.create(String(asked.body.options.challenge)),
  }
  expect((await call(accountRoutes.addPasskey, { headers, body })).body.code).toBe('bad-credentials')
  const question = await call(accountRoutes.passkeySignInOptions)
  const entry = { challengeId: question.body.challengeId, response: foreign.get('another') }
  expect((await enter('/api/sign-in/passkey', entry)).body.code).toBe('bad-credentials')
})

test('ACC-8 an API key acts with its role until it is revoked', async () => {
  const lab = await chiron.workspace()
  const owner = { headers: lab.headers('owner') }
  const made = await call(accountRoutes.makeKey, { ...owner, body: { name: 'CI', role: 'reviewer' } })
  expect(made.body.secret).toMatch(/^chk_[\w-]{43}$/)
  const headers = { authorization: `Bearer ${made.body.secret}` }
  expect((await call(accountRoutes.me, { headers })).body).toMatchObject({ as: 'member', name: 'CI' })
  expect((await call(accountRoutes.listMembers, { headers })).status).toBe(200)
  expect((await call(accountRoutes.makeInvite, { headers, body: { label: 'x' } })).status).toBe(403)
  expect((await call(accountRoutes.changeWorker, { headers })).status).toBe(401)
  const asOwner = await call(accountRoutes.makeKey, { ...owner, body: { name: 'x', role: 'owner' } })
  expect(asOwner.body.code).toBe('bad-input')
  const listed = await call(accountRoutes.listKeys, owner)
  expect(listed.body.items[0]?.lastUsedAt).not.toBeNull()
  const params = { keyId: made.body.key.id }
  expect((await call(accountRoutes.revokeKey, { ...owner, params })).status).toBe(200)
  expect((await call(accountRoutes.revokeKey, { ...owner, params })).status).toBe(404)
  expect((await call(accountRoutes.me, { headers })).status).toBe(401)
})

test('ACC-9 the last owner stays, also when two leave at once', async () => {
  const lab = await chiron.workspace()
  const headers = lab.headers('owner')
  const [first, second] = [lab.memberId('owner'), lab.memberId('manager')]
  const remove = (memberId: string) => call(accountRoutes.removeMember, { params: { memberId }, headers })
  const demote = (memberId: string, by = headers) =>
    call(accountRoutes.changeMember, { params: { memberId }, body: { role: 'manager' }, headers: by })
  expect((await remove(first)).body.code).toBe('wrong-state')
  expect((await demote(first)).body.code).toBe('wrong-state')
  const promoted = await call(accountRoutes.changeMember, {
    params: { memberId: second },
    body: { role: 'owner', name: 'Mona' },
    headers,
  })
  expect(promoted.body).toMatchObject({ role: 'owner', name: 'Mona' })
  const both = await Promise.all([demote(first), demote(second, lab.headers('manager'))])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('ACC-10 who may do what on the team', async () => {
  const lab = await chiron.workspace()
  const allowed = async (
    roles: string[],
    ask: (headers: Record<string, string>) => Promise<{ status: number }>,
  ) => {
    for (const role of ['owner', 'manager', 'reviewer', 'auditor'] as const) {
      expect((await ask(lab.headers(role))).status, role).toBe(roles.includes(role) ? 200 : 403)
    }
  }
  const body = { name: 'New', role: 'auditor', label: 'Flyer' }
  await allowed(['owner'], (headers) => call(accountRoutes.addMember, { body, headers }))
  await allowed(['owner'], (headers) => call(accountRoutes.makeKey, { body, headers }))
  await allowed(['owner'], (headers) => call(accountRoutes.listKeys, { headers }))
  await allowed(['owner', 'manager'], (headers) => call(accountRoutes.makeInvite, { body, headers }))
  await allowed(['owner', 'manager', 'reviewer', 'auditor'], (headers) =>
    call(accountRoutes.listMembers, { headers }),
  )
})

test('ACC-14 ACC-15 people are listed page by page, by pseudonym: the team never sees what a worker is called', async () => {
  const lab = await chiron.workspace()
  const workers: string[] = []
  for (const name of ['Ann Bell', 'Ben Bell', 'Cid Bell']) workers.push((await lab.worker(name)).workerId)
  const headers = lab.headers('auditor')
  const first = await call(accountRoutes.listPeople, { headers, query: { limit: 2 } })
  expect(first.body.items.map(({ workerId }) => workerId)).toEqual(workers.slice(0, 2))
  expect(first.body.items[0]).toMatchObject({ kind: 'person', acceptedCount: 0, pendingCount: 0 })
  const rest = await call(accountRoutes.listPeople, {
    headers,
    query: { limit: 2, after: first.body.next ?? '' },
  })
  expect(rest.body).toMatchObject({ items: [{ workerId: workers[2] }], next: null })
  const [person] = rest.body.items
  expect(person?.pseudonym).toMatch(/^p-/)
  expect(JSON.stringify([first.body, rest.body])).not.toContain('Bell')
  const search = person?.pseudonym.toUpperCase() ?? ''
  const found = await call(accountRoutes.listPeople, { headers, query: { search } })
  expect(found.body.items.map(({ workerId }) => workerId)).toEqual([workers[2]])
  const guessed = await call(accountRoutes.listPeople, { headers, query: { search: 'bell' } })
  expect(guessed.body.items).toEqual([])
  expect((await call(accountRoutes.listPeople, { headers, query: { after: 'x' } })).status).toBe(400)
})
