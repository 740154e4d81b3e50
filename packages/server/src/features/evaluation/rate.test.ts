import * as contract from '@chiron/contract'
import {
  type CampaignDraft,
  campaignRoutes,
  leaderboardRoutes,
  type Route,
  rolloutRoutes,
  submissionRoutes,
} from '@chiron/contract'
import type { RateConfig } from '@chiron/core/kinds'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import { type Contest, openContest } from '../../testing/contest.ts'
import { claim, ok, ownSubmission, submitBody, submitted } from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { createCampaign } from '../campaign/index.ts'
import { publishCampaign } from '../pay/index.ts'

const chiron = await testChiron({ poolSize: 6 })

const [BALANCE, SAFETY] = ['scale.balance-recovery', 'scale.interaction-safety'] as const
const rated = (balance: number | null, safety: number | null) => ({
  ratings: { [BALANCE]: balance, [SAFETY]: safety },
})
const scale = (termId: string): RateConfig['scales'][number] => ({
  termId,
  prompt: { en: 'How well?' },
  anchors: { low: { en: 'It falls.' }, middle: {}, high: { en: 'It stands.' } },
  examples: { low: null, high: null },
})

function rateDraft(contest: Contest, change: Partial<CampaignDraft> = {}): CampaignDraft {
  const { suiteId, suiteVersion, world, policyVersionIds, stream } = contest.config
  const config: RateConfig = {
    ...{ suiteId, suiteVersion, world, policyVersionIds, stream },
    scales: [scale(BALANCE), scale(SAFETY)],
  }
  return {
    ...contest.draft,
    kind: 'rate',
    title: { en: 'How well?' },
    config,
    quota: 10,
    flow: { ...contest.draft.flow, answers: { min: 2, max: 2, sureAt: 0.5 } },
    ...change,
  }
}

async function publish(contest: Contest, change: Partial<CampaignDraft> = {}): Promise<string> {
  const manager = contest.lab.as('manager')
  const { id } = await createCampaign(manager, rateDraft(contest, change))
  await publishCampaign(manager, id)
  return id
}

const askedOf = ({ lab }: Contest, leaseId: string) =>
  read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('lease as l')
      .innerJoin('task_rollout as a', 'a.task_id', 'l.task_id')
      .selectAll('a')
      .where('l.id', '=', leaseId)
      .executeTakeFirstOrThrow(),
  )
const statesOf = ({ lab }: Contest, campaignId: string) =>
  read(lab.as('owner'), (tx) =>
    tx.selectFrom('task').select('state').where('campaign_id', '=', campaignId).execute(),
  )

async function ratingsOf({ headers, params }: Contest, versionId: string) {
  const { items } = await ok(chiron, leaderboardRoutes.read, { headers, params })
  const item = items.find(({ policyVersionId }: { policyVersionId: string }) => policyVersionId === versionId)
  return item?.ratings ?? []
}

async function rateAll(of: {
  campaignId: string
  workers: readonly TestWorker[]
  answer: (at: number) => Record<string, unknown>
}): Promise<void> {
  for (const worker of of.workers) {
    for (let turn = 0; turn < 20; turn += 1) {
      const lease = await claim(chiron, worker, of.campaignId)
      if (!lease) break
      await submitted(chiron, worker, { leaseId: lease.id, answer: of.answer(turn) })
    }
  }
}

test('EVA-20 EVA-63 ratings make a mean over rollouts with its interval, counted before any job runs; all are paid', async () => {
  const contest = await openContest(chiron, [0])
  const [version] = [...contest.truth.keys()] as [string]
  const campaignId = await publish(contest)
  const workers = await Promise.all(Array.from({ length: 2 }, () => contest.lab.worker()))
  // One rollout is rated 4 and 4, the other 2 and 2; nobody could tell how safe the second was.
  await rateAll({
    campaignId,
    workers,
    answer: (at) => (at === 0 ? rated(4, 5) : rated(2, null)),
  })
  const half = 12.706_204_736_432_1
  expect(await ratingsOf(contest, version)).toEqual([
    {
      scaleId: BALANCE,
      value: 3,
      low: Math.max(1, 3 - half),
      high: Math.min(5, 3 + half),
      n: 2,
      ratingCount: 4,
    },
    { scaleId: SAFETY, value: 5, low: null, high: null, n: 1, ratingCount: 2 },
  ])
  // Both say 4 of the one and 2 of the other: full agreement. All that is said of safety is one value: nothing to tell by.
  const { headers, params } = contest
  expect((await ok(chiron, leaderboardRoutes.ratingAgreement, { headers, params })).items).toEqual([
    { scaleId: BALANCE, alpha: 1, low: 1, high: 1, rolloutCount: 2, ratingCount: 4 },
    { scaleId: SAFETY, alpha: null, low: null, high: null, rolloutCount: 1, ratingCount: 2 },
  ])
  await chiron.drain()
  expect((await statesOf(contest, campaignId)).map(({ state }) => state)).toEqual(['done', 'done'])
  const own = await ok(chiron, submissionRoutes.listOwn, { headers: workers[0]!.headers })
  expect(new Set(own.items.map(({ state }: { state: string }) => state))).toEqual(new Set(['accepted']))
})

