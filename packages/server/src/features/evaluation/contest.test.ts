import * as contract from '@chiron/contract'
import {
  type Lease,
  leaderboardRoutes,
  mediaPaths,
  type Route,
  rolloutRoutes,
  submissionRoutes,
} from '@chiron/contract'
import { seededRandom } from '@chiron/core/kit'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import { uploadOf } from '../../testing/arena.ts'
import { type Contest, openContest, pairOf, vote, winnerBy } from '../../testing/contest.ts'
import { claim, goodClip, ok, ownSubmission, submitBody, submitted } from '../../testing/loop.ts'
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

/** Gives every answer that a worker can get to `look`, as it is sent. */
async function walkAsWorker(
  { headers, ids }: { headers: Record<string, string>; ids: Record<string, string> },
  look: (text: string, where: string) => void,
) {
  let walked = 0
  const routes = Object.values(contract).flatMap((group) =>
    typeof group === 'object' && group !== null ? Object.values(group as object) : [],
  ) as Route[]
  for (const route of routes.filter((each) => each?.who === 'worker' && each.method === 'GET')) {
    const needed = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name as string)
    if (!needed.every((name) => name in ids)) continue
    const reply = await chiron.call(route, { headers, params: ids })
    look(JSON.stringify(reply), route.path)
    walked += reply.status === 200 ? 1 : 0
  }
  expect(walked).toBeGreaterThan(5)
}

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
  // By how much one film begins later than the other is told, not where either begins.
  const { subject } = lease as Lease
  expect(subject.kind === 'pair' && [subject.left.startMs, subject.right.startMs].sort()).toEqual([0, 250])
  const ids = { leaseId: lease?.id ?? '', campaignId, submissionId: own.items[0]?.id ?? '' }
  await walkAsWorker({ headers, ids }, (text, where) => expect(told(text), where).toEqual([]))
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

test('EVA-15 TSK-8 whoever holds a pair sees its clips and may vote, however many work at once; once answered it says so', async () => {
  const contest = await openContest(chiron, [-0.5, 0.5, 0])
  const campaignId = await publish(contest, { quota: 60 })
  const workers = await Promise.all(Array.from({ length: 3 }, () => contest.lab.worker()))
  const statuses: number[] = []
  const spent: { url: string; headers: Record<string, string> }[] = []
  let isOver = false
  const work = async (worker: (typeof workers)[number], at: number) => {
    const dice = seededRandom(`at once ${at}`)
    const { headers } = worker
    for (let lease = await claim(chiron, worker, campaignId); lease; ) {
      const [left, right] = ['left', 'right'].map((side) => mediaPaths.leaseClip(lease?.id ?? '', side))
      for (const url of [left, right] as string[])
        statuses.push((await chiron.http.inject({ url, headers })).statusCode)
      const pair = await pairOf(contest.loop, lease.id)
      const lead = contest.truth.get(pair.left_version_id)! - contest.truth.get(pair.right_version_id)!
      const answer = { winner: winnerBy(dice, lead), why: [] }
      const body = { ...submitBody({ leaseId: lease.id, answer }), next: true }
      const sent = await chiron.call(submissionRoutes.submit, { headers, body })
      statuses.push(sent.status)
      spent.push({ url: left as string, headers })
      lease = sent.body.next
      // All on offer are in hand: the next ones are opened as the votes are heard.
      for (let tries = 0; !lease && tries < 5; tries++) {
        await chiron.drain()
        lease = await claim(chiron, worker, campaignId)
      }
    }
  }
  const settling = (async () => {
    while (!isOver) await chiron.drain()
  })()
  await Promise.all(workers.map(work))
  isOver = true
  await settling
  expect(spent.length).toBeGreaterThan(MAX_OPEN_PAIRS)
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(votesIn(await talliesOf(contest))).toBe(spent.length)
  const [first] = spent
  const again = await chiron.http.inject(first!)
  expect(again.statusCode).toBe(409)
  expect(again.json()).toMatchObject({
    code: 'lease-elsewhere',
    message: expect.stringContaining('answered'),
  })
}, 240_000)

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

