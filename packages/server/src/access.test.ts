import { randomUUID } from 'node:crypto'
import type { Route } from '@chiron/contract'
import * as contract from '@chiron/contract'
import { expect, test } from 'vitest'
import { startSession } from './features/account/index.ts'
import { openLoop } from './testing/loop.ts'
import { type CallInput, testChiron } from './testing.ts'

const chiron = await testChiron()
const {
  accountRoutes: account,
  calibrationRoutes: calibrations,
  campaignRoutes: campaigns,
  consentRoutes: consents,
} = contract
const { logRoutes: log, mediaRoutes: media, ontologyRoutes: ontologies, payRoutes: pay } = contract
const { releaseRoutes: releases, reviewRoutes: reviews, submissionRoutes: answers } = contract
const { qualityRoutes: quality, policyRoutes: policies, embodimentRoutes: embodiments } = contract
const { suiteRoutes: suites, rolloutRoutes: rollouts, deploymentRoutes: deployments } = contract
const { systemRoutes: system, taskRoutes: tasks, mediaPaths, releaseFilePath, EVENTS_PATH } = contract

const loop = await openLoop(chiron)
const id = randomUUID()
const money = { amountMinor: 1, currency: 'USD' }
const passkey = { challengeId: id, response: { id: 'x' } }
const params = Object.fromEntries(
  'alarm campaign consent deployment episode key lease member ontology payout policy record release review rollout submission suite'
    .split(' ')
    .map((noun) => [`${noun}Id`, randomUUID()]),
)
const input = { params: { ...params, code: 'AAAA-AAAA', name: 'joints', version: 1 } }
const SUITE = {
  factors: [],
  impossible: [],
  scenarios: [],
  criteria: { success: { en: 'The cup stands.' }, milestones: [], timeLimitMs: null },
  outcomeIds: [],
  failureIds: [],
}
const CALIBRATION = {
  id,
  device: id,
  camera: 'back',
  facing: null,
  zoom: null,
  intrinsics: { width: 640, height: 480, fx: 500, fy: 500, cx: 320, cy: 240, distortion: [0, 0, 0, 0, 0] },
  rmsPx: 0.2,
  board: { columns: 7, rows: 5, squareMm: 35, markerMm: 26 },
  viewCount: 12,
  coverageRatio: 1,
  tool: { name: 'opencv', version: '4.12.0' },
  madeAt: '2026-01-01T00:00:00.000Z',
}
const digest = '0'.repeat(64)
const body = (value: object): CallInput => ({ ...input, body: value })

/** Who is let in: owner, manager, reviewer, auditor, worker, and nobody in particular. */
const EVERYBODY = 'omraw-'
const TEAM = 'omra'
type Case = readonly [route: Route, who: string, input?: CallInput]

