import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  accountRoutes,
  campaignRoutes,
  consentRoutes,
  type Lease,
  logRoutes,
  mediaPaths,
  mediaRoutes,
  ontologyRoutes,
  payRoutes,
  type Route,
  releaseRoutes,
  reviewRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeClip, sha256Of, unlike } from './clips.ts'
import {
  agree,
  type Lab,
  OUTCOMES,
  openLab,
  type Person,
  questions,
  takeAnswer,
  takes,
  type Worker,
} from './lab.ts'
import { pause } from './load.ts'
import { IN_WORDS, refusal, said } from './refusal.ts'
import { ServerProcess } from './server-process.ts'
import { sendWhole } from './tus-sender.ts'

const CLIP_MS = 800
const home = await mkdtemp(path.join(tmpdir(), 'chiron-bad-input-'))
const server = await ServerProcess.at({ home })
const clip = makeClip(`testsrc2=size=320x240:rate=10:duration=${CLIP_MS / 1000}`)
let lab: Lab
let film: string
let judge: string
let database: pg.Client

beforeAll(async () => {
  await server.start()
  lab = await openLab(server, 'First lab')
  film = await lab.publish({
    ...takes,
    flow: { ...takes.flow, review: { whenDisputed: true, sampleRatio: 1 } },
  })
  judge = await lab.publish(questions)
  database = new pg.Client({ connectionString: server.databaseUrl() })
  await database.connect()
  for (let count = 0; count < 12; count += 1) await imported()
  await until(async () => {
    const { rows } = await database.query("select from lease where campaign_id = $1 and state = 'offered'", [
      judge,
    ])
    return rows.length >= 24
  })
})
afterAll(async () => {
  await database.end()
  await server.stop()
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await holds()) return
    await pause(100)
  }
  throw new Error('this never came true')
}

const uploadUrl = () => `${server.url}${mediaPaths.uploads}`

async function uploaded({ headers }: Person, campaignId?: string) {
  const bytes = unlike(clip, 100)
  const metadata = { purpose: 'episode', sha256: sha256Of(bytes), ...(campaignId ? { campaignId } : {}) }
  const { uploadId } = await sendWhole({ url: uploadUrl(), headers }, { bytes, metadata })
  return { uploadId, sha256: sha256Of(bytes), bytes: bytes.length }
}

async function imported(): Promise<string> {
  const { uploadId } = await uploaded(lab.manager)
  const rights = 'Drawn by the test itself.'
  const body = { id: randomUUID(), campaignId: judge, uploadId, rights }
  return (await lab.manager.client.call(mediaRoutes.importEpisode, { body })).id
}

async function claimed({ client }: Worker, campaignId: string): Promise<Lease> {
  const { lease } = await client.call(taskRoutes.claim, { body: { campaignId, termsVersion: 1 } })
  if (!lease) throw new Error('there is nothing left to do')
  return lease
}

const yes = { choices: { outcome: OUTCOMES[0] } }
const answerTo = (lease: Lease, answer: Record<string, unknown> = yes) => ({
  id: randomUUID(),
  leaseId: lease.id,
  answer,
  activeMs: 1000,
})
const send = ({ client }: Worker, body: ReturnType<typeof answerTo>) =>
  client.call(submissionRoutes.submit, { body })
const lastMs = (leaseId: string) =>
  database.query("update lease set leased_until = now() - interval '1 second' where id = $1", [leaseId])

test('two tabs on one lease: the first answer is kept, the second told so', async () => {
  const worker = await lab.worker('Two tabs')
  const lease = await claimed(worker, judge)
  const first = answerTo(lease)
  await send(worker, first)
  const other = await refusal(send(worker, answerTo(lease, { choices: { outcome: OUTCOMES[1] } })))
  expect(other).toMatchObject({
    status: 409,
    code: 'lease-elsewhere',
    message: expect.stringMatching(IN_WORDS),
  })
  const changed = await refusal(send(worker, { ...first, answer: { choices: { outcome: OUTCOMES[1] } } }))
  expect(changed).toMatchObject({ code: 'idempotency-mismatch', message: expect.stringMatching(IN_WORDS) })
  const { rows } = await database.query('select answer from submission where lease_id = $1', [lease.id])
  expect(rows).toEqual([{ answer: yes }])
  expect((await send(worker, first)).submission.id).toBe(first.id)
})

