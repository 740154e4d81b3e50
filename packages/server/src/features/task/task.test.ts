import { consentRoutes, mediaPaths, taskRoutes } from '@chiron/contract'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { read, type Tx, tidy } from '../../platform/tx.ts'
import {
  agree,
  claim,
  film,
  judge,
  ok,
  openLoop,
  ownSubmission,
  submitted,
  taskOfLease,
} from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { moveCampaign } from '../campaign/index.ts'
import { changeCampaign } from '../pay/index.ts'
import { claimInside } from './claim-next.ts'
import { openForCampaign, openForEpisode } from './open-for-episode.ts'
import { openPrompts } from './open-tasks.ts'
import { readTask } from './store.ts'

const chiron = await testChiron({ poolSize: 12 })
const loop = await openLoop(chiron)
const { lab } = loop
const owner = lab.as('owner')

const workers = (count: number): Promise<TestWorker[]> =>
  Promise.all(Array.from({ length: count }, () => lab.worker()))

/** A question campaign over its own imports, with `count` prompts instead of clips: claims do not look at clips. */
async function manyOffers(count: number, change: Parameters<typeof loop.choose>[0] = {}): Promise<string> {
  const campaignId = await loop.choose(change)
  await tidy(owner, (tx) => openPrompts(tx, owner, { campaignId, kind: 'choose', count }))
  return campaignId
}

const leases = (campaignId: string) =>
  read(owner, (tx) =>
    tx.selectFrom('lease').selectAll().where('campaign_id', '=', campaignId).orderBy('id').execute(),
  )

test('TSK-1 twenty claim at once: twenty tasks, none twice', async () => {
  const campaignId = await manyOffers(20)
  const all = await workers(20)
  const claimed = await Promise.all(all.map((worker) => claim(chiron, worker, campaignId)))
  expect(new Set(await Promise.all(claimed.map((lease) => taskOfLease(loop, lease?.id)))).size).toBe(20)
  expect(claimed.every((lease) => lease !== null)).toBe(true)
  expect(await claim(chiron, all[0] as TestWorker, campaignId)).toBeNull()
  expect((await leases(campaignId)).every(({ state }) => state === 'held')).toBe(true)
})

test('TSK-1 forty hands after ten offers: ten get one, thirty are told that nothing is left', async () => {
  const campaignId = await manyOffers(10)
  const all = await workers(20)
  const claimed = await Promise.all([...all, ...all].map((worker) => claim(chiron, worker, campaignId)))
  const got = await Promise.all(claimed.flatMap((lease) => (lease ? taskOfLease(loop, lease.id) : [])))
  expect(got).toHaveLength(10)
  expect(new Set(got).size).toBe(10)
})

test('TSK-2 two tabs of one worker never pass the campaign’s limit, and ten is the most in one hand', async () => {
  const limited = await manyOffers(20, { perWorkerMax: 3 })
  const [worker, other] = (await workers(2)) as [TestWorker, TestWorker]
  const tabs = await Promise.all(Array.from({ length: 8 }, () => claim(chiron, worker, limited)))
  expect(tabs.filter((lease) => lease !== null)).toHaveLength(3)
  const open = await manyOffers(20)
  for (let count = 0; count < 10; count += 1) expect(await claim(chiron, other, open)).not.toBeNull()
  const refused = await chiron.call(taskRoutes.claim, {
    headers: other.headers,
    body: { campaignId: open, termsVersion: 1 },
  })
  expect(refused.body.code).toBe('too-many')
})

