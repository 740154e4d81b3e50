import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { systemCtx } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { agree, film, judge, openLoop, writeBytes } from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { acceptOverdue } from './accept-overdue.ts'
import { decideReview } from './decide-review.ts'
import { reviewQueue } from './list-reviews.ts'
import { makeAppeal } from './make-appeal.ts'
import { ownAnswer } from './own-decisions.ts'

// Sessions end while the clock is moved by weeks: these tests call the verbs as the worker and the members would.
const chiron = await testChiron()
const DAY_MS = 24 * 3600 * 1000
const hint = 'Put the phone a little further away.'
const later = (ms: number) => chiron.deps.clock.advance(ms)

async function filmed(change: { file?: string; retakesMax?: number } = {}) {
  const loop = await openLoop(chiron)
  const { takes } = loop.drafts
  const { retakesMax = 2, file } = change
  const flow = { ...takes.flow, answers: null, review: { whenDisputed: true, sampleRatio: 1 }, retakesMax }
  const campaignId = await loop.demonstrate({ flow, terms: { ...takes.terms, retentionDays: 365 } })
  const worker = await loop.lab.worker()
  await agree(chiron, worker, campaignId)
  const take = await film(chiron, loop, { worker, campaignId, ...(file ? { file } : {}) })
  await chiron.drain()
  const { lab } = loop
  const open = async () => (await reviewQueue(lab.as('auditor'), { state: 'open', limit: 10 })).items
  return { loop, lab, campaignId, worker, take, open, own: () => ownAnswer(worker.ctx, take.id) }
}
type Filmed = Awaited<ReturnType<typeof filmed>>

async function decide({ lab, open }: Filmed, order: Parameters<typeof decideReview>[2]): Promise<void> {
  const [review] = await open()
  await decideReview(lab.as('reviewer'), review?.id ?? '', order)
  await chiron.drain()
}

const appeal = (worker: TestWorker, submissionId: string) =>
  makeAppeal(worker.ctx, { id: randomUUID(), submissionId, text: 'Please look again.' })

const episodeState = async ({ lab, take }: Filmed) => {
  const row = await read(lab.as('owner'), (tx) =>
    tx.selectFrom('episode').select('state').where('id', '=', take.episodeId).executeTakeFirstOrThrow(),
  )
  return row.state
}

test('WR-15 an appeal stays open for thirty days', async () => {
  const all = await filmed()
  await expect(appeal(all.worker, all.take.id)).rejects.toMatchObject({ code: 'wrong-state' })
  await decide(all, { decision: 'return', reasonCode: 'camera-moved', hint })
  const until = Date.parse((await all.own()).appealUntil ?? '')
  expect(until - chiron.deps.clock.now().getTime()).toBe(30 * DAY_MS)
  later(30 * DAY_MS + 1000)
  await expect(appeal(all.worker, all.take.id)).rejects.toMatchObject({ code: 'expired' })
})

test('WR-16 WR-17 an appeal nobody answers in fourteen days is upheld; WR-14 the recording stays out', async () => {
  const all = await filmed()
  await decide(all, { decision: 'reject', reasonCode: 'not-filmed-now', hint, momentMs: 0 })
  await appeal(all.worker, all.take.id)
  later(13 * DAY_MS)
  await chiron.sweepAll()
  expect((await all.own()).state).toBe('rejected')
  later(2 * DAY_MS)
  await chiron.sweepAll()
  await chiron.drain()
  expect(await all.own()).toMatchObject({ state: 'accepted', appealState: 'upheld', decidedBy: null })
  expect(await all.open()).toEqual([])
  expect(await episodeState(all)).toBe('rejected')
})

test('WR-10 undecided after seven days: accepted and paid, and the review closes', async () => {
  const good = await filmed()
  const broken = await filmed({ file: writeBytes('note.mp4', Buffer.from('no video here')), retakesMax: 0 })
  const asking = await good.loop.choose({ sourceCampaignId: good.campaignId })
  await chiron.drain()
  const judging = await good.lab.worker()
  const answer = await judge(chiron, { worker: judging, campaignId: asking, outcome: 'outcome.success' })
  await chiron.drain()
  expect([(await good.own()).state, (await broken.own()).state]).toEqual(['review', 'review'])
  later(7 * DAY_MS - 60_000)
  await chiron.sweepAll()
  expect((await good.own()).state).toBe('review')
  later(120_000)
  await chiron.sweepAll()
  await chiron.drain()
  for (const one of [good, broken]) {
    expect(await one.own()).toMatchObject({ state: 'accepted', reasons: [{ code: 'review-overdue' }] })
    expect(await one.open()).toEqual([])
  }
  expect((await ownAnswer(judging.ctx, answer.id)).state).toBe('accepted')
  expect([await episodeState(good), await episodeState(broken)]).toEqual(['accepted', 'refused'])
})

test('WR-10 WR-16 what a member has decided since the sweep looked stays decided', async () => {
  const all = await filmed()
  const { workspaceId } = all.lab
  const ctx = systemCtx(chiron.deps, 'review.overdue', workspaceId)
  await decide(all, { decision: 'reject', reasonCode: 'not-filmed-now', hint, momentMs: 0 })
  await acceptOverdue(ctx, { submissionId: all.take.id })
  expect((await all.own()).state).toBe('rejected')
  const { id } = await appeal(all.worker, all.take.id)
  const [open] = await all.open()
  const reviewId = open?.id ?? ''
  await decideReview(all.lab.as('manager'), reviewId, {
    decision: 'reject',
    reasonCode: 'not-filmed-now',
    hint,
    momentMs: 0,
  })
  await acceptOverdue(ctx, { submissionId: all.take.id, appeal: { id, reviewId } })
  await chiron.drain()
  expect(await all.own()).toMatchObject({ state: 'rejected', appealState: 'dismissed' })
})
