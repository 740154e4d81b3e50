import { mediaPaths, payRoutes, taskRoutes } from '@chiron/contract'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { read, tidy } from '../../platform/tx.ts'
import { claim, goodClip, ok, openLoop, ownSubmission, submitted } from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { takeFile } from '../media/index.ts'
import { importEpisode } from '../submission/index.ts'
import { openPrompts, putGold, readTask } from '../task/index.ts'

const chiron = await testChiron({ poolSize: 4 })
const loop = await openLoop(chiron)
const { lab } = loop
const owner = lab.as('owner')
const manager = lab.as('manager')
const { questions } = loop.drafts
const OUTCOME = 'outcome.success'
const answer = { choices: { outcome: OUTCOME } }

/** A campaign that asks about `clipCount` clips of its own, each of which passed its checks. */
async function asking(clipCount: number, change: object): Promise<string> {
  const campaignId = await loop.choose(change)
  for (let at = 0; at < clipCount; at += 1) await bringClip(campaignId)
  await chiron.drain()
  return campaignId
}

/** The same without clips: prompts, which claims do not tell from clips. */
async function prompting(count: number, change: object): Promise<string> {
  const campaignId = await loop.choose(change)
  await tidy(owner, (tx) => openPrompts(tx, owner, { campaignId, kind: 'choose', count }))
  return campaignId
}

async function bringClip(campaignId: string): Promise<void> {
  const upload = await takeFile(manager, {
    file: goodClip(),
    uploadId: crypto.randomUUID(),
    purpose: 'episode',
    memberId: manager.actor.id,
  })
  const rights = 'Filmed by our own team in our own lab.'
  const order = { id: crypto.randomUUID(), campaignId, uploadId: upload.uploadId, rights }
  await importEpisode(manager, order)
  chiron.deps.clock.advance(7000)
}

const tasksOf = (campaignId: string) =>
  read(owner, (tx) =>
    tx.selectFrom('task').selectAll().where('campaign_id', '=', campaignId).orderBy('id').execute(),
  )
const leasesOf = (campaignId: string) =>
  read(owner, (tx) =>
    tx.selectFrom('lease').selectAll().where('campaign_id', '=', campaignId).orderBy('id').execute(),
  )
const goldOf = (campaignId: string) =>
  read(owner, (tx) =>
    tx.selectFrom('gold').selectAll().where('campaign_id', '=', campaignId).orderBy('task_id').execute(),
  )
/** Settled by hand as gold, so that a test needs no large crowd. */
async function makeGoldOf(campaignId: string, count: number): Promise<void> {
  for (const { id } of (await tasksOf(campaignId)).slice(0, count)) {
    await tidy(owner, async (tx) => {
      await tx.updateTable('task').set({ state: 'done' }).where('id', '=', id).execute()
      await tx.updateTable('lease').set({ state: 'void' }).where('task_id', '=', id).execute()
      const task = (await readTask(tx, { workspaceId: lab.workspaceId, id }))!
      const known = { label: OUTCOME, source: 'settled', statedBy: null, useMax: 3 } as const
      await putGold(tx, chiron.deps.clock, { task, ...known })
    })
  }
}
/** More than a campaign may ask for, so that a test needs no thousand claims. */
const goldShare = (campaignId: string, ratio: number) =>
  tidy(owner, (tx) =>
    tx.updateTable('campaign').set({ gold_ratio: ratio }).where('id', '=', campaignId).execute(),
  )
const offerOf = async (worker: TestWorker, campaignId: string) => {
  const { offers } = await ok(chiron, taskRoutes.inbox, { headers: worker.headers })
  return offers.find((offer) => offer.campaignId === campaignId)
}

