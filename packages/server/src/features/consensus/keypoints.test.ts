import {
  type HandCorrection,
  type Lease,
  mediaRoutes,
  reviewRoutes,
  submissionRoutes,
} from '@chiron/contract'
import { type KeypointsAnswer, machineAnswer } from '@chiron/core/kinds'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import { agree, claim, film, goodClip, ok, openLoop, ownSubmission, submitBody } from '../../testing/loop.ts'
import { clipWithHands, GRID_HANDS } from '../../testing/seen-hands.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { withdrawConsent } from '../consent/index.ts'
import { correctedHandsOf } from './corrected-hands.ts'

const chiron = await testChiron({ poolSize: 6 })
const loop = await openLoop(chiron)
const { lab } = loop
const owner = lab.as('owner')
const seen = await clipWithHands('grid', GRID_HANDS)

const INDEX_TIP = 8
const workers = (count: number): Promise<TestWorker[]> =>
  Promise.all(Array.from({ length: count }, () => lab.worker()))

/** A film with hands, by a worker of its own, and a campaign that asks to correct them. */
async function filmedAndAsked(change: Parameters<typeof loop.correct>[0] = {}, file = seen) {
  const flow = { ...loop.drafts.takes.flow, answers: null, acceptLabels: [] }
  const source = await loop.demonstrate({ flow })
  const asking = await loop.correct({ sourceCampaignId: source, ...change })
  const [author] = (await workers(1)) as [TestWorker]
  const consentId = await agree(chiron, author, source)
  const take = await film(chiron, loop, { worker: author, campaignId: source, file })
  await chiron.drain()
  return { source, asking, author, consentId, episodeId: take.episodeId ?? '' }
}

const momentsOf = (lease: Lease | null) =>
  lease?.subject.kind === 'episode' ? (lease.subject.moments ?? []) : []
/** The machine's points with the tip of the right index finger moved, in the first moment. */
function moved(lease: Lease | null, byX: number): KeypointsAnswer {
  const answer = machineAnswer(momentsOf(lease))
  const tip = answer.moments[0]?.right?.[INDEX_TIP]
  if (tip?.x !== undefined) tip.x += byX
  return answer
}

async function answered(worker: TestWorker, asking: string, byX = 0) {
  const lease = await claim(chiron, worker, asking)
  const body = submitBody({ leaseId: lease?.id ?? '', answer: moved(lease, byX) })
  return (await ok(chiron, submissionRoutes.submit, { headers: worker.headers, body })).submission
}

const correctionsOf = async (episodeId: string): Promise<HandCorrection[]> =>
  (await ok(chiron, mediaRoutes.readCorrections, { headers: lab.headers('reviewer'), params: { episodeId } }))
    .items
const tasksOf = (campaignId: string) =>
  read(owner, (tx) =>
    tx.selectFrom('task').select(['id', 'state']).where('campaign_id', '=', campaignId).execute(),
  )

test('TSK-11 the moments where the machine was least sure are asked about, with its points; not by who filmed', async () => {
  const { asking, author } = await filmedAndAsked()
  expect(await claim(chiron, author, asking)).toBeNull()
  const [worker] = (await workers(1)) as [TestWorker]
  const lease = await claim(chiron, worker, asking)
  const moments = momentsOf(lease)
  expect(moments.map(({ timeMs }) => timeMs)).toEqual([500, 1500])
  expect(moments[0]?.hands).toMatchObject([{ side: 'right', confidence: 0.5 }])
  expect(moments[0]?.hands[0]?.points[INDEX_TIP]).toEqual([0.45, 0.4])
  expect(lease?.taskId).toBe(lease?.id)
})

test('TSK-11 a film in which the machine saw no hand is not asked about, nor is it told twice', async () => {
  const bare = await filmedAndAsked({}, goodClip())
  expect(await tasksOf(bare.asking)).toEqual([])
  const { source, asking } = await filmedAndAsked()
  await chiron.drain()
  expect(await tasksOf(asking)).toHaveLength(1)
  // A campaign that is published when the films are there already asks about them as well.
  const later = await loop.correct({ sourceCampaignId: source })
  await chiron.drain()
  expect(await tasksOf(later)).toHaveLength(1)
})

test('TSK-11 an answer is refused by the joint that is wrong, and when it is about other moments', async () => {
  const { asking } = await filmedAndAsked()
  const [worker] = (await workers(1)) as [TestWorker]
  const lease = await claim(chiron, worker, asking)
  const send = (answer: object) =>
    chiron.call(submissionRoutes.submit, {
      headers: worker.headers,
      body: submitBody({ leaseId: lease?.id ?? '', answer: { ...answer } }),
    })
  const far = await send(moved(lease, 0.9))
  expect([far.status, far.body.code]).toEqual([422, 'answer-incomplete'])
  expect(far.body.message).toContain('moments.0.right.index_tip: the index tip of the right hand lies beyond')
  const fewer = machineAnswer(momentsOf(lease).slice(1))
  expect((await send(fewer)).body.message).toContain('it was asked about these moments alone: 500, 1500 ms')
  expect((await send({ moments: [] })).body.code).toBe('answer-incomplete')
  expect((await send(machineAnswer(momentsOf(lease)))).status).toBe(200)
})

