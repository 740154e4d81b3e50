import { campaignTemplates } from '@chiron/core/campaign'
import { type CampaignId, seededRandom } from '@chiron/core/kit'
import { starterOntology } from '@chiron/core/ontology'
import { expect, test } from 'vitest'
import { newId } from '../../platform/clock.ts'
import { type Ctx, systemCtx } from '../../platform/context.ts'
import { read, tidy } from '../../platform/tx.ts'
import { type TestWorkspace, testChiron } from '../../testing.ts'
import { createCampaign } from '../campaign/index.ts'
import { createOntology } from '../ontology/index.ts'
import { escrowInside } from './escrow.ts'
import { fund } from './fund.ts'
import { readEarnings } from './read-earnings.ts'
import { refundEscrow } from './refund-campaign.ts'
import { requestPayout } from './request-payout.ts'
import { settlePayout } from './settle-payout.ts'
import { settleWork, type Work } from './settle-work.ts'
import { campaignMoney, countBroken, sumsByKind } from './store.ts'

const chiron = await testChiron({ poolSize: 8 })
const { deps } = chiron
const id = () => newId(deps.clock)
const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' })

async function money(lab: TestWorkspace) {
  const ctx = lab.as('manager')
  return read(ctx, async (tx) => ({
    kinds: Object.fromEntries(
      (await sumsByKind(tx, lab.workspaceId)).map(({ kind, amountMinor }) => [kind, amountMinor]),
    ) as Record<string, number>,
    broken: await countBroken(tx, lab.workspaceId),
  }))
}

async function campaignWithEscrow(
  lab: TestWorkspace,
  quota: number,
): Promise<{ campaignId: CampaignId; system: Ctx }> {
  const manager = lab.as('manager')
  const { name, terms } = starterOntology
  const ontology = await createOntology(manager, { name, terms: [...terms] as never })
  const draft = { ...campaignTemplates[0]!.draft, quota, ontologyId: ontology.ontologyId, ontologyVersion: 1 }
  const campaign = await createCampaign(manager, draft as never)
  await fund(manager, { id: id(), amount: usd(1_000_000), reference: 'grant' })
  const system = systemCtx(deps, 'test', lab.workspaceId)
  await tidy(system, (tx) => escrowInside(tx, system, { campaign, recordId: id() }))
  return { campaignId: campaign.id, system }
}

const workOf = (campaignId: string, workerId: string, outcome: Work['outcome'] = 'undecided'): Work => ({
  submissionId: id(),
  campaignId,
  workerId,
  amount: usd(120),
  outcome,
})

test('PAY-8 an unbalanced entry does not commit, nor does one that overdraws', async () => {
  const lab = await chiron.workspace()
  const { system } = await campaignWithEscrow(lab, 2)
  const workspace_id = lab.workspaceId
  const force = (amounts: [kind: string, amount: number, balance: number][]) =>
    tidy(system, async (tx) => {
      const entry_id = id()
      const entry = { workspace_id, id: entry_id, purpose_key: entry_id, kind: 'x', record_id: id() }
      await tx
        .insertInto('entry')
        .values({ ...entry, at: deps.clock.now() })
        .execute()
      for (const [kind, amount_minor, balance_minor] of amounts) {
        const { id: account_id } = await tx
          .selectFrom('account')
          .select('id')
          .where('workspace_id', '=', workspace_id)
          .where('kind', '=', kind)
          .executeTakeFirstOrThrow()
        await tx
          .insertInto('posting')
          .values({
            workspace_id,
            entry_id,
            account_id,
            amount_minor,
            currency: 'USD',
            place: 99,
            balance_minor,
          })
          .execute()
      }
    })
  await expect(
    force([
      ['funds', 5, 5],
      ['external', -4, -4],
    ]),
  ).rejects.toThrow('do not sum to zero')
  await expect(
    force([
      ['funds', -5, -5],
      ['external', 5, 5],
    ]),
  ).rejects.toThrow('overdraws')
  await expect(
    force([
      ['funds', 5, 5],
      ['external', -5, -5],
    ]),
  ).resolves.toBeUndefined()
  // What was forced in has a hole in its places: adding up finds it.
  expect((await money(lab)).broken).toBeGreaterThan(0)
})

