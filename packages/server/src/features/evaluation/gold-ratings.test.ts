import {
  type CampaignDraft,
  type Lease,
  leaderboardRoutes,
  mediaPaths,
  rolloutRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import type { RateConfig } from '@chiron/core/kinds'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { read, tidy } from '../../platform/tx.ts'
import { type Contest, openContest } from '../../testing/contest.ts'
import { claim, ok, ownSubmission, submitBody, submitted } from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { createCampaign } from '../campaign/index.ts'
import { publishCampaign } from '../pay/index.ts'

const chiron = await testChiron({ poolSize: 4 })

const [BALANCE, SAFETY] = ['scale.balance-recovery', 'scale.interaction-safety'] as const
const scale = (termId: string): RateConfig['scales'][number] => ({
  termId,
  prompt: { en: 'How well?' },
  anchors: { low: { en: 'It falls.' }, middle: {}, high: { en: 'It stands.' } },
  examples: { low: null, high: null },
})
const rated = (balance: number | null, safety: number | null) => ({
  ratings: { [BALANCE]: balance, [SAFETY]: safety },
})

async function publish(contest: Contest): Promise<string> {
  const { suiteId, suiteVersion, world, policyVersionIds, stream } = contest.config
  const asked = { suiteId, suiteVersion, world, policyVersionIds, stream }
  const draft: CampaignDraft = {
    ...contest.draft,
    kind: 'rate',
    title: { en: 'How well?' },
    config: { ...asked, scales: [scale(BALANCE), scale(SAFETY)] } satisfies RateConfig,
    quota: 10,
    goldRatio: 0.3,
    flow: { ...contest.draft.flow, answers: { min: 2, max: 2, sureAt: 0.5 } },
  }
  const manager = contest.lab.as('manager')
  const { id } = await createCampaign(manager, draft)
  await publishCampaign(manager, id)
  return id
}

const stating = (
  contest: Contest,
  campaignId: string,
  of: { rolloutId: string; ratings: object },
  as: 'manager' | 'auditor' = 'manager',
) =>
  chiron.call(leaderboardRoutes.stateGoldRating, {
    headers: contest.lab.headers(as),
    params: { campaignId },
    body: of,
  })

/** The rollouts that a campaign about these versions may ask about. */
async function runsOf(contest: Contest): Promise<string[]> {
  const { items } = await ok(chiron, rolloutRoutes.list, { headers: contest.headers, query: { limit: 50 } })
  return items
    .filter(({ policyVersionId }: { policyVersionId: string }) => contest.truth.has(policyVersionId))
    .map(({ id }: { id: string }) => id)
}

/** More than a campaign may ask for, so that a test needs no thousand claims. */
const goldShare = ({ lab }: Contest, campaignId: string, ratio: number) =>
  tidy(lab.as('owner'), (tx) =>
    tx.updateTable('campaign').set({ gold_ratio: ratio }).where('id', '=', campaignId).execute(),
  )
const taskOf = ({ lab }: Contest, leaseId: string) =>
  read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('lease as l')
      .innerJoin('task_rollout as a', 'a.task_id', 'l.task_id')
      .select(['a.task_id', 'a.rollout_id', 'l.stands_for_task_id'])
      .where('l.id', '=', leaseId)
      .executeTakeFirstOrThrow(),
  )
const knownOf = (contest: Contest, campaignId: string) =>
  ok(chiron, leaderboardRoutes.knownRatings, { headers: contest.headers, params: { campaignId } })
const boardOf = ({ headers, params }: Contest, raters: 'all' | 'trusted') =>
  ok(chiron, leaderboardRoutes.read, { headers, params, query: { raters } })

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
  const { subject, id, taskId, leasedUntil, ...rest } = lease
  if (subject.kind !== 'rollout') throw new Error('a rating has a rollout')
  const { videoUrl: _url, instruction: _said, ...clip } = subject
  const url = mediaPaths.leaseClip(lease.id, 'only')
  const { statusCode, headers } = await chiron.http.inject({ url, headers: worker.headers })
  const { date: _date, 'x-request-id': _id, etag: _etag, ...told } = headers
  return {
    id,
    looks: {
      ...rest,
      leaseMs: Date.parse(leasedUntil) - chiron.deps.clock.now().getTime(),
      isNamedByLease: taskId === id,
      clip,
      fetched: { statusCode, told },
      keys: [...Object.keys(lease), ...Object.keys(subject)],
      fell: (before?.availableCount ?? 0) - (after?.availableCount ?? 0),
      statements,
    },
  }
}