test('EVA-16 what is settled is taken back from offer, what is in hand is paid, and only doubtful pairs are bought from then on', async () => {
  const contest = await openContest(chiron, [1, 1, -9])
  const campaignId = await publish(contest)
  const worst = [...contest.truth.keys()][2]
  const isOfWorst = (pair: { left_version_id: string; right_version_id: string }) =>
    [pair.left_version_id, pair.right_version_id].includes(worst ?? '')
  const [holder, worker] = [await contest.lab.worker(), await contest.lab.worker()]
  const dice = seededRandom('doubtful')
  const held: Lease[] = []
  while (held.length === 0 || !isOfWorst(await pairOf(contest.loop, held.at(-1)?.id ?? ''))) {
    const lease = await claim(chiron, holder, campaignId)
    if (lease) held.push(lease)
  }
  let open: Awaited<ReturnType<typeof pairsOf>> = []
  for (let turn = 0; turn < 60; turn++) {
    await vote(chiron, { contest, worker, campaignId, dice })
    await chiron.drain()
    open = (await pairsOf(contest, campaignId)).filter(({ state }) => state === 'open')
    if (open.filter(isOfWorst).length <= held.length) break
  }
  const inHand = await Promise.all(held.map(({ id }) => pairOf(contest.loop, id)))
  const offered = open.filter(({ task_id }) => !inHand.some((pair) => pair.task_id === task_id))
  expect(offered.filter(isOfWorst)).toEqual([])
  expect(offered.length).toBeGreaterThan(MAX_OPEN_PAIRS / 2)
  expect(
    (await pairsOf(contest, campaignId)).filter(({ state }) => state === 'stopped').length,
  ).toBeGreaterThan(0)
  const [last] = held.slice(-1)
  const sent = await submitted(chiron, holder, {
    leaseId: last?.id ?? '',
    answer: { winner: 'tie', why: [] },
  })
  await chiron.drain()
  expect((await ownSubmission(chiron, holder, sent.id)).state).toBe('accepted')
  const progress = await read(contest.lab.as('owner'), (tx) =>
    tx.selectFrom('comparing').selectAll().where('campaign_id', '=', campaignId).executeTakeFirstOrThrow(),
  )
  // What was taken back is not counted against the quota.
  const bought = (await pairsOf(contest, campaignId)).filter(({ state }) => state !== 'stopped')
  expect(progress.opened_count).toBe(bought.length)
}, 240_000)

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
      const winner = turn === 0 ? 'both-bad' : winnerBy(dice, worker === hostile ? -lead : lead)
      const progress = worker === hostile ? { left: 0, right: 0 } : { left: 80, right: 80 }
      await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer: { winner, why: [], progress } })
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
  expect(all).toMatchObject({ voteCount: 72, excludedRaterCount: 0, bothBadCount: 4 })
  expect(trusted).toMatchObject({ voteCount: 54, excludedRaterCount: 1, bothBadCount: 3 })
  // How far robots came is told by the same people as who is better.
  for (const item of all.items) expect(item.progressMean === null || item.progressMean < 75).toBe(true)
  for (const item of trusted.items.filter(({ voteCount }: { voteCount: number }) => voteCount > 0))
    expect([item.progressMean, item.progressCount]).toEqual([80, item.voteCount])
  const best = [...contest.truth].sort((a, b) => b[1] - a[1])[0]?.[0]
  for (const board of [all, trusted]) expect(board.items[0]?.policyVersionId).toBe(best)
  expect(trusted.items[0]?.strength).toBeGreaterThan(all.items[0]?.strength ?? 0)
  const query = { raters: 'trusted', factor: 'light', factorLevel: 'dim' }
  expect((await chiron.call(leaderboardRoutes.read, { headers, params, query })).body.code).toBe('bad-input')
}, 240_000)

/** The same versions in simulation, one run a scenario. */
async function runInSim(contest: Contest) {
  const { headers, params, rollout } = contest
  for (const policyVersionId of contest.truth.keys()) {
    for (const scenarioKey of ['cup-bright', 'bowl-dim']) {
      const uploadId = await uploadOf(contest.lab, goodClip())
      const streams = [{ name: 'front', kind: 'video' as const, uploadId }]
      const of = { suiteId: params.suiteId, suiteVersion: 1, scenarioKey, policyVersionId }
      const body = rollout(`sim ${policyVersionId} ${scenarioKey}`, { ...of, streams, world: 'sim' })
      await ok(chiron, rolloutRoutes.add, { headers, body })
    }
  }
}

