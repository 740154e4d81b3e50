import type { CampaignDraft } from '@chiron/contract'
import { campaignTemplates } from '@chiron/core/campaign'
import { starterOntology } from '@chiron/core/ontology'
import { expect, test } from 'vitest'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { read, tidy } from '../../platform/tx.ts'
import { type TestWorkspace, testChiron } from '../../testing.ts'
import { latestNotice } from '../consent/index.ts'
import { createOntology } from '../ontology/index.ts'
import { changeInside } from './change-inside.ts'
import { createCampaign } from './create-campaign.ts'
import { moveCampaign, moveInside } from './move-campaign.ts'
import { listPublished, readCampaign, readTerms } from './store.ts'

const chiron = await testChiron()

async function draftOf(lab: TestWorkspace, templateId = 'film-task'): Promise<CampaignDraft> {
  const { name, terms } = starterOntology
  const { ontologyId } = await createOntology(lab.as('manager'), { name, terms: [...terms] as never })
  const template = campaignTemplates.find((each) => each.id === templateId)
  return { ...template!.draft, ontologyId, ontologyVersion: 1 }
}

const change = (ctx: Ctx, id: string, fields: Partial<CampaignDraft>) =>
  tidy(ctx, (tx) => changeInside(tx, ctx, { id, change: fields }))
const publish = (ctx: Ctx, id: string) => tidy(ctx, (tx) => moveInside(tx, ctx, id, 'publish'))

test('CPN-1 a campaign starts as a draft and keeps what was sent', async () => {
  const lab = await chiron.workspace()
  const draft = await draftOf(lab)
  const unfinished = { ...draft, terms: { ...draft.terms, payMinor: null } }
  const made = await createCampaign(lab.as('manager'), unfinished)
  expect(made).toMatchObject({ ...unfinished, state: 'draft', termsVersion: 1, noticeVersion: 1 })
  await expect(createCampaign(lab.as('auditor'), draft)).rejects.toMatchObject({ code: 'not-allowed' })
})

test('CPN-2 what it refers to must be there, and fit', async () => {
  const [lab, other] = [await chiron.workspace(), await chiron.workspace()]
  const manager = lab.as('manager')
  const [film, judge] = [await draftOf(lab), await draftOf(lab, 'judge-outcome')]
  const foreign = await createCampaign(other.as('manager'), await draftOf(other))
  const wrong = (fields: Partial<CampaignDraft>) =>
    expect(createCampaign(manager, { ...film, ...fields })).rejects.toMatchObject({ code: 'bad-input' })
  await wrong({ ontologyVersion: 2 })
  await wrong({ ontologyId: foreign.ontologyId })
  await wrong({ exampleMediaId: newId(chiron.deps.clock) })
  await wrong({ ...judge, sourceCampaignId: foreign.id })
  const source = await createCampaign(manager, film)
  await wrong({ sourceCampaignId: source.id })
  const asking = await createCampaign(manager, { ...judge, sourceCampaignId: source.id })
  await wrong({ ...judge, sourceCampaignId: asking.id })
})

test('CPN-3 a campaign moves from draft to published, pauses, goes on and closes', async () => {
  const lab = await chiron.workspace()
  const manager = lab.as('manager')
  const { id } = await createCampaign(manager, await draftOf(lab))
  const refused = (step: 'pause' | 'resume' | 'close') =>
    expect(moveCampaign(manager, id, step)).rejects.toMatchObject({ code: 'wrong-state' })
  for (const step of ['pause', 'resume', 'close'] as const) await refused(step)
  expect((await publish(manager, id)).publishedAt).toEqual(chiron.deps.clock.now())
  await expect(publish(manager, id)).rejects.toMatchObject({ code: 'wrong-state' })
  await refused('resume')
  expect((await moveCampaign(manager, id, 'pause')).state).toBe('paused')
  expect((await moveCampaign(manager, id, 'resume')).state).toBe('published')
  expect((await moveCampaign(manager, id, 'close')).state).toBe('closed')
  for (const step of ['pause', 'resume', 'close'] as const) await refused(step)
  await expect(change(manager, id, { quota: 200 })).rejects.toMatchObject({ code: 'wrong-state' })
})

test('CPN-4 CPN-6 new terms and new notices are new versions; the old ones stay', async () => {
  const lab = await chiron.workspace()
  const manager = lab.as('manager')
  const { id, terms } = await createCampaign(manager, await draftOf(lab))
  const raised = await change(manager, id, { terms: { ...terms, payMinor: 200 } })
  expect(raised.after).toMatchObject({ termsVersion: 2, noticeVersion: 1 })
  expect(raised.fields).toEqual(['terms'])
  const told = await change(manager, id, { terms: { ...terms, retentionDays: 30 } })
  expect(told.after).toMatchObject({ termsVersion: 3, noticeVersion: 2 })
  const same = await change(manager, id, { title: { en: 'Cup on plate' } })
  expect(same.after).toMatchObject({ termsVersion: 3, noticeVersion: 2, title: { en: 'Cup on plate' } })
  await read(manager, async (tx) => {
    expect((await readTerms(tx, id, 1))?.payMinor).toBe(120)
    expect((await readTerms(tx, id, 2))?.payMinor).toBe(200)
    expect(await latestNotice(tx, id)).toMatchObject({
      version: 2,
      retentionDays: 30,
      purpose: terms.purpose,
    })
  })
})

test('CPN-5 WR-8 once published, terms change only for the better', async () => {
  const lab = await chiron.workspace()
  const manager = lab.as('manager')
  const { id, terms, flow } = await createCampaign(manager, await draftOf(lab))
  await publish(manager, id)
  const refused = (fields: Partial<CampaignDraft>) =>
    expect(change(manager, id, fields)).rejects.toMatchObject({ code: 'wrong-state' })
  await refused({ terms: { ...terms, payMinor: 119 } })
  await refused({ terms: { ...terms, estimateSeconds: 60 } })
  await refused({ terms: { ...terms, recipients: { en: 'Everybody' } } })
  await refused({ terms: { ...terms, retentionDays: 9999 } })
  await refused({ quota: 99 })
  await refused({ flow })
  await refused({ config: {} })
  const better = await change(manager, id, { terms: { ...terms, payMinor: 121 }, quota: 101 })
  expect(better.after).toMatchObject({ termsVersion: 2, quota: 101 })
})

test('CPN-7 another workspace sees nothing of it, a worker what is published where they joined', async () => {
  const [lab, other] = [await chiron.workspace(), await chiron.workspace()]
  const [worker, stranger] = [await lab.worker(), await other.worker()]
  const { id } = await createCampaign(lab.as('manager'), await draftOf(lab))
  const seenBy = (ctx: Ctx) => read(ctx, async (tx) => (await listPublished(tx)).map((each) => each.id))
  expect(await seenBy(worker.ctx)).toEqual([])
  await publish(lab.as('manager'), id)
  expect(await seenBy(worker.ctx)).toEqual([id])
  expect(await seenBy(stranger.ctx)).toEqual([])
  expect(workspaceOf(other.as('manager'))).not.toBe(lab.workspaceId)
  expect(await read(other.as('manager'), (tx) => readCampaign(tx, id))).toBeUndefined()
  await expect(moveCampaign(other.as('manager'), id, 'pause')).rejects.toMatchObject({ code: 'not-found' })
})
