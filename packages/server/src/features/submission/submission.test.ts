import { randomUUID } from 'node:crypto'
import { submissionRoutes, taskRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { read, tidy } from '../../platform/tx.ts'
import {
  agree,
  claim,
  darkClip,
  film,
  goodClip,
  ok,
  openLoop,
  ownSubmission,
  submitBody,
  submitted,
  takeAnswer,
  taskOfLease,
  uploaded,
} from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { changeCampaign } from '../pay/index.ts'
import { openPrompts } from '../task/index.ts'
import { RETAKE_WAIT_MS } from './offer-returned.ts'

const chiron = await testChiron({ poolSize: 12 })
const loop = await openLoop(chiron)
const { lab } = loop
const owner = lab.as('owner')
const answer = { choices: { outcome: 'outcome.success' } }
const DAY_MS = 24 * 3600 * 1000

async function asked(count = 5): Promise<string> {
  const campaignId = await loop.choose()
  await tidy(owner, (tx) => openPrompts(tx, owner, { campaignId, kind: 'choose', count }))
  return campaignId
}

const send = (worker: TestWorker, body: object) =>
  chiron.call(submissionRoutes.submit, { headers: worker.headers, body })
const rows = (campaignId: string) =>
  read(owner, (tx) => tx.selectFrom('submission').selectAll().where('campaign_id', '=', campaignId).execute())

test('SUB-1 a retried answer is one answer, however many at once', async () => {
  const campaignId = await asked()
  const worker = await lab.worker()
  const lease = await claim(chiron, worker, campaignId)
  const body = submitBody({ leaseId: lease?.id ?? '', answer, next: true })
  const replies = await Promise.all(Array.from({ length: 10 }, () => send(worker, body)))
  expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200))
  expect(new Set(replies.map((reply) => reply.body.submission.id))).toEqual(new Set([body.id]))
  expect(new Set(replies.map((reply) => reply.body.next?.id)).size).toBe(1)
  expect(await rows(campaignId)).toHaveLength(1)
  const records = await read(owner, (tx) =>
    tx
      .selectFrom('record')
      .select('id')
      .where('subject_id', '=', body.id)
      .where('action', '=', 'submission.submit')
      .execute(),
  )
  expect(records).toHaveLength(1)
  expect(replies[0]?.body.submission.recordId).toBe(records[0]?.id)
  const changed = await send(worker, { ...body, answer: { choices: { outcome: 'outcome.failure' } } })
  expect([changed.status, changed.body.code]).toEqual([422, 'idempotency-mismatch'])
  expect((await rows(campaignId))[0]?.answer).toEqual(answer)
})

test('SUB-1 twenty workers submit and go on at once: every answer counts once', async () => {
  const campaignId = await asked(40)
  const all = await Promise.all(Array.from({ length: 20 }, () => lab.worker()))
  await Promise.all(
    all.map(async (worker) => {
      const lease = await claim(chiron, worker, campaignId)
      const first = await send(worker, submitBody({ leaseId: lease?.id ?? '', answer, next: true }))
      const next = first.body.next
      expect(next, first.body.message).not.toBeNull()
      await send(worker, submitBody({ leaseId: next?.id ?? '', answer }))
    }),
  )
  const kept = await rows(campaignId)
  expect(kept).toHaveLength(40)
  expect(new Set(kept.map((row) => row.task_id)).size).toBe(40)
})

test('SUB-2 two tabs on one lease: the first answer is kept', async () => {
  const campaignId = await asked()
  const worker = await lab.worker()
  const lease = await claim(chiron, worker, campaignId)
  const bodies = [0, 1, 2].map(() => submitBody({ leaseId: lease?.id ?? '', answer }))
  const replies = await Promise.all(bodies.map((body) => send(worker, body)))
  expect(replies.map(({ body }) => body.code ?? 'taken').sort()).toEqual([
    'lease-elsewhere',
    'lease-elsewhere',
    'taken',
  ])
  expect(await rows(campaignId)).toHaveLength(1)
})

test('SUB-3 an incomplete answer names its faults, and the lease stays', async () => {
  const campaignId = await asked()
  const worker = await lab.worker()
  const lease = await claim(chiron, worker, campaignId)
  const refused = await send(
    worker,
    submitBody({ leaseId: lease?.id ?? '', answer: { choices: { outcome: 'term.unheard' } } }),
  )
  expect(refused).toMatchObject({
    status: 422,
    body: {
      code: 'answer-incomplete',
      facts: { faults: [{ code: 'term-unknown', field: 'choices.outcome' }] },
    },
  })
  expect((await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer })).state).toBe('waiting')
  const stranger = await lab.worker()
  expect((await send(stranger, submitBody({ leaseId: lease?.id ?? '', answer }))).status).toBe(404)
})

