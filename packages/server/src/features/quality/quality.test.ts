import { campaignRoutes, qualityRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { read, tidy } from '../../platform/tx.ts'
import { claim, ok, openLoop, submitted } from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { openPrompts } from '../task/index.ts'

const chiron = await testChiron()
const loop = await openLoop(chiron)
const { lab } = loop
const owner = lab.as('owner')
const { questions } = loop.drafts
const LABELS = ['outcome.success', 'outcome.failure', 'outcome.unclear'] as const
const crowd = await Promise.all(Array.from({ length: 4 }, (_, at) => lab.worker(`Worker ${at}`)))
const headers = lab.headers('reviewer')

/** Questions that everybody was asked; `says`: what worker `who` says about the question at place `at`. */
async function asked(count: number, says: (who: number, at: number) => string): Promise<string> {
  const flow = { ...questions.flow, answers: { min: 4, max: 6, sureAt: 0.8 } }
  const campaignId = await loop.choose({ flow })
  await tidy(owner, (tx) => openPrompts(tx, owner, { campaignId, kind: 'choose', count }))
  const tasks = await read(owner, (tx) =>
    tx.selectFrom('task').select('id').where('campaign_id', '=', campaignId).orderBy('id').execute(),
  )
  for (const [who, worker] of crowd.entries()) {
    for (let turn = 0; turn < count; turn += 1) await answerNext(worker, who)
    await chiron.drain()
  }
  async function answerNext(worker: TestWorker, who: number) {
    const lease = await claim(chiron, worker, campaignId)
    if (!lease) return
    const row = await read(owner, (tx) =>
      tx.selectFrom('lease').select('task_id').where('id', '=', lease.id).executeTakeFirstOrThrow(),
    )
    const outcome = says(
      who,
      tasks.findIndex(({ id }) => id === row.task_id),
    )
    await submitted(chiron, worker, { leaseId: lease.id, answer: { choices: { outcome } } })
  }
  return campaignId
}

const truthAt = (at: number) => LABELS[at % 2] ?? ''
const judgementOf = (campaignId: string) =>
  ok(chiron, qualityRoutes.judgement, { headers, params: { campaignId } })
const tasksOf = async (campaignId: string, show: string) =>
  (await ok(chiron, qualityRoutes.judgedTasks, { headers, params: { campaignId }, query: { show } })).items
const workersOf = (campaignId: string, query = {}) =>
  ok(chiron, qualityRoutes.judgedWorkers, { headers, params: { campaignId }, query })

test('QLT-1 QLT-2 QLT-3 before anybody was asked every figure is unknown, and says so by being null', async () => {
  const empty = await judgementOf(await loop.choose())
  expect(empty).toMatchObject({
    labels: [...LABELS],
    settledCount: 0,
    saved: null,
    bar: null,
    calibration: null,
    agreement: null,
    fittedAt: null,
  })
  expect(await judgementOf(await loop.demonstrate())).toMatchObject({ saved: null, agreement: null })
})

test('QLT-1 QLT-3 QLT-4 answers saved, agreement, and what each worker is worth', async () => {
  // The fourth mixes the two up on every other pair of questions.
  const says = (who: number, at: number) => truthAt(who === 3 && at % 4 < 2 ? at + 1 : at)
  const campaignId = await asked(8, says)
  const { saved, agreement, settledCount, answers, bar, fittedAt } = await judgementOf(campaignId)
  expect(settledCount).toBeGreaterThan(4)
  expect(saved).toEqual({
    boughtCount: 4 * settledCount,
    mostCount: 6 * settledCount,
    ratio: 1 - 4 / 6,
  })
  expect(answers).toMatchObject({ regular: 32, gold: 0, goldRatio: 0 })
  expect(agreement?.answerCount).toBe(32)
  expect(agreement?.alpha).toBeGreaterThan(0.3)
  expect(agreement?.low).toBeLessThan(agreement?.alpha ?? 0)
  expect(agreement?.high).toBeGreaterThan(agreement?.alpha ?? 1)
  expect(bar).toEqual({ asked: 0.8, now: 0.8, auditCount: 0, changedCount: 0 })
  expect(fittedAt).not.toBeNull()

  const { items } = await workersOf(campaignId)
  expect(items).toHaveLength(4)
  expect(items.map(({ workerId }) => workerId)).toEqual(crowd.map(({ workerId }) => workerId).sort())
  for (const { confusion, answerCount, right, pseudonym, onKnown } of items) {
    expect(pseudonym).not.toMatch(/Worker/)
    expect(answerCount).toBe(8)
    expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBeCloseTo(8, 3)
    expect(right?.n).toBe(8)
    expect(onKnown).toBeNull()
  }
  const mixing = items.find(({ workerId }) => workerId === crowd[3]?.workerId)
  expect(mixing?.right?.value).toBeCloseTo(0.5, 1)
  const first = await workersOf(campaignId, { limit: 3 })
  const rest = await workersOf(campaignId, { limit: 3, after: first.next ?? '' })
  expect([...first.items, ...rest.items]).toEqual(items)
})

test('QLT-2 QLT-5 stated answers: calibration by them, an open question settled and paid, a settled one kept', async () => {
  const campaignId = await asked(6, (_, at) => truthAt(at))
  const settled = (await tasksOf(campaignId, 'settled')).slice(0, 4)
  expect(settled).toHaveLength(4)
  const state = (taskId: string, label: string, as = headers) =>
    chiron.call(qualityRoutes.stateAnswer, { headers: as, params: { campaignId, taskId }, body: { label } })
  // Three were right, one was not.
  for (const [at, task] of settled.entries()) {
    const label = at === 0 ? 'outcome.unclear' : (task.leading ?? '')
    const { status, body } = await state(task.taskId, label)
    expect([status, body.knownLabel, body.label]).toEqual([200, label, task.label])
  }
  const { calibration, gold } = await judgementOf(campaignId)
  expect(calibration).toMatchObject({ n: 4, right: { value: 0.75, n: 4 } })
  expect(calibration?.bins.reduce((sum, { right }) => sum + right.n, 0)).toBe(4)
  expect(calibration?.error).toBeGreaterThan(0.1)
  expect(gold.statedCount).toBe(4)
  const onKnown = (await workersOf(campaignId)).items[0]?.onKnown
  expect(onKnown).toMatchObject({ value: 0.75, n: 4 })
  // Stated twice it is stated once.
  const again = settled[1]
  await state(again?.taskId ?? '', again?.leading ?? '')
  const records = await read(owner, (tx) =>
    tx.selectFrom('record').select('facts').where('action', '=', 'gold.state').execute(),
  )
  expect(records).toHaveLength(4)

  await tidy(owner, (tx) => openPrompts(tx, owner, { campaignId, kind: 'choose', count: 1 }))
  const [open] = await tasksOf(campaignId, 'open')
  expect((await state(open?.taskId ?? '', 'outcome.failure')).body).toMatchObject({
    state: 'done',
    by: 'member',
    label: 'outcome.failure',
    knownLabel: 'outcome.failure',
  })
  expect((await state(open?.taskId ?? '', 'no.label')).body.code).toBe('bad-input')
  expect((await state(crypto.randomUUID(), 'outcome.failure')).status).toBe(404)
})

test('QLT-6 QLT-7 gold is retired by the team alone; others see and change nothing', async () => {
  const campaignId = await asked(2, (_, at) => truthAt(at))
  const [task] = await tasksOf(campaignId, 'settled')
  const params = { campaignId, taskId: task?.taskId ?? '' }
  await ok(chiron, qualityRoutes.stateAnswer, { headers, params, body: { label: 'outcome.success' } })
  expect((await tasksOf(campaignId, 'known'))[0]).toMatchObject({ isGoldRetired: false, goldUseCount: 0 })
  await ok(chiron, qualityRoutes.retireGold, { headers, params })
  await ok(chiron, qualityRoutes.retireGold, { headers, params })
  expect((await tasksOf(campaignId, 'gold'))[0]).toMatchObject({ isGoldRetired: true })
  const stranger = (await chiron.workspace()).headers('owner')
  const seen = await chiron.call(qualityRoutes.judgement, { headers: stranger, params: { campaignId } })
  expect(seen.status).toBe(404)
  const auditor = lab.headers('auditor')
  const stated = await chiron.call(qualityRoutes.stateAnswer, {
    headers: auditor,
    params,
    body: { label: 'outcome.failure' },
  })
  expect(stated.status).toBe(403)
  const worker = crowd[0]?.headers ?? {}
  const asWorker = await chiron.call(qualityRoutes.judgement, { headers: worker, params: { campaignId } })
  expect(asWorker.status).toBe(401)
})

test('QLT-2 a tie is right by its share, in the figure and in its bin alike', async () => {
  const campaignId = await asked(1, (who) => LABELS[who % 2] ?? '')
  const [tied] = await tasksOf(campaignId, 'all')
  const params = { campaignId, taskId: tied?.taskId ?? '' }
  await ok(chiron, qualityRoutes.stateAnswer, { headers, params, body: { label: 'outcome.failure' } })
  const { calibration } = await judgementOf(campaignId)
  expect(calibration).toMatchObject({ n: 1, right: { value: 0.5, n: 1 } })
  expect(calibration?.bins).toMatchObject([{ confidence: 0.5, right: { value: 0.5, n: 1 } }])
  const { measures } = await ok(chiron, campaignRoutes.read, { headers, params: { campaignId } })
  const accuracy = measures.find(({ id }) => id === 'accuracy')
  expect(accuracy).toMatchObject({ value: 0.5, n: 1, counts: { n: 1, right: 0.5 } })
})
