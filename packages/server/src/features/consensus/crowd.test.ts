import { fitCrowd, readTask } from '@chiron/core/crowd'
import { seededRandom } from '@chiron/core/kit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '../../platform/clock.ts'
import { systemCtx } from '../../platform/context.ts'
import { read, tidy } from '../../platform/tx.ts'
import { openLoop } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { reachConsensus } from './reach-consensus.ts'
import { eventsOf, type Foundation, readVerdict } from './store.ts'

const chiron = await testChiron()
const loop = await openLoop(chiron)
const { lab } = loop
const owner = lab.as('owner')
const system = systemCtx(chiron.deps, 'test', lab.workspaceId)
const LABELS = ['outcome.success', 'outcome.failure', 'outcome.unclear']
const crowd = await Promise.all(Array.from({ length: 12 }, () => lab.worker()))
const dice = seededRandom('crowd')
const { questions } = loop.drafts

interface Spoken {
  taskId: string
  workerId: string
  label: string
}

/** Tasks with answers of a crowd of which a third guesses, as if they had come in. */
async function answered(campaignId: string, taskCount: number, answerCount: number): Promise<Spoken[]> {
  const said: Spoken[] = []
  for (const taskId of await newTasks(campaignId, taskCount)) {
    const truth = dice.int(3)
    const asked = dice.shuffle([...crowd.keys()]).slice(0, answerCount)
    for (const who of asked) {
      const isRight = dice.next() < (who % 3 === 0 ? 0.4 : 0.92)
      const label = LABELS[isRight ? truth : dice.int(3)] ?? ''
      said.push({ taskId, workerId: crowd[who]?.workerId ?? '', label })
    }
  }
  await speak(campaignId, said)
  return said
}

async function newTasks(campaignId: string, count: number): Promise<string[]> {
  const common = { workspace_id: lab.workspaceId, campaign_id: campaignId, kind: 'choose', state: 'open' }
  const tasks = Array.from({ length: count }, () => {
    const id = newId(chiron.deps.clock)
    return { ...common, id, subject_kind: 'prompt', seed: id, created_at: chiron.deps.clock.now() }
  })
  await tidy(owner, (tx) => tx.insertInto('task').values(tasks).execute())
  return tasks.map(({ id }) => id)
}

async function speak(campaignId: string, said: readonly Spoken[]): Promise<void> {
  const now = chiron.deps.clock.now()
  const common = { workspace_id: lab.workspaceId, campaign_id: campaignId, attempt: 1, created_at: now }
  const rows = said.map((each) => ({
    ...each,
    id: newId(chiron.deps.clock),
    leaseId: newId(chiron.deps.clock),
  }))
  const leases = rows.map(({ taskId, workerId, leaseId }) => {
    return { ...common, id: leaseId, task_id: taskId, worker_id: workerId, state: 'spent', terms_version: 1 }
  })
  const answers = rows.map(({ taskId, workerId, leaseId, id, label }) => ({
    ...common,
    id,
    task_id: taskId,
    lease_id: leaseId,
    worker_id: workerId,
    kind: 'choose',
    answer: JSON.stringify({ choices: { outcome: label } }),
    body_hash: id,
    active_ms: 5000,
    terms_version: 1,
    pay_minor: 5,
    currency: 'USD',
    state: 'waiting',
  }))
  await tidy(owner, async (tx) => {
    await tx.insertInto('lease').values(leases).execute()
    await tx.insertInto('submission').values(answers).execute()
  })
}

const consensusOf = async (taskId: string) => {
  const events = await read(owner, (tx) => eventsOf(tx, { workspaceId: lab.workspaceId, taskId }))
  const last = events.findLast(({ kind }) => kind === 'consensus')
  return last?.kind === 'consensus' ? last : undefined
}
const verdictOf = (taskId: string) =>
  read(owner, (tx) => readVerdict(tx, { workspaceId: lab.workspaceId, taskId }))
const asked = (taskId: string, said: readonly Spoken[]) =>
  said
    .filter((each) => each.taskId === taskId)
    .map(({ workerId, label }) => [workerId, LABELS.indexOf(label)])

test('VRD-8 one more answer reads its own task alone, and says what a full fit says', async () => {
  // No question has enough answers before the fifth, so that the first fit has nobody to tell.
  const flow = { ...questions.flow, answers: { min: 5, max: 8, sureAt: 0.99 } }
  const campaignId = await loop.choose({ flow })
  const said = await answered(campaignId, 140, 4)
  const start = await rowsRead()
  await reachConsensus(system, said[0]?.taskId ?? '')
  expect((await rowsRead()) - start).toBeGreaterThanOrEqual(560)
  const open = await read(owner, (tx) =>
    tx
      .selectFrom('task')
      .select('id')
      .where('campaign_id', '=', campaignId)
      .where('state', '=', 'open')
      .execute(),
  )
  let [gap, checked] = [0, 0]
  for (const { id: taskId } of open.slice(0, 8)) {
    const who = crowd.find(
      ({ workerId }) => !said.some((each) => each.taskId === taskId && each.workerId === workerId),
    )
    const fresh = { taskId, workerId: who?.workerId ?? '', label: LABELS[dice.int(3)] ?? '' }
    await speak(campaignId, [fresh])
    said.push(fresh)
    const before = await rowsRead()
    await reachConsensus(system, taskId)
    expect((await rowsRead()) - before).toBeLessThan(60)
    const event = await consensusOf(taskId)
    expect(event?.answerCount).toBe(5)
    const answers = said.map((each) => ({ task: each.taskId, worker: each.workerId, label: each.label }))
    const fit = fitCrowd({ answers, labels: LABELS })
    const belief = fit.beliefs.get(taskId)
    if (!belief || !event) throw new Error('it was weighed')
    const full = readTask({ ...fit, belief })
    if (full.sureness > 0.8) expect(event.label).toBe(full.label)
    gap += Math.abs(event.probability - (full.posterior[event.label] ?? 0))
    checked += 1
  }
  expect(checked).toBe(8)
  expect(gap / checked).toBeLessThan(0.02)
})

