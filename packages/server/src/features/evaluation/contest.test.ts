import * as contract from '@chiron/contract'
import { leaderboardRoutes, mediaPaths, type Route, rolloutRoutes, submissionRoutes } from '@chiron/contract'
import { seededRandom } from '@chiron/core/kit'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import { type Contest, openContest, pairOf, vote, winnerBy } from '../../testing/contest.ts'
import { claim, ok, ownSubmission, submitBody, submitted } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { createCampaign } from '../campaign/index.ts'
import { publishCampaign } from '../pay/index.ts'
import { MAX_OPEN_PAIRS } from './open-pairs.ts'

const chiron = await testChiron({ poolSize: 6 })

async function publish(contest: Contest, change: object = {}) {
  const manager = contest.lab.as('manager')
  const { id } = await createCampaign(manager, { ...contest.draft, ...change })
  await publishCampaign(manager, id)
  return id
}
const pairsOf = ({ lab }: Contest, campaignId: string) =>
  read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('task_pair as p')
      .innerJoin('task as t', 't.id', 'p.task_id')
      .selectAll('p')
      .select('t.state')
      .where('p.campaign_id', '=', campaignId)
      .execute(),
  )
const talliesOf = ({ lab }: Contest) =>
  read(lab.as('owner'), (tx) => tx.selectFrom('comparison_tally').selectAll().execute())
const votesIn = (rows: Awaited<ReturnType<typeof talliesOf>>) =>
  rows.reduce((sum, row) => sum + row.left_wins + row.ties + row.right_wins + row.both_bad, 0)

test('EVA-14 EVA-15 EVA-16 scripted raters: the true order is found, and then no more votes are bought', async () => {
  const contest = await openContest(chiron, [-2.4, 2.4, 0])
  const campaignId = await publish(contest)
  expect(await pairsOf(contest, campaignId)).toHaveLength(MAX_OPEN_PAIRS)
  const workers = await Promise.all(Array.from({ length: 4 }, () => contest.lab.worker()))
  const dice = seededRandom('raters')
  let voteCount = 0
  for (; voteCount < contest.draft.quota; voteCount++) {
    const worker = workers[voteCount % workers.length]!
    if ((await vote(chiron, { contest, worker, campaignId, dice })) === null) break
    await chiron.drain()
  }
  const { headers, params } = contest
  const board = await ok(chiron, leaderboardRoutes.read, { headers, params })
  const best = [...contest.truth].sort((a, b) => b[1] - a[1]).map(([id]) => id)
  const ranked = board.items.filter((item: { policyVersionId: string }) =>
    contest.truth.has(item.policyVersionId),
  )
  expect(ranked.map((item: { policyVersionId: string }) => item.policyVersionId)).toEqual(best)
  expect(board.voteCount).toBe(voteCount)
  expect(voteCount).toBeLessThan(contest.draft.quota)
  expect(ranked[0]).toMatchObject({ progressCount: ranked[0]?.voteCount })
  expect(board.hostile.length).toBeGreaterThan(0)
  const pairs = await pairsOf(contest, campaignId)
  for (const { left_version_id: left, right_version_id: right } of pairs) expect(left).not.toBe(right)
  // Whoever is the best stood on both sides.
  expect(pairs.some((pair) => pair.left_version_id === best[0])).toBe(true)
  expect(pairs.some((pair) => pair.right_version_id === best[0])).toBe(true)
  expect(pairs.filter(({ state }) => state === 'open')).toEqual([])
  expect(pairs.filter(({ state }) => state === 'done')).toHaveLength(voteCount)
  // Every vote was paid, also those that saw it another way.
  const own = await ok(chiron, submissionRoutes.listOwn, { headers: workers[0]!.headers })
  expect(new Set(own.items.map(({ state }: { state: string }) => state))).toEqual(new Set(['accepted']))
}, 240_000)

test('EVA-15 a vote is counted with its answer, once however often it is sent, and before any job runs', async () => {
  const contest = await openContest(chiron, [0, 0])
  const campaignId = await publish(contest)
  const worker = await contest.lab.worker()
  const lease = await claim(chiron, worker, campaignId)
  const pair = await pairOf(contest.loop, lease?.id ?? '')
  const answer = { winner: 'both-bad', why: ['failure.dropped'], progress: { left: 10, right: 30 } }
  const body = submitBody({ leaseId: lease?.id ?? '', answer })
  for (let time = 0; time < 3; time++)
    await ok(chiron, submissionRoutes.submit, { headers: worker.headers, body })
  expect(await talliesOf(contest)).toMatchObject([
    {
      scenario_key: pair.scenario_key,
      left_version_id: pair.left_version_id,
      right_version_id: pair.right_version_id,
      both_bad: 1,
      left_wins: 0,
      ties: 0,
      left_progress: 10,
      right_progress: 30,
      progress_count: 1,
    },
  ])
  const board = await ok(chiron, leaderboardRoutes.read, { headers: contest.headers, params: contest.params })
  expect(board).toMatchObject({ voteCount: 1, bothBadCount: 1, tieRatio: 1 })
  const other = { ...body, id: '01938f00-0000-7000-8000-00000000abcd' }
  const refused = await chiron.call(submissionRoutes.submit, { headers: worker.headers, body: other })
  expect(refused.body.code).toBe('lease-elsewhere')
  expect(votesIn(await talliesOf(contest))).toBe(1)
  await chiron.drain()
  expect((await ownSubmission(chiron, worker, body.id)).state).toBe('accepted')
})