test('a lease that ends while filming: the take counts where it can; where all is done it is said, and nothing held against anybody', async () => {
  const one = await lab.publish({ ...takes, quota: 1 })
  const [slow, quick, third] = await Promise.all(['Slow', 'Quick', 'Third'].map((name) => lab.worker(name)))
  for (const worker of [slow, quick, third] as Worker[]) await agree(worker, one)
  const lease = await claimed(slow as Worker, one)
  await lastMs(lease.id)
  const late = await refusal(
    (slow as Worker).client.call(taskRoutes.extend, { params: { leaseId: lease.id } }),
  )
  expect(late).toMatchObject({ status: 409, code: 'lease-expired', message: expect.stringMatching(IN_WORDS) })
  const takeOf = async (worker: Worker) => takeAnswer(await uploaded(worker, one), CLIP_MS)
  const kept = answerTo(lease, await takeOf(slow as Worker))
  expect((await send(slow as Worker, kept)).submission).toMatchObject({ id: kept.id, attempt: 1 })

  const two = await lab.publish({ ...takes, quota: 1 })
  for (const worker of [slow, quick] as Worker[]) await agree(worker, two)
  const lost = await claimed(slow as Worker, two)
  await lastMs(lost.id)
  await until(async () => {
    const { lease: again } = await (quick as Worker).client.call(taskRoutes.claim, {
      body: { campaignId: two, termsVersion: 1 },
    })
    if (!again) return false
    await send(quick as Worker, answerTo(again, takeAnswer(await uploaded(quick as Worker, two), CLIP_MS)))
    return true
  })
  const tooLate = answerTo(lost, takeAnswer(await uploaded(slow as Worker, two), CLIP_MS))
  const refused = await refusal(send(slow as Worker, tooLate))
  expect(refused).toMatchObject({
    status: 409,
    code: 'lease-expired',
    message: expect.stringMatching(IN_WORDS),
  })
  expect(refused.message).toContain('Nothing is held against you')
}, 180_000)

const post = (person: Person, url: string, body: string, type = 'application/json') =>
  fetch(`${server.url}${url}`, { method: 'POST', headers: { ...person.headers, 'content-type': type }, body })

test('requests that are none: broken JSON, the wrong kind, too large, unknown places', async () => {
  const invites = accountRoutes.makeInvite.path
  for (const body of ['{', '', '{"label": "x",}', '[1', 'null', '"words"', '[]', '12']) {
    const reply = await said(await post(lab.owner, invites, body))
    expect(reply, body).toMatchObject({
      status: 400,
      code: 'bad-input',
      message: expect.stringMatching(IN_WORDS),
    })
  }
  const typed = await said(await post(lab.owner, invites, '<a>b</a>', 'text/xml'))
  expect(typed).toMatchObject({ status: 415, message: expect.stringMatching(IN_WORDS) })
  const large = await said(await post(lab.owner, invites, JSON.stringify({ label: 'x'.repeat(1_100_000) })))
  expect(large).toMatchObject({ status: 413, code: 'too-large', message: expect.stringMatching(IN_WORDS) })
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
  expect((await post(lab.owner, invites, deep)).status).toBe(400)
  const polluted = await post(lab.owner, invites, '{"label":"x","__proto__":{"admin":true}}')
  expect(polluted.status).toBe(400)
  const nowhere = await said(await fetch(`${server.url}/api/nothing/here`, { headers: lab.owner.headers }))
  expect(nowhere).toMatchObject({ status: 404, code: 'not-found' })
  const fields = await said(await post(lab.owner, invites, '{"label":"","uses":0,"days":"many"}'))
  expect(fields.message).toMatch(/label.*uses.*days/)
  // Nothing of all that was done.
  const { items } = await lab.owner.client.call(accountRoutes.listInvites)
  expect(items.map(({ label }) => label)).toEqual(['faults'])
})

const HOSTILE = [
  `'; drop table worker; --`,
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '{{7*7}} $(id) %s %n \\u0027 \\',
  'مرحبا \u202Eevil\u202C 🙂 e\u0301',
]

