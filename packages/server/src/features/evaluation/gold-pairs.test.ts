import {
  type Lease,
  leaderboardRoutes,
  mediaPaths,
  rolloutRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import { seededRandom } from '@chiron/core/kit'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { read, tidy } from '../../platform/tx.ts'
import { type Contest, openContest, pairOf, vote } from '../../testing/contest.ts'
import { claim, ok, ownSubmission, submitBody, submitted } from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { createCampaign } from '../campaign/index.ts'
import { publishCampaign } from '../pay/index.ts'
import { KNOWN_PAIRS_WANTED } from './make-known-pairs.ts'

const chiron = await testChiron({ poolSize: 4 })

async function publish(contest: Contest): Promise<string> {
  const manager = contest.lab.as('manager')
  const { id } = await createCampaign(manager, { ...contest.draft, goldRatio: 0.3 })
  await publishCampaign(manager, id)
  return id
}

/** Two runs of one scenario, of the two versions. */
async function runsOf(contest: Contest) {
  const { items } = await ok(chiron, rolloutRoutes.list, {
    headers: contest.headers,
    query: { scenarioKey: 'cup-bright', limit: 50 },
  })
  const known = items.filter(({ policyVersionId }: { policyVersionId: string }) =>
    contest.truth.has(policyVersionId),
  )
  return [known[0]!.id, known[1]!.id] as const
}

async function statePair(contest: Contest, campaignId: string): Promise<string> {
  const [betterRolloutId, worseRolloutId] = await runsOf(contest)
  const { taskId } = await ok(chiron, leaderboardRoutes.stateGoldPair, {
    headers: contest.lab.headers('manager'),
    params: { campaignId },
    body: { betterRolloutId, worseRolloutId },
  })
  return taskId
}

/** More than a campaign may ask for, so that a test needs no thousand claims. */
const goldShare = ({ lab }: Contest, campaignId: string, ratio: number) =>
  tidy(lab.as('owner'), (tx) =>
    tx.updateTable('campaign').set({ gold_ratio: ratio }).where('id', '=', campaignId).execute(),
  )
const taskOf = ({ lab }: Contest, leaseId: string) =>
  read(lab.as('owner'), (tx) =>
    tx.selectFrom('lease').selectAll().where('id', '=', leaseId).executeTakeFirstOrThrow(),
  )
const labelOf = ({ lab }: Contest, taskId: string) =>
  read(lab.as('owner'), async (tx) => {
    const row = await tx
      .selectFrom('gold')
      .select('label')
      .where('task_id', '=', taskId)
      .executeTakeFirstOrThrow()
    return row.label
  })
const talliesOf = ({ lab }: Contest) =>
  read(lab.as('owner'), (tx) => tx.selectFrom('comparison_tally').selectAll().execute())

/** One claim as the worker’s device sees it, and what the database was asked meanwhile. */
async function seen(worker: TestWorker, campaignId: string) {
  const offerOf = async () => {
    const { offers } = await ok(chiron, taskRoutes.inbox, { headers: worker.headers })
    return offers.find((offer: { campaignId: string }) => offer.campaignId === campaignId)
  }
  const before = await offerOf()
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  const lease = (await claim(chiron, worker, campaignId)) as Lease
  const texts = spy.mock.calls.map(([query]) => String((query as unknown as { text?: string }).text ?? query))
  // The job queue looks for work at its own times.
  const statements = texts.filter((text) => !text.includes('pgboss'))
  spy.mockRestore()
  const after = await offerOf()
  const clips = await Promise.all(
    ['left', 'right'].map(async (side) => {
      const { statusCode, headers } = await chiron.http.inject({
        url: mediaPaths.leaseClip(lease.id, side),
        headers: worker.headers,
      })
      const { date: _date, 'x-request-id': _id, etag: _etag, ...told } = headers
      return { statusCode, told }
    }),
  )
  const { id, taskId, leasedUntil, subject, ...rest } = lease
  if (subject.kind !== 'pair') throw new Error('a comparison has a pair')
  // Which of the two begins later is the rollouts' own, in any pair.
  const { videoUrl: _left, startMs: _leftMs, ...left } = subject.left
  const { videoUrl: _right, startMs: _rightMs, ...right } = subject.right
  return {
    id,
    looks: {
      ...rest,
      leaseMs: Date.parse(leasedUntil) - chiron.deps.clock.now().getTime(),
      isNamedByLease: taskId === id,
      clips,
      keys: Object.keys(lease),
      subject: { keys: Object.keys(subject), left, right },
      fell: (before?.availableCount ?? 0) - (after?.availableCount ?? 0),
      statements,
    },
  }
}

test('EVA-21 TSK-10 a known pair looks like any other, counts for no policy, and is paid as any other', async () => {
  const contest = await openContest(chiron, [1, -1])
  const campaignId = await publish(contest)
  const taskId = await statePair(contest, campaignId)
  await goldShare(contest, campaignId, 1)
  const [worker, other] = [await contest.lab.worker(), await contest.lab.worker()]
  const gold = await seen(worker, campaignId)
  expect((await taskOf(contest, gold.id)).task_id).toBe(taskId)
  await goldShare(contest, campaignId, 0.000_001)
  const plain = await seen(other, campaignId)
  expect((await taskOf(contest, plain.id)).stands_for_task_id).toBeNull()
  expect(gold.looks).toEqual(plain.looks)
  const winner = await labelOf(contest, taskId)
  const answer = { winner, why: [], progress: { left: 10, right: 90 } }
  const body = { ...submitBody({ leaseId: gold.id, answer }), next: true }
  const sent = await ok(chiron, submissionRoutes.submit, { headers: worker.headers, body })
  expect(sent.next?.subject.kind).toBe('pair')
  expect(JSON.stringify(sent)).not.toMatch(/gold|known/i)
  await chiron.drain()
  expect(await talliesOf(contest)).toEqual([])
  expect((await ownSubmission(chiron, worker, body.id)).state).toBe('accepted')
  // Sent again it is counted no second time, and the worker meets the pair no second time.
  await ok(chiron, submissionRoutes.submit, { headers: worker.headers, body })
  await submitted(chiron, worker, { leaseId: sent.next?.id ?? '', answer: { winner: 'left', why: [] } })
  const raters = await ok(chiron, leaderboardRoutes.raters, {
    headers: contest.headers,
    params: contest.params,
  })
  expect(raters.items).toMatchObject([
    { workerId: worker.workerId, voteCount: 1, knownCount: 1, knownRightCount: 1, failsKnown: false },
  ])
})

test('EVA-21 the pair that gave way gets its vote from somebody, and the sides of known pairs are thrown for', async () => {
  const contest = await openContest(chiron, [0, 0])
  const campaignId = await publish(contest)
  const tasks = await Promise.all(Array.from({ length: 12 }, () => statePair(contest, campaignId)))
  const labels = await Promise.all(tasks.map((taskId) => labelOf(contest, taskId)))
  expect(new Set(labels)).toEqual(new Set(['left', 'right']))
  await goldShare(contest, campaignId, 1)
  const [worker, other] = [await contest.lab.worker(), await contest.lab.worker()]
  const lease = await claim(chiron, worker, campaignId)
  const { stands_for_task_id: displaced } = await taskOf(contest, lease?.id ?? '')
  await goldShare(contest, campaignId, 0)
  const theirs = await claim(chiron, other, campaignId)
  expect((await taskOf(contest, theirs?.id ?? '')).task_id).toBe(displaced)
})

test('EVA-21 who fails known pairs is not trusted, and only a person of the team states one', async () => {
  const contest = await openContest(chiron, [1, -1])
  const campaignId = await publish(contest)
  for (let at = 0; at < 4; at += 1) await statePair(contest, campaignId)
  await goldShare(contest, campaignId, 1)
  const worker = await contest.lab.worker()
  for (let at = 0; at < 5; at += 1) {
    const lease = await claim(chiron, worker, campaignId)
    const { task_id: taskId, stands_for_task_id: standsFor } = await taskOf(contest, lease?.id ?? '')
    const right = standsFor === null ? 'left' : await labelOf(contest, taskId)
    const winner = standsFor === null || right === 'right' ? 'left' : 'right'
    await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer: { winner, why: [] } })
  }
  const { headers, params } = contest
  const raters = await ok(chiron, leaderboardRoutes.raters, { headers, params })
  expect(raters.items).toMatchObject([{ knownCount: 4, knownRightCount: 0, failsKnown: true }])
  const all = await ok(chiron, leaderboardRoutes.read, { headers, params })
  const trusted = await ok(chiron, leaderboardRoutes.read, { headers, params, query: { raters: 'trusted' } })
  expect([all.voteCount, trusted.voteCount, trusted.excludedRaterCount]).toEqual([1, 0, 1])
  const [betterRolloutId] = await runsOf(contest)
  const same = await chiron.call(leaderboardRoutes.stateGoldPair, {
    headers: contest.lab.headers('manager'),
    params: { campaignId },
    body: { betterRolloutId, worseRolloutId: betterRolloutId },
  })
  expect(same.body.code).toBe('bad-input')
  const auditor = await chiron.call(leaderboardRoutes.stateGoldPair, {
    headers: contest.lab.headers('auditor'),
    params: { campaignId },
    body: { betterRolloutId, worseRolloutId: betterRolloutId },
  })
  expect(auditor.body.code).toBe('not-allowed')
  const pair = await pairOf(contest.loop, (await claim(chiron, worker, campaignId))?.id ?? '')
  expect(pair.left_version_id).not.toBe(pair.right_version_id)
})

