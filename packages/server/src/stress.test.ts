import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  consentRoutes,
  logRoutes,
  payRoutes,
  reviewRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import { DEFAULT_TAKE_LIMITS } from '@chiron/core/episode'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createEpisode } from './features/media/index.ts'
import { inWorkspace } from './platform/context.ts'
import { read, tidy } from './platform/tx.ts'
import { agree, ok, openLoop, submitBody, uploaded, writeBytes } from './testing/loop.ts'
import { type TestWorker, testChiron } from './testing.ts'

const WORKERS = 16
const CLIPS = 12
const chiron = await testChiron({ poolSize: 8 })
const loop = await openLoop(chiron)
const { lab } = loop
const OUTCOMES = ['outcome.success', 'outcome.failure', 'outcome.unclear']

/** A clip that has passed its checks, without looking at any picture: this test is about rows, not about video. */
async function checkedClip(author: TestWorker, campaignId: string, consentId: string): Promise<void> {
  const { uploadId } = await uploaded(author, lab, writeBytes(`${randomUUID()}.mp4`, Buffer.from('a clip')))
  const inside = inWorkspace(author.ctx, lab.workspaceId)
  await tidy(inside, async (tx) => {
    const { id } = await createEpisode(tx, inside, {
      campaignId,
      consentId,
      uploadId,
      workerId: author.workerId,
      origin: 'phone',
      limits: { ...DEFAULT_TAKE_LIMITS },
      recordedAt: null,
    })
    await tx.updateTable('episode').set({ state: 'checked', probe: '{}' }).where('id', '=', id).execute()
  })
}

const all = <T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)))

/** Everybody works until this says that nothing is open any more. */
async function nothingIsOpen(campaignId: string): Promise<boolean> {
  const open = await read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('task')
      .select('id')
      .where('campaign_id', '=', campaignId)
      .where('state', '=', 'open')
      .limit(1)
      .execute(),
  )
  return open.length === 0
}

test('WR-8 PAY-9 TSK-1 VRD-1 sixteen people, three job runners and two reviewers at once: every row fits the others', async () => {
  const filmed = await loop.demonstrate({ quota: 40 })
  const [stays, leaves] = [await lab.worker('Stays'), await lab.worker('Leaves')]
  const [given, withdrawn] = [await agree(chiron, stays, filmed), await agree(chiron, leaves, filmed)]
  for (let at = 0; at < CLIPS; at += 1) {
    if (at % 6 === 5) await checkedClip(leaves, filmed, withdrawn)
    else await checkedClip(stays, filmed, given)
  }
  const campaignId = await loop.choose({ sourceCampaignId: filmed })
  await chiron.drain()
  const workers = await all(WORKERS, (at) => lab.worker(`Judge ${at}`))
  const odd: string[] = []
  let isOver = false
  const call: typeof chiron.call = async (route, given) => {
    const reply = await chiron.call(route, given)
    // Refusals are part of the work; a fault of ours is not.
    if (reply.status >= 500) odd.push(`${route.path}: ${reply.body.message}`)
    return reply
  }

  async function work({ headers }: TestWorker, seat: number): Promise<void> {
    let leaseId: string | undefined
    for (let turn = seat; !isOver; turn += 1) {
      if (leaseId === undefined) {
        const claimed = await call(taskRoutes.claim, { headers, body: { campaignId, termsVersion: 1 } })
        leaseId = claimed.body.lease?.id
        if (leaseId === undefined) await pause(400)
        continue
      }
      if (turn % 7 === 0) {
        await call(taskRoutes.release, { headers, params: { leaseId } })
        leaseId = undefined
        continue
      }
      const answer = { choices: { outcome: OUTCOMES[(seat + turn) % 3] } }
      const body = submitBody({ leaseId, answer, next: turn % 2 === 0 })
      const copies = turn % 3 === 0 ? 2 : 1
      const sent = await all(copies, () => call(submissionRoutes.submit, { headers, body }))
      for (const { status, body: reply } of sent) if (status !== 200) odd.push(`submit: ${reply.code}`)
      leaseId = sent[0]?.body.next?.id
    }
  }
  async function runJobs(): Promise<void> {
    while (!isOver) {
      await chiron.drain()
      await pause(30)
    }
  }
  async function decide(role: 'reviewer' | 'manager'): Promise<void> {
    const headers = lab.headers(role)
    while (!isOver) {
      const { items } = await ok(chiron, reviewRoutes.list, { headers, query: { campaignId } })
      for (const { id: reviewId } of items)
        await call(reviewRoutes.decide, {
          headers,
          params: { reviewId },
          body: { decision: 'accept', label: 'outcome.success' },
        })
      await pause(100)
    }
  }
  async function sweep(): Promise<void> {
    while (!isOver) {
      await chiron.sweepAll()
      await pause(500)
    }
  }
  async function watch(): Promise<void> {
    await pause(200)
    await ok(chiron, consentRoutes.withdraw, { headers: leaves.headers, params: { consentId: withdrawn } })
    while (!(await nothingIsOpen(campaignId))) await pause(50)
    isOver = true
  }
  const runners = [runJobs(), runJobs(), runJobs(), decide('reviewer'), decide('manager'), sweep(), watch()]
  await Promise.all([...runners, ...workers.map(work)].map((each) => each.finally(() => (isOver = true))))
  await chiron.drain()
  await chiron.sweepAll()
  await chiron.drain()

  expect(odd).toEqual([])
  const owner = lab.as('owner')
  const { rows } = await read(owner, (tx) =>
    sql<Record<string, number>>`select
      (select count(*) from submission where campaign_id = ${campaignId}) as answers,
      (select count(*) from submission where campaign_id = ${campaignId} and state <> 'accepted') as unpaid,
      (select count(*) from lease where campaign_id = ${campaignId} and state = 'spent') as spent,
      (select count(*) from lease l where campaign_id = ${campaignId} and state = 'offered') as offered,
      (select count(*) from (select from submission where campaign_id = ${campaignId}
        group by task_id, worker_id having count(*) > 1) d) as doubled,
      (select count(*) from task where campaign_id = ${campaignId} and state = 'done') as done,
      (select count(*) from verdict where campaign_id = ${campaignId}) as verdicts,
      (select count(*) from task where campaign_id = ${campaignId}) as tasks,
      (select count(*) from review where campaign_id = ${campaignId} and state = 'open') as reviews,
      (select count(*) from entry where kind = 'hold') as holds,
      (select count(*) from entry where kind = 'accept') as accepts,
      (select deadlocks from pg_stat_database where datname = current_database()) as deadlocks`.execute(tx),
  )
  const told = rows[0] ?? {}
  const { answers = 0 } = told
  expect(told).toMatchObject({
    unpaid: 0,
    spent: answers,
    offered: 0,
    doubled: 0,
    tasks: CLIPS,
    reviews: 0,
    holds: answers,
    accepts: answers,
    deadlocks: 0,
  })
  expect(answers).toBeGreaterThan(CLIPS)
  expect(told.verdicts).toBeGreaterThanOrEqual(told.done ?? 0)
  const money = await ok(chiron, payRoutes.overview, { headers: lab.headers('auditor') })
  expect(money.sumsToZero).toBe(true)
  expect(money.owed).toEqual([{ currency: 'USD', amountMinor: 5 * answers }])
  const log = await ok(chiron, logRoutes.verify, { headers: lab.headers('auditor') })
  expect(log).toMatchObject({ holds: true, faults: [] })
}, 60_000)