async function worldsOfPairs(contest: Contest, campaignId: string) {
  const { items } = await ok(chiron, rolloutRoutes.list, { headers: contest.headers, query: { limit: 100 } })
  const worldOf = new Map(items.map(({ id, world }: { id: string; world: string }) => [id, world]))
  return (await pairsOf(contest, campaignId)).map((pair) => ({
    kept: pair.world,
    sides: `${worldOf.get(pair.left_rollout_id)} ${worldOf.get(pair.right_rollout_id)}`,
  }))
}

test('EVA-41 of both worlds like stands with like, unless the campaign mixes them; then each side is thrown for', async () => {
  const contest = await openContest(chiron, [0, 0])
  await runInSim(contest)
  const both = { ...contest.config, world: 'both' as const, until: 'never' as const }
  const alike = await worldsOfPairs(contest, await publish(contest, { config: both }))
  expect(new Set(alike.map(({ kept, sides }) => `${kept}: ${sides}`))).toEqual(
    new Set(['real: real real', 'sim: sim sim']),
  )
  const mixing = { ...both, mixesWorlds: true }
  const mixed = await worldsOfPairs(contest, await publish(contest, { config: mixing }))
  for (const { kept, sides } of mixed) {
    const [left, right] = sides.split(' ')
    expect(kept).toBe(left === right ? left : 'mixed')
  }
  // Of 24 pairs, all alike or all mixed would be one in eight million.
  expect(new Set(mixed.map(({ kept }) => kept === 'mixed'))).toEqual(new Set([true, false]))
  const one = await worldsOfPairs(contest, await publish(contest))
  expect(new Set(one.map(({ sides }) => sides))).toEqual(new Set(['real real']))
})

test('EVA-41 no answer to a worker tells a world, and a leaderboard is read for one world or for both', async () => {
  const contest = await openContest(chiron, [0, 0])
  await runInSim(contest)
  const config = { ...contest.config, world: 'both' as const, mixesWorlds: true, until: 'never' as const }
  const campaignId = await publish(contest, { config })
  const worker = await contest.lab.worker()
  const { headers } = worker
  const tellsWorld = (text: string) => text.match(/"(world|worlds|mixesWorlds|real|sim|mixed|both)"/g) ?? []
  const counts = { real: 0, sim: 0, mixed: 0 }
  for (let turn = 0; turn < 16; turn++) {
    const lease = await claim(chiron, worker, campaignId)
    expect(tellsWorld(JSON.stringify(lease))).toEqual([])
    const { world } = await pairOf(contest.loop, lease?.id ?? '')
    counts[world as keyof typeof counts] += 1
    const answer = { winner: 'tie', why: [] }
    const sent = await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer })
    expect(tellsWorld(JSON.stringify(sent))).toEqual([])
    await chiron.drain()
  }
  expect(counts.mixed).toBeGreaterThan(0)
  const own = await ok(chiron, submissionRoutes.listOwn, { headers })
  const lease = await claim(chiron, worker, campaignId)
  const ids = { leaseId: lease?.id ?? '', campaignId, submissionId: own.items[0]?.id ?? '' }
  await walkAsWorker({ headers, ids }, (text, where) => expect(tellsWorld(text), where).toEqual([]))
  for (const side of ['left', 'right']) {
    const clip = await chiron.http.inject({ url: mediaPaths.leaseClip(ids.leaseId, side), headers })
    expect(JSON.stringify(clip.headers)).not.toMatch(/\b(sim|real)\b/)
  }
  const { headers: member, params } = contest
  const votesOf = async (world: 'real' | 'sim' | 'both') => {
    const board = await ok(chiron, leaderboardRoutes.read, { headers: member, params, query: { world } })
    const raters = await ok(chiron, leaderboardRoutes.raters, { headers: member, params, query: { world } })
    const byRaters = raters.items.reduce(
      (sum: number, each: { voteCount: number }) => sum + each.voteCount,
      0,
    )
    expect(byRaters).toBe(board.voteCount)
    return { votes: board.voteCount, rollouts: board.items[0]?.rolloutCount }
  }
  expect(await votesOf('real')).toMatchObject({ votes: counts.real, rollouts: 2 })
  expect(await votesOf('sim')).toMatchObject({ votes: counts.sim, rollouts: 2 })
  expect(await votesOf('both')).toEqual({ votes: 16, rollouts: 4 })
}, 120_000)
