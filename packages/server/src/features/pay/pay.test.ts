import { campaignRoutes, consentRoutes, payRoutes, taskRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { systemCtx } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import {
  agree,
  claim,
  darkClip,
  film,
  goodClip,
  judge,
  ok,
  openLoop,
  ownSubmission,
  submitted,
  takeAnswer,
  uploaded,
} from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { createCampaign, moveCampaign, readCampaign } from '../campaign/index.ts'
import { takeFile } from '../media/index.ts'
import { decideReview, makeAppeal } from '../review/index.ts'
import { importEpisode } from '../submission/index.ts'
import { changeCampaign } from './change-campaign.ts'
import { jobs, sweeps } from './jobs.ts'
import { publishCampaign } from './publish-campaign.ts'
import { campaignMoney } from './store.ts'

const chiron = await testChiron({ poolSize: 4 })
const { deps } = chiron
type Loop = Awaited<ReturnType<typeof openLoop>>

const moneyOf = async ({ lab }: Loop, campaignId: string) =>
  (await read(lab.as('manager'), (tx) => campaignMoney(tx, lab.workspaceId, campaignId)))[0]
const overview = ({ lab }: Loop) => ok(chiron, payRoutes.overview, { headers: lab.headers('auditor') })

test('WR-1 a campaign that lacks what workers must know does not publish, and says all that is missing', async () => {
  const { lab, drafts } = await openLoop(chiron)
  const manager = lab.as('manager')
  const bare = {
    ...drafts.takes.terms,
    purpose: {},
    recipients: {},
    payMinor: null,
    estimateSeconds: null,
    retentionDays: null,
  }
  const { id } = await createCampaign(manager, { ...drafts.takes, terms: bare, briefs: {} })
  const refusal = await publishCampaign(manager, id).catch((cause) => cause)
  expect(refusal.code).toBe('not-publishable')
  const codes = refusal.facts.faults.map(({ code }: { code: string }) => code)
  for (const code of ['purpose', 'recipients', 'pay', 'estimate', 'retention', 'brief'])
    expect(codes).toContain(`${code}-missing`)
  const state = await read(manager, async (tx) => (await readCampaign(tx, id))?.state)
  expect(state).toBe('draft')
  await expect(publishCampaign(lab.as('reviewer'), id)).rejects.toMatchObject({ code: 'not-allowed' })
})

test('WR-1 what workers must know cannot be taken away after publishing either', async () => {
  const loop = await openLoop(chiron)
  const headers = loop.lab.headers('manager')
  const campaignId = await loop.demonstrate()
  const { terms } = loop.drafts.takes
  const changes = [
    { briefs: {} },
    { title: {} },
    { terms: { ...terms, purpose: {} } },
    { terms: { ...terms, recipients: {} } },
    { terms: { ...terms, retentionDays: null } },
    { terms: { ...terms, estimateSeconds: null } },
    { terms: { ...terms, payMinor: null } },
  ]
  for (const body of changes) {
    const reply = await chiron.call(campaignRoutes.change, { params: { campaignId }, headers, body })
    expect([409, 422], JSON.stringify(body)).toContain(reply.status)
  }
  const worker = await loop.lab.worker()
  const offer = await ok(chiron, taskRoutes.readOffer, { params: { campaignId }, headers: worker.headers })
  expect(offer).toMatchObject({ terms, termsVersion: 1, title: loop.drafts.takes.title })
  expect(Object.keys(offer.briefs)).toEqual(['en'])
})

test('WR-2 all pay and a fifth more is escrowed before publishing, or nothing happens at all', async () => {
  const lab = await chiron.workspace()
  const loop = await openLoop(chiron)
  const poor = loop.drafts.takes
  const { terms } = poor
  // The ledger of `lab` is empty; the one of `loop` holds a million dollars.
  const tooDear = { ...poor, quota: 1_000_000, terms: { ...terms, payMinor: 1000 } }
  const { id } = await createCampaign(loop.lab.as('manager'), tooDear)
  const refusal = await publishCampaign(loop.lab.as('manager'), id).catch((cause) => cause)
  expect(refusal).toMatchObject({
    code: 'not-enough-funds',
    facts: { neededMinor: 1_200_000_000, heldMinor: 100_000_000, missingMinor: 1_100_000_000 },
  })
  expect(await moneyOf(loop, id)).toBeUndefined()
  const open = await read(loop.lab.as('manager'), (tx) => tx.selectFrom('task').select('id').execute())
  expect(open).toEqual([])
  const fits = await loop.demonstrate({ quota: 7 })
  expect((await moneyOf(loop, fits))?.heldMinor).toBe(Math.ceil(7 * (terms.payMinor ?? 0) * 1.2))
  expect((await overview(loop)).sumsToZero).toBe(true)
  expect(lab.workspaceId).not.toBe(loop.lab.workspaceId)
})

test('WR-2 WR-8 a higher quota or pay escrows the difference first; the questions about it too', async () => {
  const loop = await openLoop(chiron)
  const manager = loop.lab.as('manager')
  const film = await loop.demonstrate({ quota: 10 })
  const ask = await loop.choose({ sourceCampaignId: film })
  const [before, asked] = [await moneyOf(loop, film), await moneyOf(loop, ask)]
  const terms = loop.drafts.takes.terms
  await changeCampaign(manager, film, { quota: 20 })
  expect((await moneyOf(loop, film))?.heldMinor).toBe(2 * (before?.heldMinor ?? 0))
  expect((await moneyOf(loop, ask))?.heldMinor).toBe(2 * (asked?.heldMinor ?? 0))
  const tasks = await read(manager, (tx) =>
    tx.selectFrom('task').select('id').where('campaign_id', '=', film).execute(),
  )
  expect(tasks).toHaveLength(20)
  await changeCampaign(manager, film, { terms: { ...terms, payMinor: 2 * (terms.payMinor ?? 0) } })
  expect((await moneyOf(loop, film))?.heldMinor).toBe(4 * (before?.heldMinor ?? 0))
  const lower = changeCampaign(manager, film, { terms })
  await expect(lower).rejects.toMatchObject({ code: 'wrong-state' })
  const tooMuch = changeCampaign(manager, film, { quota: 1_000_000 })
  await expect(tooMuch).rejects.toMatchObject({ code: 'not-enough-funds' })
  expect((await read(manager, (tx) => readCampaign(tx, film)))?.quota).toBe(20)
})

test('WR-4 WR-8 the rate is shown before accepting, and the pay accepted is the pay given', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await loop.demonstrate({ quota: 3 })
  const worker = await lab.worker()
  const { payMinor, estimateSeconds } = loop.drafts.takes.terms
  const offer = await ok(chiron, taskRoutes.readOffer, { params: { campaignId }, headers: worker.headers })
  expect(offer.expectedHourlyMinor).toBe(Math.floor(((payMinor ?? 0) * 3600) / (estimateSeconds ?? 1)))
  await agree(chiron, worker, campaignId)
  const lease = await claim(chiron, worker, campaignId)
  expect(lease?.payMinor).toBe(payMinor)
  await changeCampaign(lab.as('manager'), campaignId, {
    terms: { ...loop.drafts.takes.terms, payMinor: (payMinor ?? 0) + 50 },
  })
  const answer = takeAnswer(await uploaded(worker, lab, goodClip()), deps.clock.now())
  const take = await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer })
  expect(take.payMinor).toBe(payMinor)
  await chiron.drain()
  const { balances } = await ok(chiron, payRoutes.earnings, { headers: worker.headers })
  const { state } = await ownSubmission(chiron, worker, take.id)
  const given = state === 'accepted' ? balances[0]?.availableMinor : balances[0]?.pendingMinor
  expect(given).toBe(take.payMinor)
})

