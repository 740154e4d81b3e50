import { setImmediate } from 'node:timers/promises'
import { consentRoutes } from '@chiron/contract'
import { receiptHash } from '@chiron/core/consent'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '../../platform/clock.ts'
import { type Ctx, inWorkspace, workspaceOf } from '../../platform/context.ts'
import { read, tidy } from '../../platform/tx.ts'
import { type TestWorkspace, testChiron } from '../../testing.ts'
import { attestRights } from './attest-rights.ts'
import { putNotice } from './put-notice.ts'
import { findConsent, holdConsent, readConsentStates } from './read-consents.ts'

const chiron = await testChiron({ poolSize: 3 })
const { call, deps } = chiron
const DAY_MS = 86_400_000

const body = {
  purpose: { en: 'Teach robots to tidy up.' },
  recipients: { en: 'The lab alone.' },
  retentionDays: 30,
  afterTraining: { en: 'A trained model cannot unlearn.' },
}
const notice = (lab: TestWorkspace, campaignId: string, version = 1) =>
  tidy(lab.as('manager'), (tx) => putNotice(tx, lab.as('manager'), { campaignId, version, body }))

async function setUp() {
  const lab = await chiron.workspace()
  const worker = await lab.worker()
  const campaignId = newId(deps.clock)
  await notice(lab, campaignId)
  const decide = (decision: string, noticeVersion = 1, headers = worker.headers) =>
    call(consentRoutes.decide, { headers, body: { campaignId, noticeVersion, decision, locale: 'en' } })
  const withdraw = (consentId: string, headers = worker.headers) =>
    call(consentRoutes.withdraw, { headers, params: { consentId } })
  return { lab, worker, campaignId, decide, withdraw }
}

const actions = (ctx: Ctx, prefix: string) =>
  read(ctx, (tx) =>
    tx
      .selectFrom('record')
      .select(['action', 'facts', 'worker_id'])
      .where('workspace_id', '=', workspaceOf(ctx))
      .where('action', 'like', `${prefix}%`)
      .orderBy('id')
      .execute(),
  )

test('CST-1 only the newest notice can be decided on', async () => {
  const { lab, campaignId, decide } = await setUp()
  const given = await decide('given')
  expect(given.body).toMatchObject({ state: 'given', noticeVersion: 1, workspaceName: `Lab ${lab.slug}` })
  await notice(lab, campaignId, 2)
  expect((await decide('given')).body).toMatchObject({ code: 'terms-changed', facts: { noticeVersion: 2 } })
  expect((await decide('given', 2)).body).toMatchObject({ state: 'given', noticeVersion: 2 })
  const unknown = { campaignId: newId(deps.clock), noticeVersion: 1, decision: 'given', locale: 'en' }
  const stranger = await chiron.workspace()
  const { headers } = await stranger.worker()
  expect((await call(consentRoutes.decide, { headers, body: unknown })).status).toBe(404)
  expect((await call(consentRoutes.decide, { headers, body: { ...unknown, campaignId } })).status).toBe(404)
})

test('CST-2 repeating changes nothing, two tabs make one row, a no can become a yes', async () => {
  const { lab, decide } = await setUp()
  expect((await decide('refused')).body.state).toBe('refused')
  expect((await decide('refused')).body.state).toBe('refused')
  const tabs = await Promise.all([decide('given'), decide('given'), decide('given')])
  expect(new Set(tabs.map((tab) => tab.body.id)).size).toBe(1)
  expect((await decide('refused')).body.code).toBe('wrong-state')
  const records = await actions(lab.as('owner'), 'consent.')
  expect(records.map(({ facts }) => (facts as { state: string }).state)).toEqual(['refused', 'given'])
})

test('CST-3 a yes gives a receipt whose digest the record carries', async () => {
  const { lab, worker, decide } = await setUp()
  const given = await decide('given')
  const { body: kept } = await call(consentRoutes.receipt, {
    headers: worker.headers,
    params: { consentId: given.body.id },
  })
  expect(receiptHash(kept.receipt)).toBe(kept.receiptHash)
  expect(given.body.receiptHash).toBe(kept.receiptHash)
  const [recorded] = await actions(lab.as('auditor'), 'consent.decide')
  expect(recorded).toMatchObject({ worker_id: worker.workerId, facts: { receiptHash: kept.receiptHash } })
  expect(JSON.stringify(kept.receipt)).toContain(worker.workerId)
  expect(JSON.stringify(kept.receipt)).not.toContain(worker.name)
})

