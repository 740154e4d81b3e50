import { randomUUID } from 'node:crypto'
import { reviewRoutes, submissionRoutes, taskRoutes } from '@chiron/contract'
import { TAKE_CRITERIA } from '@chiron/core/kinds'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import {
  agree,
  claim,
  darkClip,
  film,
  goodClip,
  judge,
  type Loop,
  ok,
  openLoop,
  ownSubmission,
  submitted,
  takeAnswer,
  uploaded,
} from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { decideReview } from './decide-review.ts'

const chiron = await testChiron({ poolSize: 6 })
const loop: Loop = await openLoop(chiron)
const { lab } = loop
const { takes } = loop.drafts
const DAY_MS = 24 * 3600 * 1000
const hint = 'Put the phone a little further away.'
/** Every accepted take is looked at; nobody has to judge. */
const sampled = { ...takes.flow, answers: null, review: { whenDisputed: true, sampleRatio: 1 } }

async function filmed(change: { file?: string; flow?: object } = {}) {
  const campaignId = await loop.demonstrate({ flow: { ...sampled, ...change.flow } })
  const worker = await lab.worker()
  await agree(chiron, worker, campaignId)
  const take = await film(chiron, loop, { worker, campaignId, ...(change.file ? { file: change.file } : {}) })
  await chiron.drain()
  return { campaignId, worker, take, own: () => ownSubmission(chiron, worker, take.id) }
}

const queue = async (campaignId: string, role: 'reviewer' | 'manager' = 'reviewer') =>
  (await ok(chiron, reviewRoutes.list, { headers: lab.headers(role), query: { campaignId } })).items

async function decide(
  campaignId: string,
  body: object,
  role: 'reviewer' | 'manager' | 'auditor' | 'owner' = 'reviewer',
) {
  const [open] = await queue(campaignId)
  const reply = await chiron.call(reviewRoutes.decide, {
    headers: lab.headers(role),
    params: { reviewId: open?.id ?? '' },
    body,
  })
  await chiron.drain()
  return reply
}

async function retake(worker: TestWorker, submissionId: string, file = goodClip()) {
  const lease = await ok(chiron, submissionRoutes.retake, {
    headers: worker.headers,
    params: { submissionId },
  })
  const upload = await uploaded(worker, lab, file)
  const take = await submitted(chiron, worker, {
    leaseId: lease.id,
    answer: takeAnswer(upload, chiron.deps.clock.now()),
  })
  await chiron.drain()
  return take
}

/** Returned once by the reviewer, filmed again, rejected by the reviewer. */
async function rejected() {
  const all = await filmed()
  await decide(all.campaignId, { decision: 'return', reasonCode: 'hands-hidden', hint })
  const second = await retake(all.worker, all.take.id)
  const word = { decision: 'reject', reasonCode: 'hands-hidden', hint, momentMs: 1500 }
  expect((await decide(all.campaignId, word)).status).toBe(200)
  return { ...all, second, own: () => ownSubmission(chiron, all.worker, second.id) }
}

const appeal = (worker: TestWorker, submissionId: string, id = randomUUID()) =>
  chiron.call(reviewRoutes.appeal, {
    headers: worker.headers,
    body: { id, submissionId, text: 'My hands are in view.' },
  })

test('REV-1 REV-2 a sampled take is looked at and accepted by a named person', async () => {
  const { campaignId, own } = await filmed()
  expect((await own()).state).toBe('review')
  const [open, ...others] = await queue(campaignId)
  expect(others).toEqual([])
  expect(open).toMatchObject({ why: 'sampled', state: 'open', mayDecide: true })
  expect(Date.parse(open?.dueAt ?? '')).toBe(chiron.deps.clock.now().getTime() + 7 * DAY_MS)
  const reviewId = open?.id ?? ''
  await Promise.allSettled([
    decideReview(lab.as('reviewer'), reviewId, { decision: 'accept' }),
    decideReview(lab.as('manager'), reviewId, { decision: 'return', reasonCode: 'camera-moved', hint }),
  ])
  const after = await own()
  expect(['accepted', 'returned']).toContain(after.state)
  const second = await chiron.call(reviewRoutes.decide, {
    headers: lab.headers(after.state === 'accepted' ? 'manager' : 'reviewer'),
    params: { reviewId },
    body:
      after.state === 'accepted'
        ? { decision: 'return', reasonCode: 'camera-moved', hint }
        : { decision: 'accept' },
  })
  expect(second.body.code).toBe('wrong-state')
  const done = await ok(chiron, reviewRoutes.list, {
    headers: lab.headers('auditor'),
    query: { campaignId, state: 'done' },
  })
  expect(done.items).toMatchObject([{ id: reviewId, mayDecide: false }])
  const same = after.state === 'accepted' ? 'reviewer' : 'manager'
  const order =
    after.state === 'accepted'
      ? ({ decision: 'accept' } as const)
      : ({ decision: 'return', reasonCode: 'camera-moved', hint } as const)
  await decideReview(lab.as(same), reviewId, order)
  expect((await own()).decidedBy).toBe(`Some ${same} (${same})`)
})