test('EVA-23 TSK-10 a rollout with known ratings looks like any other, counts for no version, and is paid as any other', async () => {
  const contest = await openContest(chiron, [1, -1])
  const campaignId = await publish(contest)
  const [rolloutId = ''] = await runsOf(contest)
  const ratings = { [BALANCE]: 5, [SAFETY]: 2 }
  const { body: stated } = await stating(contest, campaignId, { rolloutId, ratings })
  await goldShare(contest, campaignId, 1)
  const [worker, other] = [await contest.lab.worker(), await contest.lab.worker()]
  const gold = await seen(worker, campaignId)
  expect(await taskOf(contest, gold.id)).toMatchObject({ task_id: stated.taskId, rollout_id: rolloutId })
  await goldShare(contest, campaignId, 0.000_001)
  const plain = await seen(other, campaignId)
  expect((await taskOf(contest, plain.id)).stands_for_task_id).toBeNull()
  expect(gold.looks).toEqual(plain.looks)
  const body = { ...submitBody({ leaseId: gold.id, answer: rated(2, 3) }), next: true }
  const sent = await ok(chiron, submissionRoutes.submit, { headers: worker.headers, body })
  expect(sent.next?.subject.kind).toBe('rollout')
  expect(JSON.stringify(sent)).not.toMatch(/gold|known/i)
  await chiron.drain()
  for (const { ratings: of } of (await boardOf(contest, 'all')).items) expect(of).toEqual([])
  expect((await ownSubmission(chiron, worker, body.id)).state).toBe('accepted')
  // Sent again it is counted no second time. Three points off and one: 2 on average.
  await ok(chiron, submissionRoutes.submit, { headers: worker.headers, body })
  expect(await knownOf(contest, campaignId)).toMatchObject({
    askedCount: 1,
    items: [
      { workerId: worker.workerId, knownCount: 2, knownNearCount: 1, distance: { value: 2, n: 2, low: 0 } },
    ],
  })
  // What cannot be told is no answer, and what gave way is rated by somebody.
  await goldShare(contest, campaignId, 1)
  const next = (await claim(chiron, other, campaignId)) as Lease
  expect((await taskOf(contest, next.id)).rollout_id).toBe(rolloutId)
  await submitted(chiron, other, { leaseId: next.id, answer: rated(5, null) })
  const { items } = await knownOf(contest, campaignId)
  expect(items[1]).toMatchObject({
    workerId: other.workerId,
    knownCount: 1,
    distance: { value: 0, low: null },
  })
})

