import { mediaRoutes, reviewRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { systemCtx } from '../../platform/context.ts'
import { read, tidy } from '../../platform/tx.ts'
import { agree, film, goodClip, judge, ok, openLoop, ownSubmission } from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { takeFile } from '../media/index.ts'
import { advanceTask } from './advance-task.ts'
import { reachConsensus } from './reach-consensus.ts'
import { appendEvent, eventsOf } from './store.ts'

const chiron = await testChiron({ poolSize: 8 })
const loop = await openLoop(chiron)
const { lab } = loop
const owner = lab.as('owner')
const system = systemCtx(chiron.deps, 'test', lab.workspaceId)
const { takes, questions } = loop.drafts

const workers = (count: number): Promise<TestWorker[]> =>
  Promise.all(Array.from({ length: count }, () => lab.worker()))

const records = (action: string, campaignId: string) =>
  read(owner, async (tx) => {
    const rows = await tx.selectFrom('record').selectAll().where('action', '=', action).execute()
    return rows.filter(({ facts }) => (facts as { campaignId?: string }).campaignId === campaignId)
  })
const tasksOf = (campaignId: string) =>
  read(owner, (tx) =>
    tx.selectFrom('task').selectAll().where('campaign_id', '=', campaignId).orderBy('id').execute(),
  )
const offersOf = (campaignId: string) =>
  read(owner, (tx) =>
    tx
      .selectFrom('lease')
      .select('id')
      .where('campaign_id', '=', campaignId)
      .where('state', '=', 'offered')
      .execute(),
  )

/** A campaign with one checked take, a campaign that asks about it, and the worker who filmed. */
async function filmedAndAsked(change: { takes?: object; questions?: object } = {}) {
  const campaignId = await loop.demonstrate({ ...change.takes })
  const asking = await loop.choose({ sourceCampaignId: campaignId, ...change.questions })
  const [author] = (await workers(1)) as [TestWorker]
  await agree(chiron, author, campaignId)
  const take = await film(chiron, loop, { worker: author, campaignId })
  await chiron.drain()
  const state = async () => (await ownSubmission(chiron, author, take.id)).state
  return { campaignId, asking, author, take, state }
}

test('VRD-2 VRD-3 VRD-4 two who agree settle it: answers paid, the take accepted, no third is asked', async () => {
  const { asking, campaignId, state } = await filmedAndAsked()
  const [one, two] = (await workers(2)) as [TestWorker, TestWorker]
  expect(await offersOf(asking)).toHaveLength(2)
  const first = await judge(chiron, { worker: one, campaignId: asking, outcome: 'outcome.success' })
  await chiron.drain()
  expect((await ownSubmission(chiron, one, first.id)).state).toBe('waiting')
  const second = await judge(chiron, { worker: two, campaignId: asking, outcome: 'outcome.success' })
  await chiron.drain()
  expect(await offersOf(asking)).toHaveLength(0)
  expect(await state()).toBe('accepted')
  expect((await ownSubmission(chiron, one, first.id)).state).toBe('accepted')
  expect((await ownSubmission(chiron, two, second.id)).state).toBe('accepted')
  const [reached] = await records('consensus.reach', asking)
  expect(reached?.facts).toMatchObject({ label: 'outcome.success', by: 'consensus', answerCount: 2 })
  expect((await tasksOf(campaignId)).map((task) => task.state).sort()).toEqual(['done', 'open', 'open'])
})

test('VRD-2 answers that are here but not yet heard are not asked for again', async () => {
  const flow = { ...questions.flow, answers: { min: 3, max: 4, sureAt: 0.8 } }
  const { asking } = await filmedAndAsked({ questions: { flow } })
  for (const worker of await workers(3))
    await judge(chiron, { worker, campaignId: asking, outcome: 'outcome.success' })
  await chiron.drain()
  const all = await read(owner, (tx) =>
    tx.selectFrom('lease').select('state').where('campaign_id', '=', asking).execute(),
  )
  expect(all).toEqual([{ state: 'spent' }, { state: 'spent' }, { state: 'spent' }])
})

test('VRD-2 two who differ: one more is asked, no more than one', async () => {
  const { asking, state } = await filmedAndAsked()
  const [one, two] = (await workers(2)) as [TestWorker, TestWorker]
  await judge(chiron, { worker: one, campaignId: asking, outcome: 'outcome.success' })
  await judge(chiron, { worker: two, campaignId: asking, outcome: 'outcome.failure' })
  await chiron.drain()
  expect(await offersOf(asking)).toHaveLength(1)
  expect(await state()).toBe('waiting')
  const [task] = await tasksOf(asking)
  await Promise.all(Array.from({ length: 6 }, () => advanceTask(system, task?.id ?? '')))
  await Promise.all(Array.from({ length: 3 }, () => reachConsensus(system, task?.id ?? '')))
  expect(await offersOf(asking)).toHaveLength(1)
})

test('VRD-1 advancing again and again, at once, takes each step once', async () => {
  const { asking, campaignId, take } = await filmedAndAsked()
  const [one, two] = (await workers(2)) as [TestWorker, TestWorker]
  await judge(chiron, { worker: one, campaignId: asking, outcome: 'outcome.success' })
  await judge(chiron, { worker: two, campaignId: asking, outcome: 'outcome.success' })
  await chiron.drain()
  const key = { workspaceId: lab.workspaceId, taskId: take.taskId }
  const events = await read(owner, (tx) => eventsOf(tx, key))
  expect(events.map(({ kind }) => kind).sort()).toEqual(['checked', 'consensus'])
  // Every event once more, in another order, by several at once.
  await Promise.all(
    [...events, ...events].reverse().map((event) => advanceTask(system, take.taskId, { event })),
  )
  expect(await read(owner, (tx) => eventsOf(tx, key))).toHaveLength(2)
  expect(await records('submission.decide', campaignId)).toHaveLength(1)
})

test('VRD-4 a sure failure goes to a member, never to a rejection (WR-11)', async () => {
  const { asking, state, campaignId } = await filmedAndAsked()
  for (const worker of await workers(2))
    await judge(chiron, { worker, campaignId: asking, outcome: 'outcome.failure' })
  await chiron.drain()
  expect(await state()).toBe('review')
  const queue = await ok(chiron, reviewRoutes.list, {
    headers: lab.headers('reviewer'),
    query: { campaignId },
  })
  expect(queue.items).toMatchObject([{ why: 'fault', kind: 'demonstrate' }])
})

test('VRD-4 a question about something else leaves the take to its own judges', async () => {
  const config = {
    verdictQuestion: 'outcome',
    questions: [
      { ...questions.config.questions[0], termKind: 'state', termIds: ['state.open', 'state.closed'] },
    ],
  }
  const { asking, state, take } = await filmedAndAsked({ questions: { config } })
  for (const worker of await workers(2))
    await judge(chiron, { worker, campaignId: asking, outcome: 'state.open' })
  await chiron.drain()
  expect(await state()).toBe('waiting')
  const episodes = await ok(chiron, mediaRoutes.listEpisodes, { headers: lab.headers('owner') })
  expect(episodes.items.find(({ id }) => id === take.episodeId)).toMatchObject({
    state: 'checked',
    verdict: { label: 'state.open', by: 'consensus' },
  })
})

test('VRD-4 judges who settle for less than the take’s own flow wants lead to a member', async () => {
  const { asking, state } = await filmedAndAsked({
    takes: { flow: { ...takes.flow, answers: { min: 5, max: 7, sureAt: 0.8 } } },
  })
  for (const worker of await workers(2))
    await judge(chiron, { worker, campaignId: asking, outcome: 'outcome.success' })
  await chiron.drain()
  expect(await state()).toBe('review')
})

test('VRD-5 VRD-6 without judges the checks accept; nothing later takes it back', async () => {
  const campaignId = await loop.demonstrate({ flow: { ...takes.flow, answers: null } })
  const [author] = (await workers(1)) as [TestWorker]
  await agree(chiron, author, campaignId)
  const take = await film(chiron, loop, { worker: author, campaignId })
  await chiron.drain()
  expect((await ownSubmission(chiron, author, take.id)).state).toBe('accepted')
  const bad = {
    kind: 'checked',
    id: 'zzzz',
    attempt: 1,
    faults: [{ code: 'blurred', severity: 'fixable' }],
  } as const
  await advanceTask(system, take.taskId, { event: bad })
  expect((await ownSubmission(chiron, author, take.id)).state).toBe('accepted')
})

test('VRD-5 an import is accepted by its checks, or by those who judge it', async () => {
  const manager = lab.as('manager')
  const bring = async (campaignId: string) => {
    const id = crypto.randomUUID()
    const plain = {
      file: goodClip(),
      uploadId: crypto.randomUUID(),
      purpose: 'episode',
      memberId: manager.actor.id,
    } as const
    const upload = await takeFile(manager, plain)
    const rights = 'Filmed by our own team in our own lab.'
    await ok(chiron, mediaRoutes.importEpisode, {
      headers: lab.headers('manager'),
      body: { id, campaignId, uploadId: upload.uploadId, rights },
    })
    await chiron.drain()
    const episodes = await ok(chiron, mediaRoutes.listEpisodes, {
      headers: lab.headers('owner'),
      query: { campaignId },
    })
    return () => episodes.items.find((each) => each.id === id)
  }
  const plain = await loop.demonstrate({ flow: { ...takes.flow, answers: null } })
  expect((await bring(plain))()).toMatchObject({ state: 'accepted', verdict: null })
  const asking = await loop.choose()
  const imported = await bring(asking)
  expect(imported()?.state).toBe('checked')
  for (const worker of await workers(2))
    await judge(chiron, { worker, campaignId: asking, outcome: 'outcome.unclear' })
  await chiron.drain()
  const [episode] = (
    await ok(chiron, mediaRoutes.listEpisodes, {
      headers: lab.headers('owner'),
      query: { campaignId: asking },
    })
  ).items
  expect(episode).toMatchObject({ state: 'accepted', verdict: { label: 'outcome.unclear' } })
})

test('VRD-1 the same event never has two contents', async () => {
  const { take } = await filmedAndAsked()
  const key = { workspaceId: lab.workspaceId, taskId: take.taskId }
  const [event] = await read(owner, (tx) => eventsOf(tx, key))
  const other = { kind: 'withdrawn', id: event?.id ?? '' } as const
  await tidy(owner, (tx) => appendEvent(tx, key, other, chiron.deps.clock.now()))
  expect(await read(owner, (tx) => eventsOf(tx, key))).toEqual([event])
})

test('WR-11 no path without a member ends in a rejection', async () => {
  const rejected = await read(owner, (tx) =>
    tx.selectFrom('submission').select('decided_by').where('state', '=', 'rejected').execute(),
  )
  expect(rejected).toEqual([])
})
