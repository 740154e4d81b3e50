import * as contract from '@chiron/contract'
import {
  type CampaignDraft,
  campaignRoutes,
  driftRoutes,
  leaderboardRoutes,
  mediaPaths,
  qualityRoutes,
  type Route,
  reviewRoutes,
  rolloutRoutes,
  submissionRoutes,
} from '@chiron/contract'
import type { OutcomeConfig } from '@chiron/core/kinds'
import { expect, test } from 'vitest'
import { read, tidy } from '../../platform/tx.ts'
import { uploadOf } from '../../testing/arena.ts'
import { type Contest, openContest } from '../../testing/contest.ts'
import { claim, goodClip, ok, ownSubmission, submitBody, submitted } from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { createCampaign } from '../campaign/index.ts'
import { publishCampaign } from '../pay/index.ts'
import { judgeRollout } from './judge-rollout.ts'

const chiron = await testChiron({ poolSize: 6 })

const SUCCESS = 'outcome.success'
const FAILURE = 'outcome.failure'
const failed = (failure: string, momentMs: number) => ({
  choices: { outcome: FAILURE, failure },
  momentMs,
})

function outcomeDraft(contest: Contest, change: Partial<CampaignDraft> = {}): CampaignDraft {
  const { suiteId, suiteVersion, world, policyVersionIds, stream } = contest.config
  const config: OutcomeConfig = {
    ...{ suiteId, suiteVersion, world, policyVersionIds, stream },
    prompt: { en: 'How did it end?' },
    failurePrompt: { en: 'What went wrong first?' },
    outcomes: [
      { termId: SUCCESS, means: 'success' },
      { termId: FAILURE, means: 'failure' },
      { termId: 'outcome.unclear', means: 'unclear' },
    ],
    failureIds: ['failure.dropped', 'failure.collision'],
  }
  return {
    ...contest.draft,
    kind: 'outcome',
    title: { en: 'How did it end?' },
    config,
    quota: 10,
    flow: { ...contest.draft.flow, answers: { min: 2, max: 3, sureAt: 0.6 } },
    ...change,
  }
}

async function publish(contest: Contest, change: Partial<CampaignDraft> = {}): Promise<string> {
  const manager = contest.lab.as('manager')
  const { id } = await createCampaign(manager, outcomeDraft(contest, change))
  await publishCampaign(manager, id)
  return id
}

/** What the server knows of a lease's rollout, and its holder does not. */
const askedOf = ({ lab }: Contest, leaseId: string) =>
  read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('lease as l')
      .innerJoin('task_rollout as a', 'a.task_id', 'l.task_id')
      .selectAll('a')
      .where('l.id', '=', leaseId)
      .executeTakeFirstOrThrow(),
  )
const tasksOf = ({ lab }: Contest, campaignId: string) =>
  read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('task_rollout as a')
      .innerJoin('task as t', 't.id', 'a.task_id')
      .selectAll('a')
      .select('t.state')
      .where('a.campaign_id', '=', campaignId)
      .execute(),
  )
const boardOf = ({ headers, params }: Contest) => ok(chiron, leaderboardRoutes.read, { headers, params })
const itemOf = async (contest: Contest, versionId: string) =>
  (await boardOf(contest)).items.find(
    ({ policyVersionId }: { policyVersionId: string }) => policyVersionId === versionId,
  )
const rolloutOf = ({ headers }: Contest, rolloutId: string) =>
  ok(chiron, rolloutRoutes.read, { headers, params: { rolloutId } })

/** Each worker answers what is on offer by what it is about, until nothing is left for them. */
async function answerAll(
  contest: Contest,
  of: {
    campaignId: string
    workers: readonly TestWorker[]
    answerTo: (versionId: string) => Record<string, unknown>
  },
): Promise<void> {
  for (const worker of of.workers) {
    for (let turn = 0; turn < 20; turn += 1) {
      const lease = await claim(chiron, worker, of.campaignId)
      if (!lease) break
      const asked = await askedOf(contest, lease.id)
      await submitted(chiron, worker, { leaseId: lease.id, answer: of.answerTo(asked.policy_version_id) })
    }
    await chiron.drain()
  }
}