test('VRD-12 people who agree settle it: places with their errors stand beside the machine’s, all are paid', async () => {
  const { asking, episodeId } = await filmedAndAsked()
  const [one, two] = (await workers(2)) as [TestWorker, TestWorker]
  const first = await answered(one, asking, 0.02)
  await chiron.drain()
  expect((await correctionsOf(episodeId))[0]).toMatchObject({ state: 'open', verdict: null, agreement: null })
  const second = await answered(two, asking, 0.03)
  await chiron.drain()
  for (const [worker, { id }] of [[one, first] as const, [two, second] as const])
    expect((await ownSubmission(chiron, worker, id)).state).toBe('accepted')
  const [correction] = await correctionsOf(episodeId)
  expect(correction).toMatchObject({
    state: 'done',
    verdict: { label: 'points.stand', by: 'consensus' },
    agreement: 1,
    answerCount: 2,
    picture: { width: 320, height: 240 },
  })
  const moment = correction?.moments[0]
  expect(moment?.machine[0]?.points[INDEX_TIP]).toEqual([0.45, 0.4])
  const given = moment?.answers.map(({ right }) => right?.[INDEX_TIP]?.x).sort() ?? []
  expect(given).toEqual([expect.closeTo(0.47, 9), expect.closeTo(0.48, 9)])
  const [left, right] = moment?.placed ?? []
  expect(left).toMatchObject({ side: 'left', points: null, agreement: 1 })
  expect(right?.points?.[INDEX_TIP]?.x).toBeCloseTo(0.475, 2)
  expect(right?.points?.[INDEX_TIP]?.errorPx).toBeGreaterThanOrEqual(0.5)
  const told = await read(owner, (tx) => correctedHandsOf(tx, { workspaceId: lab.workspaceId, episodeId }))
  expect(told.map(({ by, answerCount }) => [by, answerCount])).toEqual([['consensus', 2]])
  expect(JSON.stringify(correction)).not.toContain(one.workerId)
  // Nothing of it is a verdict on the take.
  const episode = await ok(chiron, mediaRoutes.readEpisode, {
    headers: lab.headers('owner'),
    params: { episodeId },
  })
  expect(episode).toMatchObject({ verdict: null, labels: [], posterior: [] })
})

test('VRD-12 people who differ: more are asked up to the most, then a member says whether the points stand', async () => {
  const flow = { ...loop.drafts.questions.flow, answers: { min: 2, max: 3, sureAt: 0.99 } }
  const { asking, episodeId } = await filmedAndAsked({ flow })
  const people = await workers(3)
  const sent = []
  for (const [at, worker] of people.entries()) {
    sent.push(await answered(worker, asking, at * 0.2))
    await chiron.drain()
  }
  const queue = await ok(chiron, reviewRoutes.list, {
    headers: lab.headers('reviewer'),
    query: { campaignId: asking },
  })
  expect(queue.items).toMatchObject([{ why: 'disputed', kind: 'keypoints', episodeId }])
  const params = { reviewId: queue.items[0]?.id ?? '' }
  const headers = lab.headers('reviewer')
  const review = await ok(chiron, reviewRoutes.read, { headers, params })
  expect(review.labelChoices).toEqual([
    { id: 'points.stand', label: { en: 'The points stand', ar: 'تُعتمد النقاط' } },
    { id: 'points.set-aside', label: { en: 'Set the points aside', ar: 'تُستبعد النقاط' } },
  ])
  await ok(chiron, reviewRoutes.decide, {
    headers,
    params,
    body: { decision: 'accept', label: 'points.set-aside' },
  })
  await chiron.drain()
  expect((await correctionsOf(episodeId))[0]?.verdict).toEqual({ label: 'points.set-aside', by: 'member' })
  expect(
    await read(owner, (tx) => correctedHandsOf(tx, { workspaceId: lab.workspaceId, episodeId })),
  ).toEqual([])
  for (const [at, { id }] of sent.entries())
    expect((await ownSubmission(chiron, people[at] as TestWorker, id)).state).toBe('accepted')
  const gold = await read(owner, (tx) =>
    tx.selectFrom('gold').select('task_id').where('campaign_id', '=', asking).execute(),
  )
  expect(gold).toEqual([])
})

test('TSK-11 when consent ends the points are told to nobody, and they go with the recording', async () => {
  const { asking, author, consentId, episodeId } = await filmedAndAsked()
  const [worker, other] = (await workers(2)) as [TestWorker, TestWorker]
  await answered(other, asking)
  const lease = await claim(chiron, worker, asking)
  expect(momentsOf(lease)).toHaveLength(2)
  await withdrawConsent(author.ctx, consentId)
  await chiron.drain()
  const reply = await chiron.call(mediaRoutes.readCorrections, {
    headers: lab.headers('owner'),
    params: { episodeId },
  })
  expect([reply.status, reply.body.code]).toEqual([410, 'gone'])
  const inbox = await chiron.http.inject({ url: '/api/worker/inbox', headers: worker.headers })
  expect(inbox.json().leases.map((held: Lease) => momentsOf(held))).toEqual([[]])
  chiron.deps.clock.advance(chiron.deps.config.eraseAfterHours * 3600_000 + 1)
  await chiron.sweepAll()
  await chiron.drain()
  const kept = await read(owner, (tx) =>
    tx.selectFrom('task_moments').select('task_id').where('episode_id', '=', episodeId).execute(),
  )
  expect(kept).toEqual([])
  const answers = await read(owner, (tx) =>
    tx.selectFrom('submission').select('answer').where('campaign_id', '=', asking).execute(),
  )
  expect(answers).toEqual([{ answer: {} }])
})