test('PAY-9 PAY-12 every job twice and at once: set aside at the answer, paid at the verdict', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const asking = await loop.choose({ quota: 2 })
  const upload = await takeFile(lab.as('manager'), {
    file: goodClip(),
    uploadId: crypto.randomUUID(),
    purpose: 'episode',
    memberId: lab.memberId('manager'),
  })
  await importEpisode(lab.as('manager'), {
    id: crypto.randomUUID(),
    campaignId: asking,
    uploadId: upload.uploadId,
    rights: 'Test pictures made by this test.',
  })
  await chiron.drain()
  const settle = jobs.find(({ name }) => name === 'pay.settle')!
  const again = async () => {
    const rows = await read(lab.as('manager'), (tx) => tx.selectFrom('submission').select('id').execute())
    const run = ({ id: subjectId }: { id: string }) =>
      settle.run(deps, { workspaceId: lab.workspaceId, recordId: '', action: '', subjectId, facts: {} })
    await Promise.all([...rows, ...rows].map(run))
  }
  const workers = [await lab.worker('A'), await lab.worker('B')] as const
  const pay = loop.drafts.questions.terms.payMinor ?? 0
  for (const [at, worker] of workers.entries()) {
    await judge(chiron, { worker, campaignId: asking, outcome: 'outcome.success' })
    await again()
    if (at === 0) expect(await moneyOf(loop, asking)).toMatchObject({ pendingMinor: pay, spentMinor: 0 })
    await chiron.drain()
    await again()
  }
  expect(await moneyOf(loop, asking)).toMatchObject({ pendingMinor: 0, spentMinor: 2 * pay })
  for (const { headers } of workers) {
    const { balances, lines } = await ok(chiron, payRoutes.earnings, { headers })
    expect(balances).toMatchObject([{ availableMinor: pay, pendingMinor: 0 }])
    expect(lines.items.map(({ what }) => what)).toEqual(['accepted', 'pending'])
  }
  expect(await overview(loop)).toMatchObject({ sumsToZero: true, owed: [{ amountMinor: 2 * pay }] })
})