test('WR-11 only a member of the team who reviews decides', async () => {
  const { campaignId, worker } = await filmed()
  expect((await decide(campaignId, { decision: 'accept' }, 'auditor')).status).toBe(403)
  const [open] = await queue(campaignId)
  const key = { ...lab.as('manager'), actor: { kind: 'key', id: randomUUID(), role: 'manager' } } as const
  await expect(decideReview(key, open?.id ?? '', { decision: 'accept' })).rejects.toMatchObject({
    code: 'not-allowed',
  })
  await expect(
    decideReview({ ...worker.ctx, workspaceId: lab.workspaceId }, open?.id ?? '', { decision: 'accept' }),
  ).rejects.toMatchObject({ code: 'not-allowed' })
})

test('WR-12 WR-13 a rejection needs criterion, moment and hint, and a retry before it', async () => {
  const { campaignId, worker, take, own } = await filmed()
  const code = async (body: object) => (await decide(campaignId, body)).body
  expect(await code({ decision: 'reject' })).toMatchObject({
    code: 'bad-input',
    facts: { field: 'reasonCode' },
  })
  expect(await code({ decision: 'reject', reasonCode: 'ugly', hint, momentMs: 1 })).toMatchObject({
    facts: { field: 'reasonCode' },
  })
  const reasonCode = 'hands-hidden'
  expect(await code({ decision: 'reject', reasonCode, momentMs: 1 })).toMatchObject({
    facts: { field: 'hint' },
  })
  expect(await code({ decision: 'reject', reasonCode, hint })).toMatchObject({ facts: { field: 'momentMs' } })
  expect(await code({ decision: 'reject', reasonCode, hint, momentMs: 1500 })).toMatchObject({
    code: 'wrong-state',
  })
  expect((await own()).state).toBe('review')
  expect((await decide(campaignId, { decision: 'return', reasonCode, hint, momentMs: 1500 })).status).toBe(
    200,
  )
  expect(await own()).toMatchObject({
    state: 'returned',
    decidedBy: 'Some reviewer (reviewer)',
    reasons: [{ code: reasonCode, momentMs: 1500, hint }],
  })
  const second = await retake(worker, take.id)
  expect((await decide(campaignId, { decision: 'reject', reasonCode, hint, momentMs: 900 })).status).toBe(200)
  expect(await ownSubmission(chiron, worker, second.id)).toMatchObject({
    state: 'rejected',
    attempt: 2,
    decidedBy: 'Some reviewer (reviewer)',
    reasons: [{ code: reasonCode, momentMs: 900, hint }],
  })
})

test('WR-13 what no retry can mend may be rejected at once; every criterion is published in words', async () => {
  const { campaignId, own } = await filmed()
  const [open] = await queue(campaignId)
  const detail = await ok(chiron, reviewRoutes.read, {
    headers: lab.headers('reviewer'),
    params: { reviewId: open?.id ?? '' },
  })
  expect(detail.reasonCodes.map(({ code }) => code)).toEqual(TAKE_CRITERIA.map(({ code }) => code))
  for (const { criterion } of detail.reasonCodes)
    expect(Object.keys(criterion).sort()).toEqual(['ar', 'en', 'es', 'fil', 'hi', 'pt', 'yo'])
  await decide(campaignId, { decision: 'reject', reasonCode: 'not-filmed-now', hint, momentMs: 0 })
  expect((await own()).state).toBe('rejected')
})

test('WR-14 a rejected recording stays out of the data, and its task is offered anew', async () => {
  const { campaignId, second } = await rejected()
  const owner = lab.as('owner')
  const episodes = await read(owner, (tx) =>
    tx
      .selectFrom('episode')
      .select(['id', 'state'])
      .where('campaign_id', '=', campaignId)
      .orderBy('id')
      .execute(),
  )
  expect(episodes.find(({ id }) => id === second.episodeId)?.state).toBe('rejected')
  expect(episodes.some(({ state }) => state === 'accepted')).toBe(false)
  const offers = await read(owner, (tx) =>
    tx
      .selectFrom('lease')
      .select('id')
      .where('campaign_id', '=', campaignId)
      .where('state', '=', 'offered')
      .execute(),
  )
  // Three takes were wanted, and three are still.
  expect(offers).toHaveLength(3)
})