test('WR-24 CST-4 withdrawing is one call, at once, repeatable, and touches no pay', async () => {
  const { lab, worker, campaignId, decide, withdraw } = await setUp()
  const { id } = (await decide('given')).body
  const now = deps.clock.now()
  const wanted = { workerId: worker.workerId, campaignId, now }
  const inside = inWorkspace(worker.ctx, lab.workspaceId)
  const held = () => tidy(inside, (tx) => holdConsent(tx, wanted))
  expect((await held())?.id).toBe(id)
  const postings = () => read(lab.as('owner'), (tx) => tx.selectFrom('posting').selectAll().execute())
  const before = await postings()

  expect((await withdraw(id)).body).toMatchObject({ id, state: 'withdrawn' })
  const [view] = await read(lab.as('owner'), (tx) => readConsentStates(tx, lab.workspaceId, [id]))
  expect(view?.holds(now)).toBe(false)
  expect(await held()).toBeUndefined()
  expect((await withdraw(id)).body.state).toBe('withdrawn')
  expect(await actions(lab.as('owner'), 'consent.withdraw')).toHaveLength(1)
  expect(await postings()).toEqual(before)
  // Whoever changes their mind again says yes anew; what was withdrawn stays so.
  const anew = await decide('given')
  expect(anew.body).toMatchObject({ state: 'given' })
  expect(anew.body.id).not.toBe(id)
  expect((await read(worker.ctx, (tx) => findConsent(tx, wanted)))?.id).toBe(anew.body.id)
})

test('CST-4 what is just being taken under a consent is there before the consent can end', async () => {
  const { lab, worker, campaignId, decide, withdraw } = await setUp()
  const { id } = (await decide('given')).body
  const wanted = { workerId: worker.workerId, campaignId, now: deps.clock.now() }
  const order: string[] = []
  const isWaited = async () =>
    (
      await sql<{ waits: boolean }>`select exists (select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock') as waits`.execute(deps.db)
    ).rows[0]?.waits
  let withdrawing: Promise<unknown> | undefined
  await tidy(inWorkspace(worker.ctx, lab.workspaceId), async (tx) => {
    expect((await holdConsent(tx, wanted))?.id).toBe(id)
    withdrawing = withdraw(id).then(() => order.push('withdrawn'))
    while (order.length === 0 && !(await isWaited())) await setImmediate()
    order.push('taken')
  })
  await withdrawing
  expect(order).toEqual(['taken', 'withdrawn'])
})

test('CST-4 who had not agreed has nothing to withdraw', async () => {
  const { decide, withdraw } = await setUp()
  const refused = await decide('refused')
  expect((await withdraw(refused.body.id)).body.code).toBe('wrong-state')
})

test('CST-5 a consent runs out with the retention, at once for reads, soon on paper', async () => {
  const { lab, worker, decide } = await setUp()
  const { id } = (await decide('given')).body
  const holds = async () => {
    const [view] = await read(lab.as('owner'), (tx) => readConsentStates(tx, lab.workspaceId, [id]))
    return view?.holds(deps.clock.now())
  }
  await chiron.sweepAll()
  expect(await holds()).toBe(true)
  deps.clock.advance(30 * DAY_MS)
  expect(await holds()).toBe(false)
  await chiron.sweepAll()
  await chiron.sweepAll()
  const recorded = await actions(lab.as('owner'), 'consent.expire')
  expect(recorded).toMatchObject([{ worker_id: worker.workerId }])
})

test('CST-6 WR-22 a worker sees their own consents everywhere and nobody else’s', async () => {
  const first = await setUp()
  const second = await setUp()
  const { id } = (await first.decide('given')).body
  const other = second.worker.headers
  expect((await second.withdraw(id)).status).toBe(404)
  expect((await call(consentRoutes.receipt, { headers: other, params: { consentId: id } })).status).toBe(404)
  expect((await call(consentRoutes.list, { headers: other })).body.items).toEqual([])
  const mine = await call(consentRoutes.list, { headers: first.worker.headers })
  expect(mine.body.items).toMatchObject([{ id, episodeCount: 0 }])
  expect((await call(consentRoutes.list, { headers: first.lab.headers('owner') })).status).toBe(401)
})

test('CST-7 a member’s statement of rights stands once per campaign and notice', async () => {
  const { lab, campaignId } = await setUp()
  const ctx = lab.as('manager')
  const attest = () => tidy(ctx, (tx) => attestRights(tx, ctx, { campaignId }))
  const [one, two] = await Promise.all([attest(), attest()])
  expect(one).toBe(two)
  const [view] = await read(ctx, (tx) => readConsentStates(tx, lab.workspaceId, [one]))
  expect(view).toMatchObject({ basis: 'attested', workerId: null, campaignId })
  expect(view?.holds(deps.clock.now())).toBe(true)
})