/** One claim as the worker’s device sees it: all that came over the wire, save what the clip itself is. */
async function seenBy(worker: TestWorker, campaignId: string) {
  const before = await offerOf(worker, campaignId)
  const now = chiron.deps.clock.now().getTime()
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  const lease = await claim(chiron, worker, campaignId)
  const texts = spy.mock.calls.map(([query]) => String((query as unknown as { text?: string }).text ?? query))
  // The job queue looks for work at its own times.
  const statements = texts.filter((text) => !text.includes('pgboss'))
  spy.mockRestore()
  if (!lease) return undefined
  const after = await offerOf(worker, campaignId)
  const get = (url: string) => chiron.http.inject({ method: 'GET', url, headers: worker.headers })
  const [video, poster] = [
    await get(mediaPaths.leaseVideo(lease.id)),
    await get(mediaPaths.leasePoster(lease.id)),
  ]
  const again = await ok(chiron, taskRoutes.readLease, {
    headers: worker.headers,
    params: { leaseId: lease.id },
  })
  expect(again).toEqual(lease)
  const { id, leasedUntil, taskId, subject, ...rest } = lease
  const headersOf = ({ statusCode, headers }: typeof video) => {
    const { date: _date, 'x-request-id': _id, ...told } = headers
    return { statusCode, told }
  }
  return {
    leaseId: id,
    looks: {
      ...rest,
      isNamedByLease: taskId === id,
      subject: { ...subject, videoUrl: '', posterUrl: '' },
      keys: Object.keys(lease),
      leaseMs: Date.parse(leasedUntil) - now,
      availableFell: (before?.availableCount ?? 0) - (after?.availableCount ?? 0),
      doneRose: (after?.doneCount ?? 0) - (before?.doneCount ?? 0),
      video: headersOf(video),
      poster: headersOf(poster),
      statements,
    },
  }
}

test('TSK-10 gold looks like any other task: fields, place, end, pay, count of open work, clip, what follows', async () => {
  const campaignId = await asking(9, {
    goldRatio: 0.3,
    flow: { ...questions.flow, answers: { min: 2, max: 4, sureAt: 0.8 } },
  })
  await makeGoldOf(campaignId, 3)
  await goldShare(campaignId, 0.5)
  const looks: { isGold: boolean; seen: NonNullable<Awaited<ReturnType<typeof seenBy>>> }[] = []
  const wires: { isGold: boolean; keys: string[]; rest: unknown }[] = []
  for (let at = 0; at < 3; at += 1) {
    const worker = await lab.worker()
    let lastId = ''
    // Some work is left: what shows at the very end is tested below.
    for (let turn = 0; turn < 3; turn += 1) {
      const seen = await seenBy(worker, campaignId)
      if (!seen) throw new Error('there is work left')
      const isGold =
        (await leasesOf(campaignId)).find(({ id }) => id === seen.leaseId)?.stands_for_task_id !== null
      // In line like the others: always further on.
      expect(seen.leaseId > lastId).toBe(true)
      lastId = seen.leaseId
      looks.push({ isGold, seen })
      const sent = await submitted(chiron, worker, { leaseId: seen.leaseId, answer })
      const { id: _id, createdAt: _at, taskId, recordId: _record, ...rest } = sent
      wires.push({
        isGold,
        keys: Object.keys(sent),
        rest: { ...rest, isNamedByLease: taskId === seen.leaseId },
      })
      chiron.deps.clock.advance(20_000)
    }
  }
  const [gold, regular] = [looks.filter(({ isGold }) => isGold), looks.filter(({ isGold }) => !isGold)]
  expect(gold.length).toBeGreaterThan(0)
  expect(regular.length).toBeGreaterThan(0)
  for (const { seen } of looks) expect(seen.looks).toEqual(looks[0]?.seen.looks)
  expect(looks[0]?.seen.looks.statements.length).toBeGreaterThan(5)
  expect(looks[0]?.seen.looks).toMatchObject({
    payMinor: 5,
    leaseMs: 600_000,
    availableFell: 1,
    isNamedByLease: true,
  })
  for (const wire of wires) expect({ ...wire, isGold: 0 }).toEqual({ ...wires[0], isGold: 0 })
})