test('PAY-12 WR-14 rejected work gives its pay back to the campaign; an upheld appeal pays it after all', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const flow = {
    ...loop.drafts.takes.flow,
    answers: null,
    acceptLabels: [],
    review: { whenDisputed: true, sampleRatio: 1 },
  }
  const campaignId = await loop.demonstrate({ flow, quota: 2 })
  const escrowed = (await moneyOf(loop, campaignId))?.heldMinor ?? 0
  const worker = await lab.worker()
  await agree(chiron, worker, campaignId)
  const take = await film(chiron, loop, { worker, campaignId, file: goodClip(), durationMs: 4000 })
  await chiron.drain()
  const openReview = () =>
    read(lab.as('manager'), (tx) =>
      tx.selectFrom('review').select(['id', 'why']).where('state', '=', 'open').executeTakeFirstOrThrow(),
    )
  const reject = {
    decision: 'reject',
    reasonCode: 'not-filmed-now',
    momentMs: 10,
    hint: 'Start with both hands in the picture.',
  }
  await decideReview(lab.as('reviewer'), (await openReview()).id, reject as never)
  await chiron.drain()
  expect((await ownSubmission(chiron, worker, take.id)).state).toBe('rejected')
  expect(await moneyOf(loop, campaignId)).toMatchObject({
    heldMinor: escrowed,
    pendingMinor: 0,
    spentMinor: 0,
  })
  await moveCampaign(lab.as('manager'), campaignId, 'close')
  await chiron.drain()
  // PAY-14: the rejected take may still be appealed, so its pay stays.
  expect((await moneyOf(loop, campaignId))?.heldMinor).toBe(take.payMinor)
  await makeAppeal(worker.ctx, { id: crypto.randomUUID(), submissionId: take.id, text: 'Please look again.' })
  await decideReview(lab.as('manager'), (await openReview()).id, { decision: 'accept' } as never)
  await chiron.drain()
  expect((await ownSubmission(chiron, worker, take.id)).state).toBe('accepted')
  expect(await moneyOf(loop, campaignId)).toMatchObject({ heldMinor: 0, spentMinor: take.payMinor })
  const { balances } = await ok(chiron, payRoutes.earnings, { headers: worker.headers })
  expect(balances).toMatchObject([{ availableMinor: take.payMinor, pendingMinor: 0 }])
  expect((await overview(loop)).sumsToZero).toBe(true)
})

test('WR-24 PAY-12 taking a consent back costs no pay: what had passed its checks is paid, the rest is not', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await loop.demonstrate({ quota: 5 })
  const stopping = async (file: string, isChecked: boolean) => {
    const worker = await lab.worker()
    const consentId = await agree(chiron, worker, campaignId)
    const take = await film(chiron, loop, { worker, campaignId, file })
    if (isChecked) await chiron.drain()
    const { headers } = worker
    await ok(chiron, consentRoutes.withdraw, { headers, params: { consentId } })
    await chiron.drain()
    const [sums] = (await ok(chiron, payRoutes.earnings, { headers })).balances
    const { state } = await ownSubmission(chiron, worker, take.id)
    return { state, availableMinor: sums?.availableMinor ?? 0, pendingMinor: sums?.pendingMinor ?? 0 }
  }
  expect(await stopping(goodClip(), true)).toEqual({ state: 'accepted', availableMinor: 50, pendingMinor: 0 })
  expect(await stopping(darkClip(), true)).toEqual({ state: 'returned', availableMinor: 0, pendingMinor: 0 })
  expect(await stopping(goodClip(), false)).toEqual({ state: 'frozen', availableMinor: 0, pendingMinor: 0 })
  expect(await moneyOf(loop, campaignId)).toMatchObject({ pendingMinor: 0, spentMinor: 50 })
})

test('PAY-14 closing refunds what is not needed; the sweep the rest, when it is not needed any more', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await loop.demonstrate({ quota: 5 })
  const worker = await lab.worker()
  await agree(chiron, worker, campaignId)
  const lease = await claim(chiron, worker, campaignId)
  await moveCampaign(lab.as('manager'), campaignId, 'close')
  await chiron.drain()
  expect((await moneyOf(loop, campaignId))?.heldMinor).toBe(lease?.payMinor)
  deps.clock.advance(40 * 24 * 3600 * 1000)
  await chiron.sweepAll()
  await chiron.drain()
  await chiron.sweepAll()
  expect((await moneyOf(loop, campaignId))?.heldMinor).toBe(0)
})

test('PAY-9 pay whose job was lost is found by the sweep', async () => {
  const loop = await openLoop(chiron)
  const campaignId = await loop.demonstrate({ quota: 5 })
  const worker = await loop.lab.worker()
  await agree(chiron, worker, campaignId)
  const take = await film(chiron, loop, { worker, campaignId, file: goodClip(), durationMs: 4000 })
  expect(await moneyOf(loop, campaignId)).toMatchObject({ pendingMinor: 0 })
  for (const sweep of sweeps) await sweep.run(deps)
  expect(await moneyOf(loop, campaignId)).toMatchObject({ pendingMinor: take.payMinor })
  expect(systemCtx(deps, 'x', loop.lab.workspaceId).workspaceId).toBe(loop.lab.workspaceId)
  await chiron.drain()
})