test('EVA-18 what people judge becomes the outcome of the rollout and moves every count, and says so', async () => {
  const contest = await openContest(chiron, [1, -1])
  const [good, bad] = [...contest.truth.keys()] as [string, string]
  // Both were told to be successes when they came in.
  expect(await itemOf(contest, bad)).toMatchObject({
    success: { value: 1, n: 2 },
    judgedCount: 0,
    failures: [],
  })
  const campaignId = await publish(contest)
  expect(await tasksOf(contest, campaignId)).toHaveLength(4)
  const workers = await Promise.all(Array.from({ length: 3 }, () => contest.lab.worker()))
  let moment = 400
  const answerTo = (versionId: string) => {
    moment += 100
    return versionId === good ? { choices: { outcome: SUCCESS } } : failed('failure.dropped', moment)
  }
  await answerAll(contest, { campaignId, workers, answerTo })
  expect((await tasksOf(contest, campaignId)).map(({ state }) => state)).toEqual(Array(4).fill('done'))
  expect(await itemOf(contest, good)).toMatchObject({
    success: { value: 1, n: 2 },
    judgedCount: 2,
    failures: [],
  })
  expect(await itemOf(contest, bad)).toMatchObject({
    success: { value: 0, n: 2 },
    judgedCount: 2,
    failures: [{ failureId: 'failure.dropped', rolloutCount: 2 }],
  })
  const one = (await tasksOf(contest, campaignId)).find((task) => task.policy_version_id === bad)!
  const rollout = await rolloutOf(contest, one.rollout_id)
  expect(rollout).toMatchObject({
    success: false,
    failureId: 'failure.dropped',
    isJudged: true,
    judged: {
      outcome: 'failure',
      failureId: 'failure.dropped',
      by: 'consensus',
      stream: 'front',
      told: { success: true, failureId: null },
    },
  })
  const moments = rollout.judged!.answers.map(({ momentMs }: { momentMs: number | null }) => momentMs ?? 0)
  expect(rollout.judged!.momentMs).toBeGreaterThanOrEqual(Math.min(...moments))
  expect(rollout.judged!.momentMs).toBeLessThanOrEqual(Math.max(...moments))
  const failures = await ok(chiron, rolloutRoutes.list, {
    headers: contest.headers,
    query: { outcome: 'failure', limit: 50 },
  })
  expect(failures.items).toHaveLength(2)
  // Told again, nothing moves; erased, it is in no count.
  const system = { ...contest.lab.as('owner'), actor: { kind: 'system', id: 'test' } } as never
  await judgeRollout(system, one.task_id)
  expect(await itemOf(contest, bad)).toMatchObject({ success: { n: 2 }, judgedCount: 2 })
  await ok(chiron, rolloutRoutes.erase, { headers: contest.headers, params: { rolloutId: one.rollout_id } })
  expect(await itemOf(contest, bad)).toMatchObject({
    success: { value: 0, n: 1 },
    judgedCount: 1,
    failures: [{ rolloutCount: 1 }],
  })
})