test('TSK-10 VRD-3 an answer to gold is decided and paid when the task is whose place it took', async () => {
  const campaignId = await prompting(10, { goldRatio: 0.3 })
  await makeGoldOf(campaignId, 4)
  await goldShare(campaignId, 0.7)
  const crowd = await Promise.all(Array.from({ length: 2 }, () => lab.worker()))
  const sent: { worker: TestWorker; id: string; leaseId: string }[] = []
  for (const worker of crowd) {
    for (let turn = 0; turn < 3; turn += 1) {
      const lease = await claim(chiron, worker, campaignId)
      if (!lease) break
      const { id } = await submitted(chiron, worker, { leaseId: lease.id, answer })
      sent.push({ worker, id, leaseId: lease.id })
    }
    await chiron.drain()
  }
  await chiron.drain()
  const [leases, tasks] = [await leasesOf(campaignId), await tasksOf(campaignId)]
  const homeOf = (leaseId: string) => {
    const lease = leases.find(({ id }) => id === leaseId)
    return lease?.stands_for_task_id ?? lease?.task_id
  }
  let goldCount = 0
  for (const { worker, id, leaseId } of sent) {
    const home = tasks.find((task) => task.id === homeOf(leaseId))
    if (home?.id !== leases.find((lease) => lease.id === leaseId)?.task_id) goldCount += 1
    const { state, payMinor, reasons } = await ownSubmission(chiron, worker, id)
    expect({ state, payMinor, reasons }).toEqual({
      state: home?.state === 'done' ? 'accepted' : 'waiting',
      payMinor: 5,
      reasons: [],
    })
  }
  expect(goldCount).toBeGreaterThan(0)
  // Seven days without a decision: the worker’s side counts, for gold as for all (WR-10).
  chiron.deps.clock.advance(8 * 24 * 3600 * 1000)
  await chiron.sweepAll()
  await chiron.drain()
  for (const { worker, id } of sent) expect((await ownSubmission(chiron, worker, id)).state).toBe('accepted')
  for (const worker of crowd) {
    const mine = sent.filter((each) => each.worker === worker).length
    const earnings = await ok(chiron, payRoutes.earnings, { headers: worker.headers })
    expect(earnings.balances).toMatchObject([{ availableMinor: 5 * mine }])
  }
})

test('TSK-10 a clip is gold for a worker once, never their own or one they know, and a task that gave way comes back last', async () => {
  const campaignId = await prompting(5, { goldRatio: 0.3, leaseSeconds: 60 })
  await makeGoldOf(campaignId, 3)
  const worker = await lab.worker()
  const [first] = await goldOf(campaignId)
  await tidy(owner, (tx) =>
    tx
      .updateTable('gold')
      .set({ about_worker_id: worker.workerId })
      .where('task_id', '=', first?.task_id ?? '')
      .execute(),
  )
  await goldShare(campaignId, 1)
  const taken: (string | undefined)[] = []
  const take = async () => {
    const lease = await claim(chiron, worker, campaignId)
    if (lease) await submitted(chiron, worker, { leaseId: lease.id, answer })
    taken.push((await leasesOf(campaignId)).find(({ id }) => id === lease?.id)?.task_id)
  }
  const tasks = (await tasksOf(campaignId)).map(({ id }) => id)
  await take()
  await take()
  expect([...taken].sort()).toEqual(tasks.slice(1, 3).sort())
  // Both open tasks gave way to gold: for now there is nothing, as if somebody else held them.
  expect((await offerOf(worker, campaignId))?.availableCount).toBe(0)
  await take()
  expect(taken.at(-1)).toBeUndefined()
  chiron.deps.clock.advance(61_000)
  expect((await offerOf(worker, campaignId))?.availableCount).toBe(2)
  await take()
  await take()
  expect([...taken].slice(3).sort()).toEqual(tasks.slice(3).sort())
  await take()
  expect(taken.at(-1)).toBeUndefined()
  // Others get the tasks that gave way at once.
  expect((await goldOf(campaignId)).map(({ use_count }) => use_count).sort()).toEqual([0, 1, 1])
})