test('WR-15 WR-16 WR-17 an appeal goes to another person, blind, and an upheld one pays at once', async () => {
  const { campaignId, worker, second, own } = await rejected()
  const id = randomUUID()
  const made = await appeal(worker, second.id, id)
  expect(made).toMatchObject({ status: 200, body: { id, state: 'open', text: 'My hands are in view.' } })
  expect((await appeal(worker, second.id, id)).body.id).toBe(id)
  expect((await appeal(worker, second.id)).body.code).toBe('already-used')
  await chiron.drain()
  expect(await own()).toMatchObject({ state: 'rejected', appealState: 'open' })
  const [open] = await queue(campaignId)
  expect(open).toMatchObject({ why: 'appeal', mayDecide: false, decision: null })
  expect((await queue(campaignId, 'manager'))[0]).toMatchObject({ why: 'appeal', mayDecide: true })
  expect((await decide(campaignId, { decision: 'accept' }, 'reviewer')).body.code).toBe('not-allowed')
  const seen = await ok(chiron, reviewRoutes.read, {
    headers: lab.headers('manager'),
    params: { reviewId: open?.id ?? '' },
  })
  expect(seen).toMatchObject({
    appealText: 'My hands are in view.',
    episode: { state: 'checked', verdict: null },
  })
  const told = JSON.stringify(seen)
  for (const word of ['Some reviewer', 'rejected', 'hands-hidden","moment', lab.memberId('reviewer')])
    expect(told).not.toContain(word)
  expect(seen.episode?.provenance.some(({ action }) => action === 'media.probe')).toBe(true)
  expect((await decide(campaignId, { decision: 'accept' }, 'manager')).status).toBe(200)
  expect(await own()).toMatchObject({
    state: 'accepted',
    appealState: 'upheld',
    decidedBy: 'Some manager (manager)',
  })
  const appeals = await ok(chiron, reviewRoutes.listAppeals, { headers: worker.headers })
  expect(appeals.items).toMatchObject([{ id, state: 'upheld', campaignTitle: { en: 'Cups' } }])
  const paid = await read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('record')
      .select('facts')
      .where('action', '=', 'submission.decide')
      .where('subject_id', '=', second.id)
      .orderBy('id')
      .execute(),
  )
  expect(paid.map(({ facts }) => (facts as { state: string }).state)).toEqual(['rejected', 'accepted'])
})

test('WR-16 REV-4 a dismissed appeal is the last word, and never makes it worse', async () => {
  const first = await rejected()
  await appeal(first.worker, first.second.id)
  const no = {
    decision: 'reject',
    reasonCode: 'hands-hidden',
    hint: 'At 1.5 s the left hand is gone.',
    momentMs: 1500,
  }
  await decide(first.campaignId, no, 'manager')
  expect(await first.own()).toMatchObject({ state: 'rejected', appealState: 'dismissed' })
  expect((await appeal(first.worker, first.second.id)).body.code).toBe('already-used')
  const returned = await filmed()
  await decide(returned.campaignId, { decision: 'return', reasonCode: 'camera-moved', hint })
  await appeal(returned.worker, returned.take.id)
  await decide(returned.campaignId, { ...no, reasonCode: 'not-filmed-now' }, 'manager')
  expect(await returned.own()).toMatchObject({ state: 'returned', appealState: 'dismissed' })
  await retake(returned.worker, returned.take.id)
})

test('REV-1 REV-3 a question is settled by an offered label', async () => {
  const campaignId = await loop.demonstrate()
  const asking = await loop.choose({ sourceCampaignId: campaignId })
  const author = await lab.worker()
  await agree(chiron, author, campaignId)
  await film(chiron, loop, { worker: author, campaignId })
  await chiron.drain()
  for (const outcome of ['outcome.success', 'outcome.failure', 'outcome.unclear']) {
    await judge(chiron, { worker: await lab.worker(), campaignId: asking, outcome })
    await chiron.drain()
  }
  expect(
    (await decide(asking, { decision: 'reject', reasonCode: 'unsafe', hint, momentMs: 1 })).body,
  ).toMatchObject({
    facts: { field: 'decision' },
  })
  expect((await decide(asking, { decision: 'accept' })).body).toMatchObject({ facts: { field: 'label' } })
  expect((await decide(asking, { decision: 'accept', label: 'outcome.invented' })).body.code).toBe(
    'bad-input',
  )
  expect((await decide(asking, { decision: 'accept', label: 'outcome.failure' })).status).toBe(200)
  // The member found a failure: that does not reject the take, a member looks at it next.
  const [next] = await queue(campaignId)
  expect(next).toMatchObject({ why: 'fault', kind: 'demonstrate' })
})

test('WR-13 faults that were filmed again too often go to a person, never to a rejection', async () => {
  const all = await filmed({ file: darkClip(), flow: { retakesMax: 1 } })
  expect((await all.own()).state).toBe('returned')
  const second = await retake(all.worker, all.take.id, darkClip())
  expect((await ownSubmission(chiron, all.worker, second.id)).state).toBe('review')
  expect(await queue(all.campaignId)).toMatchObject([{ why: 'fault', submissionId: second.id }])
})

test('REV-2 another workspace sees no reviews, and a worker none at all', async () => {
  const { campaignId, worker } = await filmed()
  const [open] = await queue(campaignId)
  const rival = await chiron.workspace()
  const foreign = await chiron.call(reviewRoutes.read, {
    headers: rival.headers('owner'),
    params: { reviewId: open?.id ?? '' },
  })
  expect(foreign.status).toBe(404)
  expect((await chiron.call(reviewRoutes.list, { headers: worker.headers })).status).toBe(401)
  expect((await chiron.call(taskRoutes.inbox, { headers: lab.headers('owner') })).status).toBe(401)
  expect(await claim(chiron, worker, campaignId)).not.toBeNull()
})
