import { randomUUID } from 'node:crypto'
import type { Route } from '@chiron/contract'
import * as contract from '@chiron/contract'
import { expect, test } from 'vitest'
import {
  agree,
  claim,
  film,
  goodClip,
  ok,
  openLoop,
  submitBody,
  takeAnswer,
  uploaded,
} from './testing/loop.ts'
import { type CallInput, type TestWorker, testChiron } from './testing.ts'

const chiron = await testChiron()
const { accountRoutes: account, campaignRoutes: campaigns, consentRoutes: consents } = contract
const { logRoutes: log, mediaRoutes: media, ontologyRoutes: ontologies, payRoutes: pay } = contract
const { releaseRoutes: releases, reviewRoutes: reviews, submissionRoutes: answers } = contract
const { taskRoutes: tasks, mediaPaths, releaseFilePath } = contract

const loop = await openLoop(chiron)
const { lab } = loop
const team = lab.headers('owner')
const { takes } = loop.drafts
const paid = await loop.demonstrate({ flow: { ...takes.flow, answers: null } })
const seen = await loop.demonstrate({
  flow: { ...takes.flow, answers: null, review: { whenDisputed: true, sampleRatio: 1 } },
})
const ann = await lab.worker('Ann')

interface Theirs {
  submissionId: string
  episodeId: string
  leaseId: string
  consentId: string
  recordId: string
  uploadId: string
  reviewId: string
  payoutId: string
  appealId: string
  releaseId: string
  keyId: string
  memberId: string
  campaignId: string
  ontologyId: string
}

/** One of everything: a paid take, one that came back and was appealed, a task in hand, an upload, a release. */
async function makeTheirs(): Promise<Theirs> {
  const { headers } = ann
  await agree(chiron, ann, paid)
  const consentId = await agree(chiron, ann, seen)
  await film(chiron, loop, { worker: ann, campaignId: paid, file: goodClip() })
  const take = await film(chiron, loop, { worker: ann, campaignId: seen, file: goodClip() })
  await chiron.drain()
  const { items } = await ok(chiron, reviews.list, { headers: team, query: { campaignId: seen } })
  const reviewId = items[0]?.id ?? ''
  await ok(chiron, reviews.decide, {
    headers: lab.headers('reviewer'),
    params: { reviewId },
    body: { decision: 'return', reasonCode: 'camera-moved', hint: 'Put it down.' },
  })
  await chiron.drain()
  const appeal = { id: randomUUID(), submissionId: take.id, text: 'Please look again.' }
  await ok(chiron, reviews.appeal, { headers, body: appeal })
  const payout = {
    id: randomUUID(),
    workspaceId: lab.workspaceId,
    amount: { amountMinor: 1, currency: 'USD' },
  }
  await ok(chiron, pay.requestPayout, { headers, body: payout })
  const lease = await claim(chiron, ann, seen)
  const upload = await uploaded(ann, lab, goodClip())
  const release = await ok(chiron, releases.create, {
    headers: team,
    body: { campaignId: paid, name: 'one' },
  })
  const made = await ok(chiron, account.makeKey, { headers: team, body: { name: 'k', role: 'auditor' } })
  return {
    submissionId: take.id,
    episodeId: take.episodeId ?? '',
    leaseId: lease?.id ?? '',
    consentId,
    recordId: take.recordId ?? '',
    uploadId: upload.uploadId,
    reviewId,
    payoutId: payout.id,
    appealId: appeal.id,
    releaseId: release.id,
    keyId: made.key.id,
    memberId: lab.memberId('reviewer'),
    campaignId: seen,
    ontologyId: takes.ontologyId,
  }
}
const theirs = await makeTheirs()

type Headers = Record<string, string>
const statusOf = async (route: Route, given: CallInput, headers: Headers) =>
  (await chiron.call(route, { ...given, headers })).status
const bytesStatus = async (url: string, headers: Headers) =>
  (await chiron.http.inject({ url, headers })).statusCode