/** Rows of answers that the one connection has read, as PostgreSQL counts them. */
async function rowsRead(): Promise<number> {
  await tidy(owner, (tx) => sql`select pg_stat_force_next_flush()`.execute(tx))
  return tidy(owner, async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as count
      from pg_stat_user_tables where relname = 'submission'`.execute(tx)
    return rows[0]?.count ?? 0
  })
}

test('VRD-8 what is kept can be lost: the next answer makes it again, with the same verdict', async () => {
  const campaignId = await loop.choose({
    flow: { ...questions.flow, answers: { min: 2, max: 8, sureAt: 1 } },
  })
  const said = await answered(campaignId, 30, 3)
  const [first, second] = [...new Set(said.map(({ taskId }) => taskId))] as [string, string]
  await reachConsensus(system, first)
  const before = await verdictOf(second)
  await tidy(owner, (tx) =>
    tx.updateTable('crowd').set({ model: null }).where('campaign_id', '=', campaignId).execute(),
  )
  await tidy(owner, (tx) => tx.updateTable('verdict').set({ rests_on: '{"answerCount":0}' }).execute())
  await reachConsensus(system, second)
  expect((await verdictOf(second))?.posterior).toEqual(before?.posterior)
  expect(asked(second, said)).toHaveLength(3)
})

test('VRD-9 VRD-11 the event carries how sure the less sure model is and the bar, the verdict what each answer did', async () => {
  const campaignId = await loop.choose({
    flow: { ...questions.flow, answers: { min: 2, max: 5, sureAt: 0.95 } },
  })
  const said = await answered(campaignId, 60, 3)
  const [taskId = ''] = said.map((each) => each.taskId)
  await reachConsensus(system, taskId)
  const event = await consensusOf(taskId)
  const verdict = await verdictOf(taskId)
  const restsOn = verdict?.rests_on as unknown as Foundation
  expect(event?.sureAt).toBe(0.95)
  expect(event?.sureness).toBeGreaterThan(0)
  expect(restsOn).toMatchObject({
    leading: event?.label,
    sureness: event?.sureness,
    sureAt: 0.95,
    knownCount: 0,
  })
  expect(restsOn.pushes?.map(({ worker }) => worker).sort()).toEqual(
    said
      .filter((each) => each.taskId === taskId)
      .map(({ workerId }) => workerId)
      .sort(),
  )
  const model = await read(owner, (tx) =>
    tx.selectFrom('crowd').selectAll().where('campaign_id', '=', campaignId).executeTakeFirst(),
  )
  expect(model).toMatchObject({ sure_at: 0.95, audit_count: 0, changed_count: 0 })
})

test('VRD-9 stopped questions that turn out otherwise raise the bar for those to come', async () => {
  const campaignId = await loop.choose({
    flow: { ...questions.flow, answers: { min: 3, max: 5, sureAt: 0.9 } },
  })
  const said = await answered(campaignId, 80, 3)
  await reachConsensus(system, said[0]?.taskId ?? '')
  const sure = await read(owner, async (tx) => {
    const rows = await tx.selectFrom('verdict').selectAll().where('campaign_id', '=', campaignId).execute()
    return rows.filter(({ rests_on }) => ((rests_on as unknown as Foundation).sureness ?? 0) >= 0.9)
  })
  expect(sure.length).toBeGreaterThan(20)
  // A member looks at twenty of them, and a third was wrong: this crowd errs together.
  await tidy(owner, async (tx) => {
    for (const [at, { task_id, label }] of sure.slice(0, 20).entries()) {
      const known = at % 3 === 0 ? (LABELS.find((other) => other !== label) ?? '') : label
      const gold = { workspace_id: lab.workspaceId, task_id, campaign_id: campaignId, label: known }
      await tx
        .insertInto('gold')
        .values({ ...gold, source: 'stated', place: 0, use_max: 1, created_at: chiron.deps.clock.now() })
        .onConflict((conflict) =>
          conflict.columns(['workspace_id', 'task_id']).doUpdateSet({ label: known, source: 'stated' }),
        )
        .execute()
    }
  })
  const [fresh] = await answered(campaignId, 1, 3)
  await reachConsensus(system, fresh?.taskId ?? '')
  const event = await consensusOf(fresh?.taskId ?? '')
  expect(event?.sureAt).toBeGreaterThanOrEqual(0.99)
  const kept = await read(owner, (tx) =>
    tx.selectFrom('crowd').selectAll().where('campaign_id', '=', campaignId).executeTakeFirst(),
  )
  expect(kept).toMatchObject({ audit_count: 20, changed_count: 7 })
})