test('PAY-8 nothing of the ledger can be changed or deleted, an account least of all', async () => {
  const lab = await chiron.workspace()
  const { system } = await campaignWithEscrow(lab, 2)
  const change = (run: Parameters<typeof tidy<unknown>>[1]) =>
    expect(tidy(system, run)).rejects.toThrow(/denied|violates/)
  await change((tx) => tx.updateTable('posting').set({ amount_minor: 1 }).execute())
  await change((tx) => tx.deleteFrom('posting').execute())
  await change((tx) => tx.updateTable('entry').set({ kind: 'x' }).execute())
  await change((tx) => tx.updateTable('account').set({ kind: 'funds' }).execute())
  await change((tx) => tx.updateTable('account').set({ id: id() }).where('kind', '=', 'funds').execute())
})

test('PAY-9 each step is posted once, whatever runs twice, at once or late', async () => {
  const lab = await chiron.workspace()
  const { campaignId, system } = await campaignWithEscrow(lab, 10)
  const worker = await lab.worker()
  const work = workOf(campaignId, worker.workerId)
  const steps = ['undecided', 'unpaid', 'accepted', 'unpaid', 'accepted', 'undecided'] as const
  await Promise.all(steps.map((outcome) => settleWork(system, { ...work, outcome })))
  for (const outcome of steps) await settleWork(system, { ...work, outcome })
  const { kinds, broken } = await money(lab)
  expect(broken).toBe(0)
  expect(kinds).toMatchObject({ balance: 120, pending: 0, escrow: 1440 - 120 })
})

test('PAY-8 PAY-12 any events in any order keep the sums at zero and the escrow above it', async () => {
  const lab = await chiron.workspace()
  const { campaignId, system } = await campaignWithEscrow(lab, 4)
  const workers = [await lab.worker(), await lab.worker()]
  for (let seed = 0; seed < 6; seed += 1) {
    const random = seededRandom(`ledger ${seed}`)
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random.next() * items.length)] as T
    const works = Array.from({ length: 8 }, () => workOf(campaignId, pick(workers).workerId))
    const accepted = new Set<string>()
    const events = Array.from({ length: 30 }, () => () => {
      const work = pick(works)
      const outcome = pick(['undecided', 'accepted', 'unpaid'] as const)
      if (outcome === 'accepted') accepted.add(work.submissionId)
      if (random.next() < 0.1)
        return refundEscrow(system, { campaignId, currency: 'USD', reservedMinor: 100 })
      return settleWork(system, { ...work, outcome })
    })
    const isAtOnce = seed % 2 === 0
    if (isAtOnce) await Promise.all(events.map((event) => event()))
    else for (const event of events) await event()
    // Whatever was accepted once is paid once, in the end.
    for (const work of works)
      if (accepted.has(work.submissionId)) await settleWork(system, { ...work, outcome: 'accepted' })
    const { kinds, broken } = await money(lab)
    expect(broken).toBe(0)
    expect(Object.values(kinds).reduce((a, b) => a + b, 0)).toBe(0)
    for (const [kind, sum] of Object.entries(kinds))
      if (kind !== 'external') expect(sum, kind).toBeGreaterThanOrEqual(0)
    expect((kinds.balance ?? 0) % 120).toBe(0)
  }
})

test('PAY-12 PAY-13 work is paid for even where the escrow lacks: the funds step in', async () => {
  const lab = await chiron.workspace()
  const { campaignId, system } = await campaignWithEscrow(lab, 1)
  const worker = await lab.worker()
  for (let count = 0; count < 3; count += 1)
    await settleWork(system, workOf(campaignId, worker.workerId, 'accepted'))
  const { kinds } = await money(lab)
  expect(kinds).toMatchObject({ balance: 360, escrow: 0, pending: 0, funds: 1_000_000 - 360 })
  const broke = await chiron.workspace()
  const worker2 = await broke.worker()
  const bare = systemCtx(deps, 'test', broke.workspaceId)
  await expect(settleWork(bare, workOf(campaignId, worker2.workerId))).rejects.toMatchObject({
    code: 'not-enough-funds',
  })
  expect((await money(broke)).kinds).toEqual({})
})

test('PAY-14 what a closed campaign needs no longer returns to the funds, once', async () => {
  const lab = await chiron.workspace()
  const { campaignId, system } = await campaignWithEscrow(lab, 10)
  const order = { campaignId, currency: 'USD', reservedMinor: 240 }
  await Promise.all([1, 2, 3].map(() => refundEscrow(system, order)))
  expect((await money(lab)).kinds).toMatchObject({ escrow: 240, funds: 1_000_000 - 240 })
  await refundEscrow(system, { ...order, reservedMinor: 0 })
  expect((await money(lab)).kinds).toMatchObject({ escrow: 0, funds: 1_000_000 })
})