test('hostile text is kept as it is and never becomes anything else', async () => {
  const { client: owner } = lab.owner
  const { client: manager } = lab.manager
  for (const [at, text] of HOSTILE.entries()) {
    const { member } = await owner.call(accountRoutes.addMember, { body: { name: text, role: 'auditor' } })
    expect(member.name).toBe(text)
    expect((await owner.call(accountRoutes.makeInvite, { body: { label: text } })).label).toBe(text)
    expect(
      (await owner.call(accountRoutes.makeKey, { body: { name: text, role: 'auditor' } })).key.name,
    ).toBe(text)
    const fund = { id: randomUUID(), amount: { amountMinor: 100, currency: 'USD' }, reference: text }
    expect((await manager.call(payRoutes.fund, { body: fund })).ref).toBe(text)
    const terms = [
      { id: 'outcome.success', kind: 'outcome', label: { en: text } },
      { id: 'outcome.failure', kind: 'outcome', label: { en: 'No' } },
    ] as const
    const made = await manager.call(ontologyRoutes.create, { body: { name: text, terms: [...terms] } })
    expect([made.name, made.terms[0]?.label.en]).toEqual([text, text])
    const draft = { ...questions, ...lab.base, title: { en: text }, briefs: { en: wordy(text) } }
    const campaign = await manager.call(campaignRoutes.create, { body: draft })
    expect([campaign.title.en, campaign.briefs.en]).toEqual([text, wordy(text)])
    const worker = await lab.worker(text)
    const me = await worker.client.call(accountRoutes.me)
    expect(me.name).toBe(text)
    const sent = answerTo(await claimed(worker, judge), { ...yes, note: text })
    await send(worker, sent)
    const { rows } = await database.query('select answer from submission where id = $1', [sent.id])
    expect(rows).toEqual([{ answer: { ...yes, note: text } }])
    for (const route of [accountRoutes.listPeople, mediaRoutes.listEpisodes, logRoutes.list] as const)
      expect((await manager.call(route, { query: { search: text, limit: 5 } })).items.length).toBeGreaterThan(
        -1,
      )
    const found = await refusal(
      manager.call(logRoutes.list, { query: { after: text } }).then(failUnlessEmpty),
    )
    expect(found.status, `after=${at}`).toBeLessThan(500)
  }
  const raw = await fetch(`${server.url}/api/members`, { headers: lab.owner.headers })
  expect(raw.headers.get('content-type')).toContain('application/json')
  expect(raw.headers.get('x-content-type-options')).toBe('nosniff')
  const { rows } = await database.query('select count(*)::int as count from worker')
  expect(rows[0].count).toBeGreaterThan(HOSTILE.length)
})

const wordy = (text: string) => ({ title: text, steps: [text], success: text, avoid: [text] })
const failUnlessEmpty = ({ items }: { items: unknown[] }): void => {
  if (items.length === 0) throw new NothingFound()
}
class NothingFound extends Error {}

test('text that no database can keep is refused in words, wherever it is', async () => {
  const worker = await lab.worker('Careful')
  const lease = await claimed(worker, judge)
  for (const text of ['nul \u0000 inside', 'half a pair \ud800', '\udc00 the other half']) {
    const calls = [
      () => lab.owner.client.call(accountRoutes.addMember, { body: { name: text, role: 'auditor' } }),
      () => lab.owner.client.call(accountRoutes.makeInvite, { body: { label: text } }),
      () =>
        lab.manager.client.call(payRoutes.fund, {
          body: { id: randomUUID(), amount: { amountMinor: 1, currency: 'USD' }, reference: text },
        }),
      () =>
        lab.manager.client.call(campaignRoutes.create, {
          body: { ...questions, ...lab.base, title: { en: text } },
        }),
      () => send(worker, answerTo(lease, { ...yes, note: text })),
      () => lab.owner.client.call(accountRoutes.signInByLink, { body: { token: text.padEnd(30, 'x') } }),
      () => lab.owner.client.call(accountRoutes.readInvite, { params: { code: 'a\u0000bcd' } }),
    ]
    for (const [at, call] of calls.entries()) {
      const reply = await refusal(call())
      expect([400, 401, 404], `call ${at}: ${JSON.stringify(reply)}`).toContain(reply.status)
      expect(reply.message).toMatch(IN_WORDS)
    }
  }
  const asked = await fetch(`${server.url}/api/log?subjectId=a%00b`, { headers: lab.manager.headers })
  expect(await said(asked)).toMatchObject({ status: 400, code: 'bad-input' })
  await send(worker, answerTo(lease))
})