const CASES: readonly Case[] = [
  [system.health, EVERYBODY],
  [account.me, 'omraw'],
  [account.signInByLink, EVERYBODY, body({ token: 'x'.repeat(40) })],
  [account.readInvite, EVERYBODY],
  [account.join, EVERYBODY, body({ code: 'AAAA-AAAA', name: 'X', locale: 'en' })],
  [account.signInByPin, EVERYBODY, body({ handle: 'nobody-here-00', pin: '123456' })],
  [account.passkeySignInOptions, EVERYBODY],
  [account.signInByPasskey, EVERYBODY, body(passkey)],
  [account.passkeyOptions, 'omraw'],
  [account.addPasskey, 'omraw', body(passkey)],
  [account.changeWorker, 'w', body({ locale: 'en' })],
  [account.signOut, 'omraw'],
  [account.listMembers, TEAM],
  [account.addMember, 'o', body({ name: 'New', role: 'auditor' })],
  [account.changeMember, 'o', body({ name: 'New' })],
  [account.makeMemberLink, 'o'],
  [account.removeMember, 'o'],
  [account.listInvites, 'om'],
  [account.makeInvite, 'om', body({ label: 'test' })],
  [account.listKeys, 'o'],
  [account.makeKey, 'o', body({ name: 'k', role: 'auditor' })],
  [account.revokeKey, 'o'],
  [account.listPeople, TEAM],
  [campaigns.templates, TEAM],
  [campaigns.list, TEAM],
  [campaigns.create, 'om', body(loop.drafts.takes)],
  [campaigns.read, TEAM],
  [campaigns.change, 'om', body({ quota: 5 })],
  [campaigns.publish, 'om'],
  [campaigns.pause, 'om'],
  [campaigns.resume, 'om'],
  [campaigns.close, 'om'],
  [calibrations.listOwn, 'w'],
  [calibrations.keep, 'w', body({ workspaceId: id, calibration: CALIBRATION })],
  [consents.list, 'w'],
  [consents.decide, 'w', body({ campaignId: id, noticeVersion: 1, decision: 'given', locale: 'en' })],
  [consents.withdraw, 'w'],
  [consents.receipt, 'w'],
  [log.list, TEAM],
  [log.status, TEAM],
  [log.verify, TEAM],
  [log.proof, 'omraw'],
  [quality.judgement, TEAM],
  [quality.judgedWorkers, TEAM],
  [quality.judgedTasks, TEAM],
  [
    quality.stateAnswer,
    'omr',
    { params: { campaignId: id, taskId: id }, body: { label: 'outcome.success' } },
  ],
  [quality.retireGold, 'omr', { params: { campaignId: id, taskId: id } }],
  [media.listEpisodes, TEAM],
  [media.readMotion, TEAM],
  [media.readEpisode, TEAM],
  [media.readHands, TEAM],
  [media.readBody, TEAM],
  [media.readCorrections, TEAM],
  [media.importEpisode, 'om', body({ id, campaignId: id, uploadId: id, rights: 'They agreed in writing.' })],
  [media.ownEpisodes, 'w'],
  [ontologies.list, TEAM],
  [ontologies.read, 'omraw'],
  [ontologies.create, 'om', body({ name: 'Words', terms: [] })],
  [ontologies.revise, 'om', body({ terms: [] })],
  [policies.list, TEAM],
  [policies.read, TEAM],
  [policies.create, 'om', body({ name: 'Reach' })],
  [policies.addVersion, 'om', body({ label: '1' })],
  [embodiments.list, TEAM],
  [embodiments.create, 'om', body({ name: 'Arm', uploadId: id })],
  [suites.list, TEAM],
  [suites.create, 'om', body({ name: 'Kitchen', ontologyId: id, ontologyVersion: 1 })],
  [suites.read, TEAM],
  [suites.readVersion, TEAM],
  [suites.draftNext, 'om'],
  [suites.change, 'om', body({ revision: 1, content: SUITE })],
  [suites.freeze, 'om', body({ revision: 1 })],
  [suites.diff, TEAM, { ...input, query: { from: 1, to: 2 } }],
  [suites.coverage, TEAM],
  [suites.hardCases, TEAM],
  [suites.draftHardCases, 'om', body({ scenarioKeys: ['a'] })],
  [suites.signed, TEAM],
  [contract.leaderboardRoutes.read, TEAM],
  [contract.leaderboardRoutes.raters, TEAM],
  [contract.leaderboardRoutes.ratingAgreement, TEAM],
  [
    contract.leaderboardRoutes.stateGoldPair,
    'omr',
    body({ betterRolloutId: id, worseRolloutId: randomUUID() }),
  ],
  [contract.leaderboardRoutes.knownRatings, TEAM],
  [contract.leaderboardRoutes.stateGoldRating, 'omr', body({ rolloutId: id, ratings: { a: 1 } })],
  [contract.simTrustRoutes.read, TEAM],
  [contract.failureRoutes.clusters, TEAM, { ...input, query: { policyVersionId: id } }],
  [contract.failureRoutes.draft, 'om', body({ policyVersionId: id, factor: 'light', factorLevel: 'dim' })],
  [contract.validityRoutes.read, TEAM],
  [deployments.list, TEAM],
  [
    deployments.add,
    'om',
    body({
      clientId: 'line 3, Monday',
      policyVersionId: id,
      task: 'Stack cups',
      happenedAt: '2026-01-01T00:00:00.000Z',
      successCount: 1,
      failureCount: 0,
    }),
  ],
  [deployments.retract, 'om'],
  [contract.driftRoutes.read, TEAM],
  [contract.driftRoutes.count, TEAM],
  [contract.driftRoutes.acknowledge, 'omr'],
  [rollouts.list, TEAM],
  [rollouts.add, 'om', body({ digest, policyVersionId: id, world: 'sim' })],
  [rollouts.read, TEAM],
  [rollouts.series, TEAM],
  [rollouts.erase, 'om'],
  [pay.earnings, 'w'],
  [pay.requestPayout, 'w', body({ id, workspaceId: id, amount: money })],
  [pay.overview, 'oma'],
  [pay.fund, 'om', body({ id, amount: money, reference: 'test' })],
  [pay.entries, 'oma'],
  [pay.settlePayout, 'om', body({ outcome: 'paid', reference: 'x' })],
  [releases.list, TEAM],
  [releases.create, 'om', body({ campaignId: id, name: 'first' })],
  [releases.read, TEAM],
  [reviews.list, TEAM],
  [reviews.read, TEAM],
  [reviews.decide, 'omr', body({ decision: 'accept' })],
  [reviews.appeal, 'w', body({ id, submissionId: id, text: 'Please look again.' })],
  [reviews.listAppeals, 'w'],
  [answers.submit, 'w', body({ id, leaseId: id, answer: {}, activeMs: 1 })],
  [answers.listOwn, 'w'],
  [answers.readOwn, 'w'],
  [answers.retake, 'w'],
  [tasks.inbox, 'w'],
  [tasks.readOffer, 'w'],
  [tasks.claim, 'w', body({ campaignId: id, termsVersion: 1 })],
  [tasks.readLease, 'w'],
  [tasks.extend, 'w'],
  [tasks.release, 'w'],
]