test('DFT-6 drift hears of an outcome when it is judged, where none was told, and once', async () => {
  const contest = await openContest(chiron, [0])
  const [policyVersionId] = [...contest.truth.keys()] as [string]
  const { headers, params } = contest
  for (const scenarioKey of ['cup-bright', 'bowl-dim']) {
    const of = { suiteId: params.suiteId, suiteVersion: 1, scenarioKey, policyVersionId, success: null }
    const uploadId = await uploadOf(contest.lab, goodClip())
    const streams = [{ name: 'front', kind: 'video' as const, uploadId }]
    await ok(chiron, rolloutRoutes.add, {
      headers,
      body: contest.rollout(`untold ${scenarioKey}`, { ...of, streams }),
    })
  }
  const heardOf = async () => {
    chiron.deps.clock.advance(20 * 60_000)
    await chiron.sweepAll()
    const { watches } = await ok(chiron, driftRoutes.read, { headers })
    const count = (series: string) =>
      watches.find((watch: { series: string }) => watch.series === series)?.gatheredCount
    return { scenarios: count('scenarios'), success: count('success') }
  }
  expect(await heardOf()).toEqual({ scenarios: 4, success: 2 })
  const campaignId = await publish(contest)
  const workers = await Promise.all(Array.from({ length: 3 }, () => contest.lab.worker()))
  const answerTo = () => failed('failure.dropped', 500)
  await answerAll(contest, { campaignId, workers, answerTo })
  expect(await itemOf(contest, policyVersionId)).toMatchObject({
    judgedCount: 4,
    success: { value: 0, n: 4 },
  })
  expect(await heardOf()).toEqual({ scenarios: 4, success: 4 })
  expect(await heardOf()).toEqual({ scenarios: 4, success: 4 })
})

test('EVA-18 of two last answers at once the verdict comes once and is counted once', async () => {
  const contest = await openContest(chiron, [0])
  const [version] = [...contest.truth.keys()] as [string]
  const campaignId = await publish(contest)
  const workers = await Promise.all(Array.from({ length: 2 }, () => contest.lab.worker()))
  for (let turn = 0; turn < 2; turn += 1) {
    const leases = await Promise.all(workers.map((worker) => claim(chiron, worker, campaignId)))
    const sent = workers.map((worker, at) =>
      submitted(chiron, worker, {
        leaseId: leases[at]?.id ?? '',
        answer: failed('failure.collision', 500),
      }),
    )
    await Promise.all(sent)
    await Promise.all([chiron.drain(), chiron.drain()])
  }
  await chiron.drain()
  const item = await itemOf(contest, version)
  expect(item).toMatchObject({ rolloutCount: 2, judgedCount: 2, success: { value: 0, n: 2 } })
  expect(item?.failures).toEqual([{ failureId: 'failure.collision', rolloutCount: 2 }])
  const records = await read(contest.lab.as('owner'), (tx) =>
    tx.selectFrom('record').select('id').where('action', '=', 'rollout.judge').execute(),
  )
  expect(records).toHaveLength(2)
})

test('EVA-18 what is unclear counts neither way, and a disputed clip goes to a member as blind as to the others', async () => {
  const contest = await openContest(chiron, [0])
  const [version] = [...contest.truth.keys()] as [string]
  const campaignId = await publish(contest, {
    quota: 1,
    flow: { ...contest.draft.flow, answers: { min: 2, max: 2, sureAt: 0.95 } },
  })
  const workers = await Promise.all(Array.from({ length: 2 }, () => contest.lab.worker()))
  const answers = [{ choices: { outcome: SUCCESS } }, failed('failure.dropped', 700)]
  for (const [at, worker] of workers.entries()) {
    const lease = await claim(chiron, worker, campaignId)
    await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer: answers[at]! })
  }
  await chiron.drain()
  const headers = contest.lab.headers('reviewer')
  const queue = await ok(chiron, reviewRoutes.list, { headers, query: {} })
  const reviewId = queue.items.find((item: { campaignId: string }) => item.campaignId === campaignId)!.id
  const review = await ok(chiron, reviewRoutes.read, { headers, params: { reviewId } })
  expect(review.clip?.answers).toHaveLength(2)
  expect(review.labelChoices.map(({ id }: { id: string }) => id)).toContain('outcome.unclear')
  expect(JSON.stringify(review)).not.toMatch(/secret|pi-zero/)
  const video = await chiron.http.inject({ url: review.clip?.videoUrl ?? '', headers })
  expect(video.statusCode).toBe(200)
  await ok(chiron, reviewRoutes.decide, {
    headers,
    params: { reviewId },
    body: { decision: 'accept', label: 'outcome.unclear' },
  })
  await chiron.drain()
  expect(await itemOf(contest, version)).toMatchObject({ rolloutCount: 2, judgedCount: 1, success: { n: 1 } })
  const [task] = await tasksOf(contest, campaignId)
  expect(await rolloutOf(contest, task?.rollout_id ?? '')).toMatchObject({
    success: null,
    judged: { outcome: 'unclear', by: 'member', told: { success: true } },
  })
})