async function expectNothing(cases: readonly (readonly [Route, CallInput])[], headers: Headers) {
  for (const [route, given] of cases)
    expect(await statusOf(route, given, headers), `${route.method} ${route.path}`).toBe(404)
}

const { submissionId, leaseId, consentId, recordId, episodeId } = theirs
const OF_WORKERS: readonly (readonly [Route, CallInput])[] = [
  [tasks.readLease, { params: { leaseId } }],
  [tasks.extend, { params: { leaseId } }],
  [tasks.release, { params: { leaseId } }],
  [answers.submit, { body: submitBody({ leaseId, answer: {} }) }],
  [answers.readOwn, { params: { submissionId } }],
  [answers.retake, { params: { submissionId } }],
  [reviews.appeal, { body: { id: randomUUID(), submissionId, text: 'Mine!' } }],
  [reviews.appeal, { body: { id: theirs.appealId, submissionId, text: 'Mine!' } }],
  [consents.withdraw, { params: { consentId } }],
  [consents.receipt, { params: { consentId } }],
  [log.proof, { params: { recordId } }],
]
const BYTES_OF_WORKERS = [
  mediaPaths.ownVideo(episodeId),
  mediaPaths.ownPoster(episodeId),
  mediaPaths.leaseVideo(leaseId),
  mediaPaths.leasePoster(leaseId),
]

async function expectOnlyOwn({ headers }: TestWorker): Promise<void> {
  await expectNothing(OF_WORKERS, headers)
  for (const url of BYTES_OF_WORKERS) expect(await bytesStatus(url, headers), url).toBe(404)
  const lists = [answers.listOwn, media.ownEpisodes, consents.list, reviews.listAppeals] as const
  for (const list of lists) expect((await ok(chiron, list, { headers })).items).toEqual([])
  const earned = await ok(chiron, pay.earnings, { headers })
  expect(earned).toMatchObject({ balances: [], lines: { items: [] } })
  const amount = { amountMinor: 1, currency: 'USD' }
  for (const id of [theirs.payoutId, randomUUID()]) {
    const body = { id, workspaceId: lab.workspaceId, amount }
    const asked = await chiron.call(pay.requestPayout, { headers, body })
    expect(asked.body.code).toBe('not-enough-funds')
  }
  expect((await ok(chiron, tasks.inbox, { headers })).leases).toEqual([])
}

test('ACC-17 a worker of the same team reaches nothing of another', async () => {
  const ben = await lab.worker('Ben')
  await expectOnlyOwn(ben)
  const annSees = await ok(chiron, answers.readOwn, { headers: ann.headers, params: { submissionId } })
  expect(annSees).toMatchObject({ state: 'returned', appealState: 'open' })
  const consentList = await ok(chiron, consents.list, { headers: ann.headers })
  expect(consentList.items.map(({ state }) => state)).toEqual(['given', 'given'])
})

test('ACC-17 a worker of another team reaches nothing here, not even the work', async () => {
  const stranger = await (await chiron.workspace()).worker('Carl')
  await expectOnlyOwn(stranger)
  const { headers } = stranger
  const { campaignId, ontologyId } = theirs
  const work: readonly (readonly [Route, CallInput])[] = [
    [tasks.readOffer, { params: { campaignId } }],
    [tasks.claim, { body: { campaignId, termsVersion: 1 } }],
    [consents.decide, { body: { campaignId, noticeVersion: 1, decision: 'given', locale: 'en' } }],
    [ontologies.read, { params: { ontologyId, version: 1 } }],
  ]
  await expectNothing(work, headers)
  expect((await ok(chiron, tasks.inbox, { headers })).offers).toEqual([])
  expect(await bytesStatus(mediaPaths.briefMedia(loop.exampleMediaId), headers)).toBe(404)
})