/** Writes that an auditor may make: their own coming and going, and looking closer. */
const OF_AUDITORS = new Set<Route>([account.passkeyOptions, account.addPasskey, account.signOut, log.verify])
/** What belongs to a person is closed to keys. */
const NOT_FOR_KEYS = new Set<Route>([
  account.passkeyOptions,
  account.addPasskey,
  quality.stateAnswer,
  contract.leaderboardRoutes.stateGoldPair,
  contract.leaderboardRoutes.stateGoldRating,
])
const CLOSED = new Set(['not-signed-in', 'not-allowed'])
const ROLES = { o: 'owner', m: 'manager', r: 'reviewer', a: 'auditor' } as const
type Letter = keyof typeof ROLES

const worker = await loop.lab.worker()

/** A session of its own for every call: one of them signs out. */
async function headersOf(letter: string): Promise<Record<string, string>> {
  if (letter === '-') return {}
  const { deps } = chiron
  const { lab } = loop
  if (letter === 'w') {
    const { token } = await startSession(worker.ctx, { workerId: worker.workerId })
    return { cookie: `chiron_worker=${token}` }
  }
  const role = ROLES[letter as Letter]
  const holder = { memberId: lab.memberId(role), role, workspaceId: lab.workspaceId }
  const { token } = await startSession({ deps, actor: lab.as(role).actor, workspaceId: null }, holder)
  return { cookie: `chiron_team=${token}` }
}

const isLetIn = async (route: Route, given: CallInput, headers: Record<string, string>) => {
  const { status, body: reply } = await chiron.call(route, { ...given, headers })
  const at = `${route.method} ${route.path}`
  expect(status, `${at}: ${JSON.stringify(reply)}`).toBeLessThan(500)
  // Else the shape alone would have kept the caller out.
  expect((reply as { message?: string }).message ?? '', at).not.toContain('Some fields are not right')
  return !CLOSED.has((reply as { code?: string }).code ?? '')
}

test('ACC-16 every route of the contract is served and told here', () => {
  const all = Object.entries(contract).flatMap(([name, routes]) =>
    name.endsWith('Routes') ? Object.values(routes as Record<string, Route>) : [],
  )
  const told = new Set(CASES.map(([route]) => route))
  expect(all.filter((route) => !told.has(route)).map(({ path }) => path)).toEqual([])
  for (const { method, path } of all) expect(chiron.http.hasRoute({ method, url: path }), path).toBe(true)
})

test('ACC-16 each role comes in where it may and nowhere else', async () => {
  for (const [route, who, given = input] of CASES) {
    let letIn = ''
    for (const letter of EVERYBODY) if (await isLetIn(route, given, await headersOf(letter))) letIn += letter
    expect(letIn, `${route.method} ${route.path}`).toBe(who)
  }
})

test('ACC-16 an auditor writes nothing, and a worker’s routes are workers’ alone', () => {
  const writes = CASES.filter(([{ method, who: open }]) => method !== 'GET' && open !== 'public')
  const ofAuditors = writes.filter(([, who]) => who.includes('a')).map(([route]) => route)
  expect(new Set(ofAuditors)).toEqual(OF_AUDITORS)
  for (const [route, who] of CASES)
    if (route.path.startsWith('/api/worker/')) expect(who, route.path).toBe('w')
})

test('ACC-8 ACC-16 an API key may what its role may, except what only a person can do', async () => {
  for (const letter of ['m', 'r', 'a'] as const) {
    const made = await chiron.call(account.makeKey, {
      headers: loop.lab.headers('owner'),
      body: { name: letter, role: ROLES[letter] },
    })
    const headers = { authorization: `Bearer ${made.body.secret}` }
    for (const [route, who, given = input] of CASES) {
      const may = (who.includes(letter) && !NOT_FOR_KEYS.has(route)) || who === EVERYBODY
      expect(await isLetIn(route, given, headers), `${ROLES[letter]}: ${route.method} ${route.path}`).toBe(
        may,
      )
    }
  }
})