test('TSK-10 WR-9 gold given back or answered late is treated as the task whose place it took', async () => {
  const campaignId = await asking(4, { goldRatio: 0.3, leaseSeconds: 60 })
  await makeGoldOf(campaignId, 2)
  await goldShare(campaignId, 1)
  const [late, careless] = [await lab.worker(), await lab.worker()]
  const lease = await claim(chiron, late, campaignId)
  const given = await claim(chiron, careless, campaignId)
  await ok(chiron, taskRoutes.release, { headers: careless.headers, params: { leaseId: given?.id ?? '' } })
  chiron.deps.clock.advance(61_000)
  await chiron.sweepAll()
  const open = async () => (await leasesOf(campaignId)).filter(({ state }) => state === 'offered').length
  const offered = await open()
  const sent = await submitted(chiron, late, { leaseId: lease?.id ?? '', answer })
  expect(sent.state).toBe('waiting')
  expect(await open()).toBe(offered)
  const next = await claim(chiron, careless, campaignId)
  const own = (await leasesOf(campaignId)).filter(({ worker_id }) => worker_id === careless.workerId)
  expect(own.map(({ id }) => id)).toContain(next?.id)
  // What was given back as gold is not gold again for the same worker.
  expect(new Set(own.map(({ task_id }) => task_id)).size).toBe(own.length)
})

test('VRD-10 what is settled beyond doubt becomes gold, for as many more as the flow could have asked', async () => {
  const flow = { ...questions.flow, answers: { min: 3, max: 5, sureAt: 0.8 } }
  const campaignId = await prompting(8, { flow })
  const crowd = await Promise.all(Array.from({ length: 4 }, () => lab.worker()))
  for (const worker of crowd)
    for (let turn = 0; turn < 8; turn += 1) {
      const lease = await claim(chiron, worker, campaignId)
      if (!lease) break
      const task = await leasesOf(campaignId)
      const at = (await tasksOf(campaignId)).findIndex(
        ({ id }) => id === task.find((l) => l.id === lease.id)?.task_id,
      )
      const outcome = at % 2 === 0 ? OUTCOME : 'outcome.failure'
      await submitted(chiron, worker, { leaseId: lease.id, answer: { choices: { outcome } } })
      await chiron.drain()
    }
  const gold = await goldOf(campaignId)
  const tasks = await tasksOf(campaignId)
  expect(gold.length).toBeGreaterThan(0)
  for (const { task_id, source, label, use_max } of gold) {
    const at = tasks.findIndex(({ id }) => id === task_id)
    expect({ source, label }).toEqual({
      source: 'settled',
      label: at % 2 === 0 ? OUTCOME : 'outcome.failure',
    })
    expect(use_max).toBe(2)
  }
})

test('WR-11 gold answered wrongly is paid like any other answer and leads to nothing by itself', async () => {
  const campaignId = await prompting(5, { goldRatio: 0.3 })
  await makeGoldOf(campaignId, 3)
  await goldShare(campaignId, 1)
  const worker = await lab.worker()
  const sent: string[] = []
  for (let turn = 0; turn < 2; turn += 1) {
    const lease = await claim(chiron, worker, campaignId)
    const wrong = { choices: { outcome: 'outcome.failure' } }
    sent.push((await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer: wrong })).id)
  }
  await chiron.drain()
  const standing = (await leasesOf(campaignId)).filter((lease) => lease.stands_for_task_id !== null)
  expect(standing.map(({ state }) => state)).toEqual(['spent', 'spent'])
  chiron.deps.clock.advance(8 * 24 * 3600 * 1000)
  await chiron.sweepAll()
  await chiron.drain()
  for (const id of sent) {
    const { state, decidedBy } = await ownSubmission(chiron, worker, id)
    expect({ state, decidedBy }).toEqual({ state: 'accepted', decidedBy: null })
  }
  expect(await claim(chiron, worker, campaignId)).not.toBeNull()
  const against = await read(owner, async (tx) => ({
    reviews: await tx.selectFrom('review').select('id').where('campaign_id', '=', campaignId).execute(),
    refused: await tx
      .selectFrom('submission')
      .select('id')
      .where('state', 'in', ['rejected', 'returned'])
      .execute(),
  }))
  expect(against).toEqual({ reviews: [], refused: [] })
})