test('EVA-14 nothing that a worker is answered tells whose rollouts they are, or who else judged', async () => {
  const contest = await openContest(chiron, [1, -1])
  const campaignId = await publish(contest)
  const [worker, other] = [await contest.lab.worker('Rania Rater'), await contest.lab.worker('Otto Other')]
  const dice = seededRandom('blind')
  await vote(chiron, { contest, worker: other, campaignId, dice })
  await vote(chiron, { contest, worker, campaignId, dice })
  await chiron.drain()
  const own = await ok(chiron, submissionRoutes.listOwn, { headers: worker.headers })
  const lease = await claim(chiron, worker, campaignId)
  const pair = await pairOf(contest.loop, lease?.id ?? '')
  const rollouts = await ok(chiron, rolloutRoutes.list, { headers: contest.headers })
  const secrets = [
    ...['secret-0', 'secret-1', 'secret note', 'pi-zero', 'Kitchen', 'cup-bright', 'bowl-dim', 'front'],
    ...[
      'Otto',
      other.workerId,
      contest.params.suiteId,
      contest.policy.id,
      pair.task_id,
      ...contest.truth.keys(),
    ],
    ...rollouts.items.flatMap(({ id, digest }: { id: string; digest: string }) => [id, digest]),
  ]
  const told = (text: string) => secrets.filter((secret) => text.includes(secret))
  const { headers } = worker
  const ids = { leaseId: lease?.id ?? '', campaignId, submissionId: own.items[0]?.id ?? '' }
  let walked = 0
  const routes = Object.values(contract).flatMap((group) =>
    typeof group === 'object' && group !== null ? Object.values(group as object) : [],
  ) as Route[]
  for (const route of routes.filter((each) => each?.who === 'worker' && each.method === 'GET')) {
    const needed = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
    if (!needed.every((name) => name in ids)) continue
    const reply = await chiron.call(route, { headers, params: ids })
    expect(told(JSON.stringify(reply)), route.path).toEqual([])
    walked += reply.status === 200 ? 1 : 0
  }
  expect(walked).toBeGreaterThan(5)
  const answer = { winner: 'left', why: ['failure.dropped'] }
  const body = { ...submitBody({ leaseId: ids.leaseId, answer }), next: true }
  for (const side of ['left', 'right']) {
    const clip = await chiron.http.inject({ url: mediaPaths.leaseClip(ids.leaseId, side), headers })
    expect(clip.statusCode).toBe(200)
    expect(told(JSON.stringify(clip.headers))).toEqual([])
    expect(clip.rawPayload.length).toBeGreaterThan(1000)
  }
  const sent = await chiron.call(submissionRoutes.submit, { headers, body })
  expect(sent.body.next?.subject.kind).toBe('pair')
  expect(told(JSON.stringify(sent))).toEqual([])
  // Once it is answered, and for anybody else, the clips are gone.
  const url = mediaPaths.leaseClip(ids.leaseId, 'left')
  expect((await chiron.http.inject({ url, headers })).statusCode).toBeGreaterThanOrEqual(400)
  const others = mediaPaths.leaseClip(sent.body.next?.id ?? '', 'left')
  expect((await chiron.http.inject({ url: others, headers: other.headers })).statusCode).toBe(404)
  expect((await chiron.http.inject({ url: others, headers: contest.headers })).statusCode).toBe(401)
  const wrong = mediaPaths.leaseClip(sent.body.next?.id ?? '', 'middle')
  expect((await chiron.http.inject({ url: wrong, headers })).statusCode).toBe(404)
})

test('EVA-14 what cannot be compared is told before anybody is asked', async () => {
  const contest = await openContest(chiron, [0, 0])
  const faultsOf = async (config: object, more: object = {}) => {
    const refusal = await publish(contest, { config: { ...contest.config, ...config }, ...more }).catch(
      (caught: { facts?: { faults: { code: string }[] } }) => caught.facts?.faults.map(({ code }) => code),
    )
    return refusal
  }
  const lonely = [...contest.truth.keys(), contest.version.id]
  expect(await faultsOf({ suiteVersion: 2 })).toEqual(['suite-not-frozen'])
  expect(await faultsOf({ policyVersionIds: [contest.version.id] })).toEqual(['versions-missing'])
  expect(
    await faultsOf({ policyVersionIds: [contest.lab.memberId('owner'), ...contest.truth.keys()] }),
  ).toEqual(['version-unknown'])
  expect(await faultsOf({ policyVersionIds: lonely })).toEqual(['nothing-to-compare'])
  expect(await faultsOf({ stream: 'wrist' })).toEqual(['nothing-to-compare'])
  const twice = { ...contest.draft.flow, answers: { min: 2, max: 3, sureAt: 0.8 } }
  expect(await faultsOf({}, { flow: twice })).toEqual(['answers-unfit'])
})