const BYTES: readonly (readonly [
  method: 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE',
  url: string,
  who: string,
])[] = [
  ['POST', mediaPaths.uploads, 'omw'],
  ['HEAD', `${mediaPaths.uploads}/${id}`, 'omraw'],
  ['DELETE', `${mediaPaths.uploads}/${id}`, 'omraw'],
  ['GET', mediaPaths.briefMedia(id), 'omraw'],
  ['GET', mediaPaths.episodeVideo(id), TEAM],
  ['GET', mediaPaths.episodePoster(id), TEAM],
  ['GET', mediaPaths.ownVideo(id), 'w'],
  ['GET', mediaPaths.ownPoster(id), 'w'],
  ['GET', mediaPaths.leaseVideo(id), 'w'],
  ['GET', mediaPaths.leasePoster(id), 'w'],
  ['GET', contract.rolloutStreamPath(id, 'front'), TEAM],
  ['GET', contract.embodimentModelPath(id), TEAM],
  ['GET', releaseFilePath(id, 'meta/info.json'), TEAM],
  ['GET', `/log/${loop.lab.slug}/checkpoint`, TEAM],
  ['GET', `/log/${loop.lab.slug}/tile/0/000`, TEAM],
]

test('ACC-16 routes that carry bytes or events keep to the same roles', async () => {
  for (const [method, url, who] of BYTES) {
    let letIn = ''
    for (const letter of EVERYBODY) {
      const headers = { ...(await headersOf(letter)), 'tus-resumable': '1.0.0' }
      const { statusCode } = await chiron.http.inject({ method, url, headers })
      expect(statusCode, url).toBeLessThan(500)
      if (statusCode !== 401 && statusCode !== 403) letIn += letter
    }
    expect(letIn, `${method} ${url}`).toBe(who)
  }
  expect((await chiron.http.inject({ url: EVENTS_PATH })).statusCode).toBe(401)
})

test('ACC-16 what is no id is refused in words, never by a fault of ours', async () => {
  const team = await headersOf('o')
  const own = await headersOf('w')
  const odd = ['x', '%00', "'; --", '..%2F..', '0'.repeat(300)]
  for (const text of odd) {
    for (const [url, headers] of [
      [`/api/episodes/${text}/video`, team],
      [`/api/episodes/${text}/poster`, team],
      [`/api/releases/${text}/files/a`, team],
      [`/api/media/${text}`, team],
      [`/api/rollouts/${text}/streams/front`, team],
      [`/api/rollouts/${id}/streams/${text}/series`, team],
      [`/api/rollouts?after=${text}`, team],
      [`/api/embodiments/${text}/model`, team],
      [`/api/pay/entries?after=${text}`, team],
      [`/api/log?after=${text}`, team],
      [`/api/people?search=${text}`, team],
      [`/api/reviews?after=${text}`, team],
      [`/api/worker/episodes/${text}/video`, own],
      [`/api/worker/leases/${text}/video`, own],
      [`/api/worker/earnings?after=${text}`, own],
      [`/api/worker/submissions?after=${text}`, own],
      [`/api/ontologies/${id}/versions/99999999999`, team],
    ] as const) {
      const { statusCode, body: reply } = await chiron.http.inject({ url, headers })
      expect(statusCode, `${url} ${reply}`).toBeLessThan(500)
    }
  }
})

test('ACC-2 a session is always a new one: what a stranger planted beforehand opens nothing', async () => {
  const planted = 'p'.repeat(43)
  const { code } = (
    await chiron.call(account.makeInvite, { headers: loop.lab.headers('manager'), body: { label: 'x' } })
  ).body
  const joined = await chiron.http.inject({
    method: 'POST',
    url: account.join.path,
    headers: { cookie: `chiron_worker=${planted}` },
    payload: { code, name: 'Zoe', locale: 'en' },
  })
  const token = joined.cookies.find(({ name }) => name === 'chiron_worker')
  expect(joined.statusCode).toBe(200)
  expect(token).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  expect(token?.value).not.toBe(planted)
  const headers = { cookie: `chiron_worker=${planted}` }
  expect((await chiron.call(account.me, { headers })).status).toBe(401)
})

test('ACC-2 a new PIN ends a worker’s sessions elsewhere, and nobody else’s', async () => {
  const [here, lost, other] = [await headersOf('w'), await headersOf('w'), await loop.lab.worker()]
  const statusOf = async (headers: Record<string, string>) =>
    (await chiron.call(account.me, { headers })).status
  expect((await chiron.call(account.changeWorker, { headers: here, body: { name: 'New' } })).status).toBe(200)
  expect(await statusOf(lost)).toBe(200)
  expect((await chiron.call(account.changeWorker, { headers: here, body: { pin: '271828' } })).status).toBe(
    200,
  )
  expect([await statusOf(here), await statusOf(lost), await statusOf(other.headers)]).toEqual([200, 401, 200])
})