test('TSK-2 TSK-6 TSK-8 nobody judges their own recording or one clip twice; the clip dies with the lease', async () => {
  const campaignId = await loop.demonstrate()
  const [author, judging] = (await workers(2)) as [TestWorker, TestWorker]
  await agree(chiron, author, campaignId)
  const take = await film(chiron, loop, { worker: author, campaignId })
  await chiron.drain()
  // Published after the recording was checked; the next one is checked after publishing.
  const asking = await loop.choose({ sourceCampaignId: campaignId })
  await chiron.drain()
  expect(await claim(chiron, author, asking)).toBeNull()
  const lease = await claim(chiron, judging, asking)
  const taskId = await taskOfLease(loop, lease?.id)
  expect(lease?.subject).toMatchObject({ kind: 'episode', frameCount: 60 })
  const asked = await read(owner, (tx) => readTask(tx, { workspaceId: lab.workspaceId, id: taskId ?? '' }))
  expect(asked?.episode_id).toBe(take.episodeId)
  expect(await claim(chiron, judging, asking)).toBeNull()
  const clip = (worker: TestWorker) =>
    chiron.http.inject({
      method: 'GET',
      url: mediaPaths.leaseVideo(lease?.id ?? ''),
      headers: worker.headers,
    })
  expect((await clip(judging)).statusCode).toBe(200)
  expect((await clip(author)).statusCode).toBe(404)
  const second = await film(chiron, loop, { worker: author, campaignId })
  await chiron.drain()
  await openForEpisode(chiron.deps, lab.workspaceId, second.episodeId ?? '')
  await openForCampaign(chiron.deps, lab.workspaceId, asking)
  const tasks = await read(owner, (tx) =>
    tx.selectFrom('task').select('episode_id').where('campaign_id', '=', asking).orderBy('id').execute(),
  )
  expect(tasks.map((task) => task.episode_id)).toEqual([take.episodeId, second.episodeId])
  await ok(chiron, taskRoutes.release, { headers: judging.headers, params: { leaseId: lease?.id ?? '' } })
  expect((await clip(judging)).statusCode).toBe(409)
})

test('TSK-3 TSK-5 a lease given back or run out is offered anew, behind everybody’s place', async () => {
  const campaignId = await manyOffers(2)
  const [slow, quick] = (await workers(2)) as [TestWorker, TestWorker]
  const first = await claim(chiron, slow, campaignId)
  const other = await claim(chiron, quick, campaignId)
  const { headers } = quick
  await ok(chiron, taskRoutes.release, { headers, params: { leaseId: other?.id ?? '' } })
  const again = await claim(chiron, slow, campaignId)
  expect(await taskOfLease(loop, again?.id)).toBe(await taskOfLease(loop, other?.id))
  chiron.deps.clock.advance(599_000)
  const extended = await ok(chiron, taskRoutes.extend, {
    headers: slow.headers,
    params: { leaseId: first?.id ?? '' },
  })
  expect(Date.parse(extended.leasedUntil)).toBe(chiron.deps.clock.now().getTime() + 600_000)
  chiron.deps.clock.advance(2000)
  await chiron.sweepAll()
  const late = await chiron.call(taskRoutes.extend, {
    headers: slow.headers,
    params: { leaseId: again?.id ?? '' },
  })
  expect(late.body.code).toBe('lease-expired')
  const last = await claim(chiron, quick, campaignId)
  expect(await taskOfLease(loop, last?.id)).toBe(await taskOfLease(loop, other?.id))
  expect((await ok(chiron, taskRoutes.inbox, { headers: slow.headers })).leases.map(({ id }) => id)).toEqual([
    first?.id,
  ])
})

test('TSK-3 a claim reads as few rows of twenty thousand offers as of sixty', async () => {
  const rowsRead = async (campaignId: string, worker: TestWorker) => {
    const claimOne = (tx: Tx) =>
      claimInside(tx, { ...worker.ctx, workspaceId: lab.workspaceId }, { campaignId, termsVersion: 1 })
    // Some way into the offers, as somebody who works.
    for (let count = 0; count < 5; count += 1)
      expect(await tidy(owner, claimOne)).toMatchObject({ state: 'held' })
    return tidy(owner, async (tx) => {
      const read = async () => {
        const { rows } = await sql<{
          count: number
        }>`select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
          as count from pg_stat_xact_user_tables where relname = 'lease'`.execute(tx)
        return rows[0]?.count ?? 0
      }
      const before = await read()
      expect(await claimOne(tx)).toMatchObject({ state: 'held' })
      return (await read()) - before
    })
  }
  const few = await manyOffers(60)
  const many = await manyOffers(20_000)
  const [one, other] = (await workers(2)) as [TestWorker, TestWorker]
  const fewRows = await rowsRead(few, one)
  expect(fewRows).toBeGreaterThan(0)
  expect(await rowsRead(many, other)).toBeLessThan(100)
}, 60_000)