test('EVA-18 nothing that a worker is answered tells whose rollout it is, or what others said', async () => {
  const contest = await openContest(chiron, [1, -1])
  const campaignId = await publish(contest)
  const [worker, other] = [await contest.lab.worker('Rania Rater'), await contest.lab.worker('Otto Other')]
  for (const each of [other, worker]) {
    const lease = await claim(chiron, each, campaignId)
    await submitted(chiron, each, { leaseId: lease?.id ?? '', answer: failed('failure.dropped', 321) })
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
  const { headers } = worker
  const ids = { leaseId: lease?.id ?? '', campaignId, submissionId: own.items[0]?.id ?? '' }
  const routes = Object.values(contract).flatMap((group) =>
    typeof group === 'object' && group !== null ? Object.values(group as object) : [],
  ) as Route[]
  let walked = 0
  for (const route of routes.filter((each) => each?.who === 'worker' && each.method === 'GET')) {
    const needed = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
    if (!needed.every((name) => name in ids)) continue
    const reply = await chiron.call(route, { headers, params: ids })
    expect(told(JSON.stringify(reply)), route.path).toEqual([])
    walked += reply.status === 200 ? 1 : 0
  }
  expect(walked).toBeGreaterThan(5)
  expect(lease?.subject).toMatchObject({ kind: 'rollout', durationMs: expect.any(Number) })
  const clip = await chiron.http.inject({ url: mediaPaths.leaseClip(ids.leaseId, 'only'), headers })
  expect(clip.statusCode).toBe(200)
  expect(told(JSON.stringify(clip.headers))).toEqual([])
  const pairSide = await chiron.http.inject({ url: mediaPaths.leaseClip(ids.leaseId, 'left'), headers })
  expect(pairSide.statusCode).toBe(404)
  const body = { ...submitBody({ leaseId: ids.leaseId, answer: failed('failure.dropped', 99) }), next: true }
  const sent = await chiron.call(submissionRoutes.submit, { headers, body })
  expect(told(JSON.stringify(sent))).toEqual([])
})

test('EVA-19 rollouts that come later are asked about, each once, up to the quota; erased ones no more', async () => {
  const contest = await openContest(chiron, [0])
  const [version] = [...contest.truth.keys()] as [string]
  const campaignId = await publish(contest, { quota: 3 })
  expect(await tasksOf(contest, campaignId)).toHaveLength(2)
  const more = ['one', 'two'].map((name) =>
    contest.rollout(name, {
      policyVersionId: version,
      suiteId: contest.params.suiteId,
      suiteVersion: 1,
      scenarioKey: 'cup-bright',
      streams: [],
    }),
  )
  // Without a picture there is nothing to judge.
  await ok(chiron, rolloutRoutes.add, { headers: contest.headers, body: more[0]! })
  await chiron.drain()
  expect(await tasksOf(contest, campaignId)).toHaveLength(2)
  for (const name of ['three', 'four']) {
    const uploadId = await uploadOf(contest.lab, goodClip())
    const streams = [{ name: 'front', kind: 'video' as const, uploadId }]
    const body = { ...more[1]!, digest: contest.rollout(name).digest, streams }
    await ok(chiron, rolloutRoutes.add, { headers: contest.headers, body })
  }
  await chiron.drain()
  const tasks = await tasksOf(contest, campaignId)
  expect(tasks).toHaveLength(3)
  expect(new Set(tasks.map((task) => task.rollout_id)).size).toBe(3)
  const worker = await contest.lab.worker()
  const held = await claim(chiron, worker, campaignId)
  const { rollout_id: rolloutId } = await askedOf(contest, held?.id ?? '')
  await ok(chiron, rolloutRoutes.erase, { headers: contest.headers, params: { rolloutId } })
  await chiron.drain()
  const states = new Map((await tasksOf(contest, campaignId)).map((task) => [task.rollout_id, task.state]))
  expect(states.get(rolloutId)).toBe('stopped')
  // What is in hand is still paid.
  const sent = await submitted(chiron, worker, {
    leaseId: held?.id ?? '',
    answer: { choices: { outcome: SUCCESS } },
  })
  await chiron.drain()
  expect((await ownSubmission(chiron, worker, sent.id)).state).toBe('accepted')
})

test('EVA-18 what cannot be judged is told before anybody is asked', async () => {
  const contest = await openContest(chiron, [0])
  const faultsOf = async (config: Partial<OutcomeConfig>) => {
    const draft = outcomeDraft(contest)
    const body = { ...draft, config: { ...draft.config, ...config } }
    const { id: campaignId } = await ok(chiron, campaignRoutes.create, { headers: contest.headers, body })
    const { faults } = await ok(chiron, campaignRoutes.read, {
      headers: contest.headers,
      params: { campaignId },
    })
    return faults.map(({ code }: { code: string }) => code)
  }
  expect(await faultsOf({})).toEqual([])
  expect(await faultsOf({ suiteVersion: 2 })).toEqual(['suite-not-frozen'])
  expect(await faultsOf({ policyVersionIds: [] })).toEqual(['versions-missing'])
  expect(await faultsOf({ stream: 'wrist' })).toEqual(['nothing-to-judge'])
  expect(await faultsOf({ failureIds: ['failure.spilled'] })).toEqual(['reason-not-of-suite'])
  expect(await faultsOf({ outcomes: [{ termId: SUCCESS, means: 'success' }] })).toEqual(['outcome-missing'])
})

test('TSK-10 EVA-18 a settled rollout serves as gold, looks like any other, and is judged no second time', async () => {
  const contest = await openContest(chiron, [0, 0])
  const campaignId = await publish(contest, { goldRatio: 0.3 })
  const first = await tasksOf(contest, campaignId)
  const gold = first[0]!
  const workers = await Promise.all(Array.from({ length: 2 }, () => contest.lab.worker()))
  await ok(chiron, qualityRoutes.stateAnswer, {
    headers: contest.lab.headers('manager'),
    params: { campaignId, taskId: gold.task_id },
    body: { label: FAILURE },
  })
  await chiron.drain()
  await tidy(contest.lab.as('owner'), (tx) =>
    tx.updateTable('campaign').set({ gold_ratio: 1 }).where('id', '=', campaignId).execute(),
  )
  const before = await rolloutOf(contest, gold.rollout_id)
  expect(before.judged).toMatchObject({ outcome: 'failure', by: 'member' })
  const [golden, plain] = [
    await claim(chiron, workers[0]!, campaignId),
    await claim(chiron, workers[0]!, campaignId),
  ]
  expect((await askedOf(contest, golden?.id ?? '')).task_id).toBe(gold.task_id)
  expect((await askedOf(contest, plain?.id ?? '')).task_id).not.toBe(gold.task_id)
  const looks = (lease: typeof golden) => {
    const { id, taskId, leasedUntil, subject, ...rest } = lease!
    const { videoUrl, instruction: _, ...clip } = subject as { videoUrl: string; instruction: object }
    return { ...rest, named: taskId === id, url: videoUrl === mediaPaths.leaseClip(id, 'only'), clip }
  }
  expect(looks(golden)).toEqual(looks(plain))
  await submitted(chiron, workers[0]!, {
    leaseId: golden?.id ?? '',
    answer: { choices: { outcome: SUCCESS } },
  })
  await chiron.drain()
  expect((await rolloutOf(contest, gold.rollout_id)).success).toBe(false)
})