test('ACC-17 another’s upload is nobody else’s recording', async () => {
  const ben = await lab.worker('Ben')
  await agree(chiron, ben, seen)
  const lease = await claim(chiron, ben, seen)
  const mine = await uploaded(ben, lab, goodClip())
  const stolen = takeAnswer({ ...mine, uploadId: theirs.uploadId }, chiron.deps.clock.now())
  const body = submitBody({ leaseId: lease?.id ?? '', answer: stolen })
  const refused = await chiron.call(answers.submit, { headers: ben.headers, body })
  expect(refused).toMatchObject({ status: 404, body: { facts: { what: 'upload' } } })
  const imported = {
    id: randomUUID(),
    campaignId: seen,
    uploadId: theirs.uploadId,
    rights: 'We hold them all.',
  }
  expect(await statusOf(media.importEpisode, { body: imported }, team)).toBe(404)
  const fine = submitBody({ leaseId: lease?.id ?? '', answer: takeAnswer(mine, chiron.deps.clock.now()) })
  // The id of another's answer is taken, and says nothing of what it was.
  const doubled = await chiron.call(answers.submit, {
    headers: ben.headers,
    body: { ...fine, id: submissionId },
  })
  expect(doubled.body.code).toBe('idempotency-mismatch')
  expect(await statusOf(answers.submit, { body: fine }, ben.headers)).toBe(200)
})

test('ACC-17 a member of another team reaches nothing here', async () => {
  const rival = await chiron.workspace()
  const headers = rival.headers('owner')
  const { campaignId, ontologyId, releaseId, reviewId, payoutId, memberId, keyId } = theirs
  const campaign = { params: { campaignId } }
  const cases: readonly (readonly [Route, CallInput])[] = [
    [campaigns.read, campaign],
    [campaigns.change, { ...campaign, body: { quota: 50 } }],
    [campaigns.publish, campaign],
    [campaigns.pause, campaign],
    [campaigns.resume, campaign],
    [campaigns.close, campaign],
    [ontologies.read, { params: { ontologyId, version: 1 } }],
    [ontologies.revise, { params: { ontologyId }, body: { terms: await termsOf(ontologyId) } }],
    [media.readEpisode, { params: { episodeId } }],
    [reviews.read, { params: { reviewId } }],
    [reviews.decide, { params: { reviewId }, body: { decision: 'accept' } }],
    [releases.read, { params: { releaseId } }],
    [releases.create, { body: { campaignId, name: 'theirs' } }],
    [pay.settlePayout, { params: { payoutId }, body: { outcome: 'paid', reference: 'x' } }],
    [log.proof, { params: { recordId } }],
    [account.changeMember, { params: { memberId }, body: { name: 'x' } }],
    [account.makeMemberLink, { params: { memberId } }],
    [account.removeMember, { params: { memberId } }],
    [account.revokeKey, { params: { keyId } }],
    [
      media.importEpisode,
      { body: { id: randomUUID(), campaignId, uploadId: 'x', rights: 'We hold all of them.' } },
    ],
  ]
  await expectNothing(cases, headers)
  const urls = [
    mediaPaths.episodeVideo(episodeId),
    mediaPaths.episodePoster(episodeId),
    mediaPaths.briefMedia(loop.exampleMediaId),
    releaseFilePath(releaseId, 'meta/info.json'),
    `/log/${lab.slug}/checkpoint`,
    `/log/${lab.slug}/tile/0/000`,
  ]
  for (const url of urls) expect(await bytesStatus(url, headers), url).toBe(404)
  for (const list of [campaigns.list, media.listEpisodes, reviews.list, releases.list, pay.entries] as const)
    expect((await ok(chiron, list, { headers })).items).toEqual([])
  const foreign = await chiron.call(campaigns.create, { headers, body: takes })
  expect([foreign.status, foreign.body.code]).toEqual([400, 'bad-input'])
  const found = await ok(chiron, log.list, { headers, query: { subjectId: submissionId } })
  expect(found.items).toEqual([])
})

async function termsOf(ontologyId: string) {
  const read = await ok(chiron, ontologies.read, { headers: team, params: { ontologyId, version: 1 } })
  return read.terms
}