test('ids that are none, and ids that nobody has', async () => {
  const { client } = lab.owner
  const worker = await lab.worker('Lost')
  const unknown = randomUUID()
  const calls: Record<string, () => Promise<unknown>> = {
    campaign: () => client.call(campaignRoutes.read, { params: { campaignId: unknown } }),
    publish: () => client.call(campaignRoutes.publish, { params: { campaignId: unknown } }),
    episode: () => client.call(mediaRoutes.readEpisode, { params: { episodeId: unknown } }),
    review: () => client.call(reviewRoutes.read, { params: { reviewId: unknown } }),
    release: () => client.call(releaseRoutes.read, { params: { releaseId: unknown } }),
    proof: () => client.call(logRoutes.proof, { params: { recordId: unknown } }),
    ontology: () => client.call(ontologyRoutes.read, { params: { ontologyId: unknown, version: 1 } }),
    lease: () => worker.client.call(taskRoutes.readLease, { params: { leaseId: unknown } }),
    offer: () => worker.client.call(taskRoutes.readOffer, { params: { campaignId: unknown } }),
    claim: () => worker.client.call(taskRoutes.claim, { body: { campaignId: unknown, termsVersion: 1 } }),
    consent: () => worker.client.call(consentRoutes.withdraw, { params: { consentId: unknown } }),
    submission: () => worker.client.call(submissionRoutes.readOwn, { params: { submissionId: unknown } }),
    appeal: () =>
      worker.client.call(reviewRoutes.appeal, {
        body: { id: randomUUID(), submissionId: unknown, text: 'Why?' },
      }),
  }
  for (const [what, call] of Object.entries(calls)) {
    const reply = await refusal(call(), what)
    expect(reply, what).toMatchObject({
      status: 404,
      code: 'not-found',
      message: expect.stringMatching(IN_WORDS),
    })
  }
  for (const id of ['1', `${unknown}'--`, '../../etc/passwd', 'null']) {
    const reply = await refusal(client.call(campaignRoutes.read, { params: { campaignId: id } }))
    expect(reply.status, id).toBe(400)
    const bytes = await fetch(`${server.url}/api/episodes/${encodeURIComponent(id)}/video`, {
      headers: lab.owner.headers,
    })
    expect([400, 404], `${id}: ${bytes.status}`).toContain(bytes.status)
  }
})

test('another team’s ids are not there, in whatever place they are given', async () => {
  const other = await openLab(server, 'Second lab')
  const stranger = await other.worker('Stranger')
  const ids = await idsOfFirstLab()
  const callers: [string, Person][] = [
    ['owner', other.owner],
    ['manager', other.manager],
    ['reviewer', other.reviewer],
    ['worker', stranger],
  ]
  const before = await rowCounts()
  for (const route of allRoutes()) {
    const url = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) => ids[name] ?? randomUUID())
    if (url === route.path) continue
    for (const [who, { headers }] of callers) {
      const sends = route.method !== 'GET' && route.method !== 'DELETE'
      const reply = await fetch(`${server.url}${url}`, {
        method: route.method,
        headers: { ...headers, ...(sends ? { 'content-type': 'application/json' } : {}) },
        ...(sends ? { body: JSON.stringify(BODIES[route.path] ?? {}) } : {}),
      })
      const text = await reply.text()
      expect([401, 403, 404], `${who} ${route.method} ${route.path}: ${text}`).toContain(reply.status)
      if (who === 'owner' && route.who === 'member') expect(reply.status, `${route.path}: ${text}`).toBe(404)
      if (who === 'worker' && route.who === 'worker') expect(reply.status, `${route.path}: ${text}`).toBe(404)
    }
  }
  for (const [what, call] of Object.entries(await givenInBodies(other, stranger, ids))) {
    const reply = await refusal(call(), what)
    expect([400, 403, 404, 409], `${what}: ${JSON.stringify(reply)}`).toContain(reply.status)
    expect(reply.message, what).toMatch(IN_WORDS)
  }
  for (const url of [
    mediaPaths.episodeVideo(ids.episodeId ?? ''),
    mediaPaths.episodePoster(ids.episodeId ?? ''),
    mediaPaths.ownVideo(ids.episodeId ?? ''),
    mediaPaths.leaseVideo(ids.leaseId ?? ''),
    mediaPaths.briefMedia(lab.base.exampleMediaId),
    `/log/${lab.slug}/checkpoint`,
  ]) {
    for (const [who, { headers }] of callers) {
      const reply = await fetch(`${server.url}${url}`, { headers })
      expect([401, 403, 404], `${who} ${url}`).toContain(reply.status)
    }
  }
  expect(await rowCounts()).toEqual(before)
}, 180_000)

/** Routes with an id in their path. */
const allRoutes = (): Route[] =>
  [
    accountRoutes,
    campaignRoutes,
    consentRoutes,
    logRoutes,
    mediaRoutes,
    ontologyRoutes,
    payRoutes,
    releaseRoutes,
    reviewRoutes,
    submissionRoutes,
    taskRoutes,
  ].flatMap((routes) => Object.values(routes as Record<string, Route>).filter(({ who }) => who !== 'public'))