test('EVA-20 two answers about one rollout at once are both counted, and one sent again is not', async () => {
  const contest = await openContest(chiron, [0])
  const [version] = [...contest.truth.keys()] as [string]
  const campaignId = await publish(contest, { quota: 1 })
  const workers = await Promise.all(Array.from({ length: 2 }, () => contest.lab.worker()))
  const leases = await Promise.all(workers.map((worker) => claim(chiron, worker, campaignId)))
  const bodies = leases.map((lease, at) =>
    submitBody({ leaseId: lease?.id ?? '', answer: rated(at === 0 ? 2 : 4, 3) }),
  )
  await Promise.all(
    bodies.flatMap((body, at) =>
      [1, 2].map(() => chiron.call(submissionRoutes.submit, { headers: workers[at]!.headers, body })),
    ),
  )
  const [balance] = await ratingsOf(contest, version)
  expect(balance).toMatchObject({ scaleId: BALANCE, n: 1, ratingCount: 2 })
  expect(balance?.value).toBeCloseTo(3, 9)
})

test('EVA-20 an erased rollout takes its ratings with it, and what comes about it later counts nowhere', async () => {
  const contest = await openContest(chiron, [0])
  const [version] = [...contest.truth.keys()] as [string]
  const campaignId = await publish(contest, { quota: 1 })
  const workers = await Promise.all(Array.from({ length: 2 }, () => contest.lab.worker()))
  const leases = await Promise.all(workers.map((worker) => claim(chiron, worker, campaignId)))
  await submitted(chiron, workers[0]!, { leaseId: leases[0]?.id ?? '', answer: rated(5, 5) })
  expect(await ratingsOf(contest, version)).toHaveLength(2)
  const { rollout_id: rolloutId } = await askedOf(contest, leases[0]?.id ?? '')
  await ok(chiron, rolloutRoutes.erase, { headers: contest.headers, params: { rolloutId } })
  expect(await ratingsOf(contest, version)).toEqual([])
  const late = await submitted(chiron, workers[1]!, { leaseId: leases[1]?.id ?? '', answer: rated(1, 1) })
  await chiron.drain()
  expect(await ratingsOf(contest, version)).toEqual([])
  expect((await ownSubmission(chiron, workers[1]!, late.id)).state).toBe('accepted')
})

test('EVA-20 nothing that a worker is answered tells whose rollout they rate, or how others did', async () => {
  const contest = await openContest(chiron, [1, -1])
  const campaignId = await publish(contest)
  const [worker, other] = [await contest.lab.worker('Rania Rater'), await contest.lab.worker('Otto Other')]
  for (const each of [other, worker]) {
    const lease = await claim(chiron, each, campaignId)
    await submitted(chiron, each, { leaseId: lease?.id ?? '', answer: rated(4, 2) })
  }
  await chiron.drain()
  const own = await ok(chiron, submissionRoutes.listOwn, { headers: worker.headers })
  const lease = await claim(chiron, worker, campaignId)
  const asked = await askedOf(contest, lease?.id ?? '')
  const rollouts = await ok(chiron, rolloutRoutes.list, { headers: contest.headers })
  const secrets = [
    ...['secret-0', 'secret-1', 'secret note', 'pi-zero', 'Kitchen', 'cup-bright', 'bowl-dim', 'front'],
    ...['Otto', other.workerId, contest.params.suiteId, contest.policy.id, asked.task_id],
    ...contest.truth.keys(),
    ...rollouts.items.flatMap(({ id, digest }: { id: string; digest: string }) => [id, digest]),
  ]
  const told = (text: string) => secrets.filter((secret) => text.includes(secret))
  const ids = { leaseId: lease?.id ?? '', campaignId, submissionId: own.items[0]?.id ?? '' }
  const routes = Object.values(contract).flatMap((group) =>
    typeof group === 'object' && group !== null ? Object.values(group as object) : [],
  ) as Route[]
  let walked = 0
  for (const route of routes.filter((each) => each?.who === 'worker' && each.method === 'GET')) {
    const needed = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
    if (!needed.every((name) => name in ids)) continue
    const reply = await chiron.call(route, { headers: worker.headers, params: ids })
    expect(told(JSON.stringify(reply)), route.path).toEqual([])
    walked += reply.status === 200 ? 1 : 0
  }
  expect(walked).toBeGreaterThan(5)
})

test('EVA-20 a campaign says how many people rate each rollout, and its escrow holds their pay', async () => {
  const contest = await openContest(chiron, [0])
  const { headers } = contest
  const create = async (change: Partial<CampaignDraft>) => {
    const made = await ok(chiron, campaignRoutes.create, { headers, body: rateDraft(contest, change) })
    return ok(chiron, campaignRoutes.read, { headers, params: { campaignId: made.id } })
  }
  const uneven = await create({ flow: { ...contest.draft.flow, answers: { min: 2, max: 3, sureAt: 0.5 } } })
  expect(uneven.faults.map(({ code }: { code: string }) => code)).toEqual(['answers-unfit'])
  // Ten rollouts, two people each at 5, and a fifth more.
  expect((await create({ goldRatio: 0 })).escrow.neededMinor).toBe(120)
})