test('EVA-16 an erased rollout is asked about no more, and no more pairs are opened than are paid for', async () => {
  const contest = await openContest(chiron, [0, 0])
  const campaignId = await publish(contest, { quota: 3 })
  const pairs = await pairsOf(contest, campaignId)
  expect(pairs).toHaveLength(3)
  const worker = await contest.lab.worker()
  const held = await claim(chiron, worker, campaignId)
  const { left_rollout_id: rolloutId } = await pairOf(contest.loop, held?.id ?? '')
  await ok(chiron, rolloutRoutes.erase, { headers: contest.headers, params: { rolloutId } })
  const clip = mediaPaths.leaseClip(held?.id ?? '', 'left')
  expect((await chiron.http.inject({ url: clip, headers: worker.headers })).statusCode).toBe(404)
  for (const pair of await pairsOf(contest, campaignId)) {
    const isGone = pair.left_rollout_id === rolloutId || pair.right_rollout_id === rolloutId
    expect(pair.state).toBe(isGone ? 'stopped' : 'open')
  }
  // What is in hand is still paid.
  const answer = { winner: 'right', why: [] }
  const sent = await submitted(chiron, worker, { leaseId: held?.id ?? '', answer })
  await chiron.drain()
  expect((await ownSubmission(chiron, worker, sent.id)).state).toBe('accepted')
  expect(await pairsOf(contest, campaignId)).toHaveLength(3)
})

test('EVA-16 where pairs on offer were with an erased rollout, others come in their place', async () => {
  const contest = await openContest(chiron, [0, 0])
  const campaignId = await publish(contest)
  const pairs = await pairsOf(contest, campaignId)
  const { left_rollout_id: rolloutId } = pairs.find((pair) => pair.scenario_key === 'cup-bright')!
  await ok(chiron, rolloutRoutes.erase, { headers: contest.headers, params: { rolloutId } })
  await chiron.drain()
  const open = (await pairsOf(contest, campaignId)).filter(({ state }) => state === 'open')
  expect(open.length).toBeGreaterThan(MAX_OPEN_PAIRS / 2)
  expect(new Set(open.map((pair) => pair.scenario_key))).toEqual(new Set(['bowl-dim']))
})

test('EVA-17 who votes against the others is named by pseudonym, and can be left out', async () => {
  const contest = await openContest(chiron, [3, 0, -3])
  const campaignId = await publish(contest, { config: { ...contest.config, until: 'never' } })
  const honest = await Promise.all(Array.from({ length: 3 }, () => contest.lab.worker()))
  const hostile = await contest.lab.worker('Harry Hostile')
  const dice = seededRandom('hostile')
  for (let turn = 0; turn < 18; turn++) {
    for (const worker of [...honest, hostile]) {
      const lease = await claim(chiron, worker, campaignId)
      const pair = await pairOf(contest.loop, lease?.id ?? '')
      const lead = contest.truth.get(pair.left_version_id)! - contest.truth.get(pair.right_version_id)!
      const winner = winnerBy(dice, worker === hostile ? -lead : lead)
      await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer: { winner, why: [] } })
    }
    await chiron.drain()
  }
  const { headers, params } = contest
  const raters = await ok(chiron, leaderboardRoutes.raters, { headers, params })
  expect(raters.items.map(({ voteCount }: { voteCount: number }) => voteCount)).toEqual([18, 18, 18, 18])
  const named = raters.items.filter(({ isAgainst }: { isAgainst: boolean }) => isAgainst)
  expect(named).toMatchObject([{ workerId: hostile.workerId, pseudonym: expect.stringMatching(/\S/) }])
  expect(JSON.stringify(raters)).not.toContain('Harry')
  const all = await ok(chiron, leaderboardRoutes.read, { headers, params })
  const trusted = await ok(chiron, leaderboardRoutes.read, { headers, params, query: { raters: 'trusted' } })
  expect(all).toMatchObject({ voteCount: 72, excludedRaterCount: 0 })
  expect(trusted).toMatchObject({ voteCount: 54, excludedRaterCount: 1 })
  const best = [...contest.truth].sort((a, b) => b[1] - a[1])[0]?.[0]
  for (const board of [all, trusted]) expect(board.items[0]?.policyVersionId).toBe(best)
  expect(trusted.items[0]?.strength).toBeGreaterThan(all.items[0]?.strength ?? 0)
  const query = { raters: 'trusted', factor: 'light', factorLevel: 'dim' }
  expect((await chiron.call(leaderboardRoutes.read, { headers, params, query })).body.code).toBe('bad-input')
}, 240_000)