const goldOf = ({ lab }: Contest) =>
  read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('gold as g')
      .innerJoin('task_pair as p', 'p.task_id', 'g.task_id')
      .selectAll('g')
      .select(['p.left_version_id as left', 'p.right_version_id as right'])
      .execute(),
  )

test('EVA-22 pairs beyond doubt become known pairs by themselves, look like any other, and take turns', async () => {
  const contest = await openContest(chiron, [1, 1, -9])
  const worst = [...contest.truth.keys()][2] ?? ''
  await tidy(contest.lab.as('owner'), (tx) =>
    tx
      .updateTable('rollout')
      .set({ success: false, failure_id: 'failure.dropped' })
      .where('policy_version_id', '=', worst)
      .execute(),
  )
  const campaignId = await publish(contest)
  // All places but one are taken by what members stated.
  for (let at = 1; at < KNOWN_PAIRS_WANTED; at += 1) await statePair(contest, campaignId)
  await goldShare(contest, campaignId, 0.000_001)
  const first = await contest.lab.worker()
  const dice = seededRandom('beyond doubt')
  const voteOnce = async () => {
    await vote(chiron, { contest, worker: first, campaignId, dice })
    await chiron.drain()
  }
  const madeOf = async () => (await goldOf(contest)).filter(({ source }) => source === 'settled')
  const retire = (source: 'stated' | 'settled') =>
    tidy(contest.lab.as('owner'), (tx) =>
      tx
        .updateTable('gold')
        .set({ retired_at: chiron.deps.clock.now() })
        .where('campaign_id', '=', campaignId)
        .where('source', '=', source)
        .execute(),
    )
  for (let turn = 0; turn < 60 && (await madeOf()).length === 0; turn += 1) await voteOnce()
  const [made, ...more] = await madeOf()
  expect(more).toEqual([])
  expect([made?.left, made?.right]).toContain(worst)
  expect([made?.label, made?.stated_by]).toEqual([made?.left === worst ? 'right' : 'left', null])
  const [worker, other] = [await contest.lab.worker(), await contest.lab.worker()]
  const plain = await seen(other, campaignId)
  await retire('stated')
  await goldShare(contest, campaignId, 1)
  const gold = await seen(worker, campaignId)
  expect((await taskOf(contest, gold.id)).task_id).toBe(made?.task_id)
  expect(gold.looks).toEqual(plain.looks)
  // Those that are used up make room for others.
  await goldShare(contest, campaignId, 0.000_001)
  await retire('settled')
  await voteOnce()
  const later = await madeOf()
  expect(later.length).toBeGreaterThan(1)
  expect(later.filter(({ retired_at: retiredAt }) => retiredAt === null).length).toBeLessThanOrEqual(
    KNOWN_PAIRS_WANTED,
  )
}, 240_000)