test('EVA-23 who is far from known ratings beyond chance is not trusted: their ratings are left out', async () => {
  const contest = await openContest(chiron, [1, -1])
  const campaignId = await publish(contest)
  const [first = '', second = '', third = ''] = await runsOf(contest)
  for (const rolloutId of [first, second])
    await stating(contest, campaignId, { rolloutId, ratings: { [BALANCE]: 5, [SAFETY]: 5 } })
  const [careful, careless] = [await contest.lab.worker(), await contest.lab.worker()]
  const rateAll = async (worker: TestWorker, says: (isKnown: boolean) => number) => {
    await goldShare(contest, campaignId, 1)
    for (let turn = 0; turn < 4; turn += 1) {
      // What gave way to gold is the same worker’s again after as long as a lease runs.
      if (turn === 2) chiron.deps.clock.advance(3_600_000)
      const lease = (await claim(chiron, worker, campaignId)) as Lease
      const isKnown = (await taskOf(contest, lease.id)).stands_for_task_id !== null
      const mark = says(isKnown)
      await submitted(chiron, worker, { leaseId: lease.id, answer: rated(mark, mark) })
      await chiron.drain()
    }
  }
  await rateAll(careful, (isKnown) => (isKnown ? 4 : 2))
  await rateAll(careless, () => 1)
  const known = await knownOf(contest, campaignId)
  expect(known.items).toMatchObject([
    {
      workerId: careless.workerId,
      knownCount: 4,
      knownNearCount: 0,
      distance: { value: 4 },
      failsKnown: true,
    },
    {
      workerId: careful.workerId,
      knownCount: 4,
      knownNearCount: 4,
      distance: { value: 1 },
      failsKnown: false,
    },
  ])
  expect(JSON.stringify(known)).not.toMatch(/Worker/)
  const meansOf = async (raters: 'all' | 'trusted') => {
    const board = await boardOf(contest, raters)
    const ratings = board.items.flatMap(
      ({ ratings: of }: { ratings: { value: number; ratingCount: number }[] }) => of,
    )
    return {
      excluded: board.excludedRaterCount,
      values: [...new Set(ratings.map(({ value }: { value: number }) => value))],
      ratingCount: ratings.reduce((sum: number, each: { ratingCount: number }) => sum + each.ratingCount, 0),
    }
  }
  // Two rollouts are left, rated on two scales by both.
  expect(await meansOf('all')).toEqual({ excluded: 0, values: [1.5], ratingCount: 8 })
  expect(await meansOf('trusted')).toEqual({ excluded: 1, values: [2], ratingCount: 4 })
  // A rollout that is gone takes its ratings with it, whoever gave them.
  await ok(chiron, rolloutRoutes.erase, { headers: contest.headers, params: { rolloutId: third } })
  expect(await meansOf('trusted')).toEqual({ excluded: 1, values: [2], ratingCount: 2 })
})

test('EVA-23 a person states it of what the campaign asks; what was on offer of it is taken back, and it may be restated', async () => {
  const contest = await openContest(chiron, [1])
  const campaignId = await publish(contest)
  const [rolloutId = '', another = ''] = await runsOf(contest)
  const worker = await contest.lab.worker()
  const held = (await claim(chiron, worker, campaignId)) as Lease
  const about = (await taskOf(contest, held.id)).rollout_id
  expect((await stating(contest, campaignId, { rolloutId: about, ratings: { [BALANCE]: 3 } })).status).toBe(
    200,
  )
  // What is in hand is taken as any other answer; nobody else is asked about it but as gold.
  await submitted(chiron, worker, { leaseId: held.id, answer: rated(4, 4) })
  expect((await knownOf(contest, campaignId)).items).toEqual([])
  expect(
    (await boardOf(contest, 'all')).items.flatMap(({ ratings }: { ratings: unknown[] }) => ratings),
  ).toHaveLength(2)
  const other = await contest.lab.worker()
  await goldShare(contest, campaignId, 0.000_001)
  const theirs = (await claim(chiron, other, campaignId)) as Lease
  expect((await taskOf(contest, theirs.id)).rollout_id).toBe(about === rolloutId ? another : rolloutId)
  const again = await stating(contest, campaignId, { rolloutId: about, ratings: { [SAFETY]: 1 } })
  expect(again.status).toBe(200)
  const gold = await read(contest.lab.as('owner'), (tx) =>
    tx.selectFrom('gold').select('label').where('campaign_id', '=', campaignId).execute(),
  )
  expect(gold).toEqual([{ label: JSON.stringify({ [SAFETY]: 1 }) }])
  const refusals = [
    { rolloutId, ratings: {} },
    { rolloutId, ratings: { 'scale.unknown': 3 } },
    { rolloutId: campaignId, ratings: { [BALANCE]: 3 } },
  ]
  for (const of of refusals) expect((await stating(contest, campaignId, of)).body.code).toBe('bad-input')
  const outside = await stating(contest, campaignId, { rolloutId, ratings: { [BALANCE]: 3 } }, 'auditor')
  expect(outside.body.code).toBe('not-allowed')
})