test('PAY-11 money put in twice under one id is money put in once', async () => {
  const lab = await chiron.workspace()
  const order = { id: id(), amount: usd(500), reference: 'invoice 7' }
  const entries = await Promise.all([1, 2, 3].map(() => fund(lab.as('manager'), order)))
  expect(new Set(entries.map((entry) => entry.id)).size).toBe(1)
  expect((await money(lab)).kinds.funds).toBe(500)
  await expect(fund(lab.as('manager'), { ...order, amount: usd(501) })).rejects.toMatchObject({
    code: 'idempotency-mismatch',
  })
  await expect(fund(lab.as('reviewer'), { ...order, id: id() })).rejects.toMatchObject({
    code: 'not-allowed',
  })
})

test('PAY-10 PAY-11 payouts at the same moment never take more than there is', async () => {
  const lab = await chiron.workspace()
  const { campaignId, system } = await campaignWithEscrow(lab, 10)
  const worker = await lab.worker()
  for (let count = 0; count < 5; count += 1)
    await settleWork(system, workOf(campaignId, worker.workerId, 'accepted'))
  const ask = (payoutId: string, amountMinor: number) =>
    requestPayout(worker.ctx, { id: payoutId, workspaceId: lab.workspaceId, amount: usd(amountMinor) })
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => ask(id(), 250)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  expect((await money(lab)).kinds).toMatchObject({ balance: 100, payout: 500 })
  const [first, second] = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  expect((await ask(first!.id, 250)).id).toBe(first!.id)
  await expect(ask(first!.id, 249)).rejects.toMatchObject({ code: 'idempotency-mismatch' })

  const manager = lab.as('manager')
  const settle = (payoutId: string, outcome: 'paid' | 'failed') =>
    settlePayout(manager, payoutId, { outcome, reference: 'bank 1' })
  await Promise.all([settle(first!.id, 'paid'), settle(first!.id, 'paid')])
  await settle(second!.id, 'failed')
  await expect(settle(second!.id, 'paid')).rejects.toMatchObject({ code: 'wrong-state' })
  const { kinds, broken } = await money(lab)
  expect(kinds).toMatchObject({ balance: 350, payout: 0 })
  expect(broken).toBe(0)
  const stranger = await lab.worker('Stan')
  const theft = requestPayout(stranger.ctx, { id: id(), workspaceId: lab.workspaceId, amount: usd(1) })
  await expect(theft).rejects.toMatchObject({ code: 'not-enough-funds' })
})

test('PAY-15 a worker reads their own lines, each with the record that proves it', async () => {
  const lab = await chiron.workspace()
  const { campaignId, system } = await campaignWithEscrow(lab, 10)
  const [worker, other] = [await lab.worker('Wanda'), await lab.worker('Otto')]
  const works = [
    workOf(campaignId, worker.workerId, 'accepted'),
    workOf(campaignId, worker.workerId, 'unpaid'),
  ]
  for (const work of works) await settleWork(system, work)
  await settleWork(system, workOf(campaignId, worker.workerId))
  await settleWork(system, workOf(campaignId, other.workerId))
  const earnings = await readEarnings(worker.ctx, { limit: 3 })
  expect(earnings.balances).toEqual([
    { currency: 'USD', availableMinor: 120, pendingMinor: 120, paidOutMinor: 0 },
  ])
  const rest = await readEarnings(worker.ctx, { limit: 3, after: earnings.lines.next ?? '' })
  const lines = [...earnings.lines.items, ...rest.lines.items]
  expect(lines.map(({ what, amountMinor }) => [what, amountMinor])).toEqual([
    ['pending', 120],
    ['void', -120],
    ['pending', 120],
    ['accepted', 120],
    ['pending', 120],
  ])
  expect(lines[0]).toMatchObject({
    workspaceName: `Lab ${lab.slug}`,
    campaignTitle: { en: 'Put a cup on a plate' },
  })
  const record = await read(worker.ctx, (tx) =>
    tx.selectFrom('record').selectAll().where('id', '=', lines[3]!.recordId!).executeTakeFirstOrThrow(),
  )
  expect(record).toMatchObject({ action: 'pay.accept', subject_id: lines[3]!.entryId })
  const elsewhere = (await chiron.workspace()).as('manager')
  expect(await read(elsewhere, (tx) => campaignMoney(tx, lab.workspaceId))).toEqual([])
  const others = await readEarnings(other.ctx, { limit: 50 })
  expect(others.lines.items.map(({ amountMinor }) => amountMinor)).toEqual([120])
})