test('TSK-4 WR-8 terms are accepted by their version, and a lease keeps them', async () => {
  const campaignId = await manyOffers(3)
  const [worker] = (await workers(1)) as [TestWorker]
  const lease = await claim(chiron, worker, campaignId)
  expect(lease).toMatchObject({ termsVersion: 1, payMinor: 5 })
  const terms = { ...loop.drafts.questions.terms, payMinor: 8 }
  await changeCampaign(lab.as('manager'), campaignId, { terms })
  const stale = await chiron.call(taskRoutes.claim, {
    headers: worker.headers,
    body: { campaignId, termsVersion: 1 },
  })
  expect(stale.body).toMatchObject({ code: 'terms-changed', facts: { termsVersion: 2 } })
  const kept = await ok(chiron, taskRoutes.readLease, {
    headers: worker.headers,
    params: { leaseId: lease?.id ?? '' },
  })
  expect(kept).toMatchObject({ termsVersion: 1, payMinor: 5 })
  const fresh = await ok(chiron, taskRoutes.claim, {
    headers: worker.headers,
    body: { campaignId, termsVersion: 2 },
  })
  expect(fresh.lease).toMatchObject({ termsVersion: 2, payMinor: 8 })
})

test('TSK-4 filming needs consent first', async () => {
  const campaignId = await loop.demonstrate()
  const [worker] = (await workers(1)) as [TestWorker]
  const body = { campaignId, termsVersion: 1 }
  expect((await chiron.call(taskRoutes.claim, { headers: worker.headers, body })).body.code).toBe(
    'consent-missing',
  )
  const consentId = await agree(chiron, worker, campaignId)
  expect(await claim(chiron, worker, campaignId)).not.toBeNull()
  await ok(chiron, consentRoutes.withdraw, { headers: worker.headers, params: { consentId } })
  expect((await chiron.call(taskRoutes.claim, { headers: worker.headers, body })).body.code).toBe(
    'consent-missing',
  )
})

test('WR-4 TSK-9 an offer shows pay, hourly rate and what is left; a closed campaign offers nothing', async () => {
  const campaignId = await manyOffers(5)
  const [worker] = (await workers(1)) as [TestWorker]
  const offer = async () =>
    (await ok(chiron, taskRoutes.inbox, { headers: worker.headers })).offers.find(
      (each) => each.campaignId === campaignId,
    )
  expect(await offer()).toMatchObject({
    availableCount: 5,
    doneCount: 0,
    expectedHourlyMinor: 1800,
    terms: { payMinor: 5, estimateSeconds: 10, retentionDays: 30 },
    exampleMediaType: 'image/png',
    consentState: null,
  })
  const detail = await ok(chiron, taskRoutes.readOffer, { headers: worker.headers, params: { campaignId } })
  expect(detail.notice).toMatchObject({ version: 1, retentionDays: 30 })
  expect(detail.ontology.some(({ id }) => id === 'outcome.success')).toBe(true)
  await claim(chiron, worker, campaignId)
  expect(await offer()).toMatchObject({ availableCount: 4 })
  const stranger = await (await chiron.workspace()).worker()
  expect(
    (await chiron.call(taskRoutes.readOffer, { headers: stranger.headers, params: { campaignId } })).status,
  ).toBe(404)
  await moveCampaign(lab.as('manager'), campaignId, 'close')
  await chiron.drain()
  expect(await offer()).toBeUndefined()
  const states = (await leases(campaignId)).map(({ state }) => state).sort()
  expect(states).toEqual(['held', 'void', 'void', 'void', 'void'])
})

test('TSK-7 withdrawn consent stops every task about the recording; work in hand is still taken and paid', async () => {
  const campaignId = await loop.demonstrate()
  const asking = await loop.choose({ sourceCampaignId: campaignId })
  const [author, first, second] = (await workers(3)) as [TestWorker, TestWorker, TestWorker]
  const consentId = await agree(chiron, author, campaignId)
  await film(chiron, loop, { worker: author, campaignId })
  await chiron.drain()
  const answered = await judge(chiron, { worker: first, campaignId: asking, outcome: 'outcome.success' })
  const held = await claim(chiron, second, asking)
  await chiron.drain()
  await ok(chiron, consentRoutes.withdraw, { headers: author.headers, params: { consentId } })
  const clip = await chiron.http.inject({
    method: 'GET',
    url: mediaPaths.leaseVideo(held?.id ?? ''),
    headers: second.headers,
  })
  expect(clip.statusCode).toBe(410)
  await chiron.drain()
  const [task] = await read(owner, (tx) =>
    tx.selectFrom('task').select('state').where('campaign_id', '=', asking).execute(),
  )
  expect(task?.state).toBe('stopped')
  expect((await ownSubmission(chiron, first, answered.id)).state).toBe('accepted')
  const answer = { choices: { outcome: 'outcome.failure' } }
  const late = await submitted(chiron, second, { leaseId: held?.id ?? '', answer })
  await chiron.drain()
  expect((await ownSubmission(chiron, second, late.id)).state).toBe('accepted')
})