test('SUB-4 WR-8 when the terms change between two tasks, the answer counts under the old ones', async () => {
  const campaignId = await asked()
  const worker = await lab.worker()
  const lease = await claim(chiron, worker, campaignId)
  await changeCampaign(lab.as('manager'), campaignId, {
    terms: { ...loop.drafts.questions.terms, payMinor: 9 },
  })
  const sent = await ok(chiron, submissionRoutes.submit, {
    headers: worker.headers,
    body: submitBody({ leaseId: lease?.id ?? '', answer, next: true }),
  })
  expect(sent).toMatchObject({ submission: { state: 'waiting', payMinor: 5 }, next: null })
})

test('SUB-5 a phone that is two days off is corrected and told', async () => {
  const campaignId = await loop.demonstrate()
  const worker = await lab.worker()
  await agree(chiron, worker, campaignId)
  const lease = await claim(chiron, worker, campaignId)
  const upload = await uploaded(worker, lab, goodClip())
  const now = chiron.deps.clock.now()
  const wrong = new Date(now.getTime() + 2 * DAY_MS)
  const sent = await submitted(chiron, worker, {
    leaseId: lease?.id ?? '',
    answer: takeAnswer(upload, new Date(wrong.getTime() - 60_000)),
    sentAt: wrong.toISOString(),
  })
  await chiron.drain()
  const take = await ownSubmission(chiron, worker, sent.id)
  expect(take.state).toBe('waiting')
  expect(take.faults).toMatchObject([{ code: 'clock-wrong', severity: 'notice', value: 2 * DAY_MS }])
  const episode = await read(owner, (tx) =>
    tx.selectFrom('episode').select('recorded_at').where('id', '=', sent.episodeId).executeTakeFirstOrThrow(),
  )
  expect(episode.recorded_at?.getTime()).toBe(now.getTime() - 60_000)
})

test('SUB-6 WR-7 WR-8 WR-13 a take that came back is filmed again under the same terms', async () => {
  const campaignId = await loop.demonstrate({ quota: 1 })
  const worker = await lab.worker()
  await agree(chiron, worker, campaignId)
  const dark = await film(chiron, loop, { worker, campaignId, file: darkClip() })
  await chiron.drain()
  const returned = await ownSubmission(chiron, worker, dark.id)
  expect(returned).toMatchObject({ state: 'returned', attempt: 1, decidedBy: null })
  expect(Date.parse(returned.appealUntil ?? '')).toBe(chiron.deps.clock.now().getTime() + 30 * DAY_MS)
  await changeCampaign(lab.as('manager'), campaignId, { terms: { ...loop.drafts.takes.terms, payMinor: 80 } })
  const retake = () =>
    ok(chiron, submissionRoutes.retake, { headers: worker.headers, params: { submissionId: dark.id } })
  const lease = await retake()
  expect(lease).toMatchObject({ attempt: 2, taskId: dark.taskId, payMinor: 50, termsVersion: 1 })
  expect((await retake()).id).toBe(lease.id)
  const upload = await uploaded(worker, lab, goodClip())
  const again = await submitted(chiron, worker, {
    leaseId: lease.id,
    answer: takeAnswer(upload, chiron.deps.clock.now()),
  })
  await chiron.drain()
  expect(await ownSubmission(chiron, worker, again.id)).toMatchObject({
    attempt: 2,
    state: 'waiting',
    payMinor: 50,
  })
  const listed = await ok(chiron, submissionRoutes.listOwn, { headers: worker.headers, query: { limit: 1 } })
  expect(listed.items).toHaveLength(1)
  const rest = await ok(chiron, submissionRoutes.listOwn, {
    headers: worker.headers,
    query: { limit: 1, after: listed.next ?? '' },
  })
  expect([...listed.items, ...rest.items].map(({ id }) => id).sort()).toEqual([dark.id, again.id].sort())
})

test('SUB-6 what came back and nobody took up is offered to everybody after a week', async () => {
  const campaignId = await loop.demonstrate({ quota: 1 })
  const [worker, other] = [await lab.worker(), await lab.worker()]
  await agree(chiron, worker, campaignId)
  await agree(chiron, other, campaignId)
  const dark = await film(chiron, loop, { worker, campaignId, file: darkClip() })
  await chiron.drain()
  await chiron.sweepAll()
  expect(await claim(chiron, other, campaignId)).toBeNull()
  chiron.deps.clock.advance(RETAKE_WAIT_MS + 1000)
  await chiron.sweepAll()
  await chiron.sweepAll()
  expect(await claim(chiron, other, campaignId)).toMatchObject({ taskId: dark.taskId, attempt: 2 })
  const late = await chiron.call(submissionRoutes.retake, {
    headers: worker.headers,
    params: { submissionId: dark.id },
  })
  expect(late.body.code).toBe('wrong-state')
})