/** Bodies that would do, had the id been one's own. */
const BODIES: Record<string, unknown> = {
  [accountRoutes.changeMember.path]: { name: 'Taken over' },
  [campaignRoutes.change.path]: { quota: 3 },
  [ontologyRoutes.revise.path]: { terms: [{ id: 'outcome.success', kind: 'outcome', label: { en: 'Yes' } }] },
  [payRoutes.settlePayout.path]: { outcome: 'paid', reference: 'x' },
  [reviewRoutes.decide.path]: { decision: 'accept' },
}

async function idsOfFirstLab(): Promise<Record<string, string>> {
  const worker = await lab.worker('Somebody')
  await agree(worker, film)
  const lease = await claimed(worker, judge)
  const filmed = answerTo(await claimed(worker, film), takeAnswer(await uploaded(worker, film), CLIP_MS))
  await send(worker, filmed)
  const first = async (text: string) =>
    (await database.query<{ id: string }>(text)).rows[0]?.id ?? randomUUID()
  const { rows } = await database.query<{ id: string; consent_id: string }>(
    'select id, consent_id from episode where submission_id = $1',
    [filmed.id],
  )
  return {
    campaignId: judge,
    sourceCampaignId: film,
    ontologyId: lab.base.ontologyId,
    version: '1',
    leaseId: lease.id,
    submissionId: filmed.id,
    episodeId: rows[0]?.id ?? '',
    consentId: rows[0]?.consent_id ?? '',
    memberId: await first("select id from member where role = 'reviewer' order by created_at limit 1"),
    keyId: await first('select id from api_key order by created_at limit 1'),
    recordId: await first('select id from record order by id limit 1'),
    reviewId: await first('select id from review limit 1'),
    uploadId: (await uploaded(lab.manager)).uploadId,
    workerId: worker.workerId,
  }
}

/** The first lab's ids inside bodies of the second lab's people. */
async function givenInBodies(
  other: Lab,
  stranger: Worker,
  ids: Record<string, string>,
): Promise<Record<string, () => Promise<unknown>>> {
  const { client } = other.manager
  const own = { ...questions, ...other.base }
  const mine = await other.publish(questions)
  const id = randomUUID
  const { campaignId = '', submissionId = '', leaseId = '', uploadId = '', ontologyId = '' } = ids
  const rights = 'Drawn by the test itself.'
  return {
    ontology: () => client.call(campaignRoutes.create, { body: { ...own, ontologyId } }),
    example: () =>
      client
        .call(campaignRoutes.create, { body: { ...own, exampleMediaId: lab.base.exampleMediaId } })
        .then(({ id: draft }) => client.call(campaignRoutes.publish, { params: { campaignId: draft } })),
    source: () => client.call(campaignRoutes.create, { body: { ...own, sourceCampaignId: film } }),
    upload: () =>
      client.call(mediaRoutes.importEpisode, {
        body: { id: id(), campaignId: mine, uploadId, rights },
      }),
    'import into': () =>
      client.call(mediaRoutes.importEpisode, {
        body: { id: id(), campaignId, uploadId, rights },
      }),
    release: () => client.call(releaseRoutes.create, { body: { campaignId: film, name: 'theirs' } }),
    claim: () => stranger.client.call(taskRoutes.claim, { body: { campaignId, termsVersion: 1 } }),
    consent: () =>
      stranger.client.call(consentRoutes.decide, {
        body: { campaignId: film, noticeVersion: 1, decision: 'given', locale: 'en' },
      }),
    submit: () =>
      stranger.client.call(submissionRoutes.submit, {
        body: { id: id(), leaseId, answer: yes, activeMs: 1 },
      }),
    appeal: () =>
      stranger.client.call(reviewRoutes.appeal, { body: { id: id(), submissionId, text: 'Why?' } }),
    payout: () =>
      stranger.client.call(payRoutes.requestPayout, {
        body: { id: id(), workspaceId: lab.workspaceId, amount: { amountMinor: 1, currency: 'USD' } },
      }),
    'upload for': () =>
      sendWhole(
        { url: uploadUrl(), headers: stranger.headers },
        { bytes: Buffer.from('x'), metadata: { purpose: 'episode', campaignId: film } },
      ),
  }
}

/** How many rows the first lab has in each table that somebody else could have touched. */
async function rowCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of [
    'member',
    'campaign',
    'api_key',
    'invite',
    'lease',
    'ontology_version',
    'release',
    'payout',
  ]) {
    const { rows } = await database.query<{ count: number }>(
      `select count(*)::int as count from ${table} where workspace_id = $1`,
      [lab.workspaceId],
    )
    counts[table] = rows[0]?.count ?? 0
  }
  return counts
}