test('SUB-6 a retake never takes an offer that another has just claimed', async () => {
  const campaignId = await loop.demonstrate({ quota: 1 })
  const [slow, quick] = [await lab.worker(), await lab.worker()]
  await agree(chiron, slow, campaignId)
  const dark = await film(chiron, loop, { worker: slow, campaignId, file: darkClip() })
  await chiron.drain()
  chiron.deps.clock.advance(RETAKE_WAIT_MS + DAY_MS)
  await chiron.sweepAll()
  const asking = () =>
    chiron.call(submissionRoutes.retake, { headers: slow.headers, params: { submissionId: dark.id } })
  // The other's claim is under way while the retake looks at the offers.
  const { late } = await tidy(owner, async (tx) => {
    await tx
      .updateTable('lease')
      .set({ state: 'held', worker_id: quick.workerId, terms_version: 1, leased_until: new Date(2e12) })
      .where('campaign_id', '=', campaignId)
      .where('state', '=', 'offered')
      .execute()
    const waiting = asking()
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { late: waiting }
  })
  expect((await late).body.code).toBe('wrong-state')
  const held = await read(owner, (tx) =>
    tx
      .selectFrom('lease')
      .select('worker_id')
      .where('campaign_id', '=', campaignId)
      .where('state', '=', 'held')
      .execute(),
  )
  expect(held).toEqual([{ worker_id: quick.workerId }])
})

test('WR-9 an answer after its time is taken where the task still can, and only there', async () => {
  const campaignId = await loop.demonstrate({ quota: 2 })
  const people = await Promise.all([lab.worker(), lab.worker(), lab.worker()])
  for (const person of people) await agree(chiron, person, campaignId)
  const [one, two, three] = people as [TestWorker, TestWorker, TestWorker]
  const filmed = async (worker: TestWorker) => {
    const lease = await claim(chiron, worker, campaignId)
    const upload = await uploaded(worker, lab, goodClip())
    return submitBody({ leaseId: lease?.id ?? '', answer: takeAnswer(upload, chiron.deps.clock.now()) })
  }
  const [first, second] = [await filmed(one), await filmed(two)]
  chiron.deps.clock.advance(601_000)
  await chiron.sweepAll()
  // Both leases ended; a third person takes up the first task and sends in time.
  const third = await filmed(three)
  expect((await send(three, third)).status).toBe(200)
  const late = await send(one, first)
  expect(late.status, late.body.message).toBe(200)
  expect((await send(one, first)).body.submission.id).toBe(first.id)
  const tooLate = await send(two, second)
  expect(tooLate.body.code).toBe('lease-expired')
  const kept = await rows(campaignId)
  expect(new Set(kept.map((row) => row.task_id)).size).toBe(2)
  expect(kept.map((row) => row.worker_id).sort()).toEqual([one.workerId, three.workerId].sort())
})

test('WR-9 a late answer waits while another has the task in hand, and is taken once it is free', async () => {
  const campaignId = await asked(1)
  const [slow, quick] = [await lab.worker(), await lab.worker()]
  const lease = await claim(chiron, slow, campaignId)
  chiron.deps.clock.advance(601_000)
  await chiron.sweepAll()
  const other = await claim(chiron, quick, campaignId)
  expect(await taskOfLease(loop, other?.id)).toBe(await taskOfLease(loop, lease?.id))
  const late = await send(slow, submitBody({ leaseId: lease?.id ?? '', answer }))
  expect(late.body.code ?? 'taken').toBe('lease-expired')
  await ok(chiron, taskRoutes.release, { headers: quick.headers, params: { leaseId: other?.id ?? '' } })
  const again = await send(slow, submitBody({ leaseId: lease?.id ?? '', answer }))
  expect(again.status).toBe(200)
  expect(await claim(chiron, quick, campaignId)).toBeNull()
})

test('SUB-1 an id that nobody knows and a lease that is not there are refused in words', async () => {
  const worker = await lab.worker()
  const nowhere = await send(worker, submitBody({ leaseId: randomUUID(), answer }))
  expect([nowhere.status, nowhere.body.code]).toEqual([404, 'not-found'])
})
