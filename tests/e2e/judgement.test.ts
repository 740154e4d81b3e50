import {
  type CampaignDraft,
  campaignRoutes,
  qualityRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { draftOf, type HandlessWorker, joinLab, waitFor } from './console-lab.ts'
import { type Desks, openDesks, showScreen } from './desk.ts'
import { newId, signInAsMember } from './worker-phone.ts'

const missing = whyNoBrowser()
if (missing) console.log(`judgement is not tested in a browser: ${missing}`)
const onDesk = test.skipIf(missing !== '')

const CLIPS = 5
/** Two clips everybody agrees on; about the others people go on to differ. */
const AGREED = 2

let instance: Instance
let browser: Browser
let desks: Desks
let manager: Awaited<ReturnType<typeof signInAsMember>>
let campaignId = ''

beforeAll(async () => {
  if (missing) return
  await buildApps({ apps: ['console'], log: () => {} })
  instance = await startInstance()
  browser = await launchBrowser()
  desks = openDesks(browser, instance)
  manager = await signInAsMember(instance, 'owner')
  campaignId = await publishAsking({ min: 3, max: 9, sureAt: 0.7 })
  for (let at = 0; at < 3; at += 1) {
    const worker = await joinLab(instance, `Early ${at}`)
    await answerAll(worker, campaignId, (place) => OUTCOMES[place < AGREED ? 0 : (at + place) % 3])
  }
  await waitFor(async () => (await judgement()).settledCount === AGREED)
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  desks?.expectNoFaults()
})

const judgement = (id = campaignId) => manager(qualityRoutes.judgement, { params: { campaignId: id } })

type Answers = NonNullable<CampaignDraft['flow']['answers']>

async function publishAsking(answers: Answers): Promise<string> {
  const { items } = await manager(campaignRoutes.list)
  const model = items.find(({ kind }) => kind === 'choose')
  if (!model) throw new Error('the demo workspace asks about its clips')
  const flow = { ...model.flow, answers, review: { whenDisputed: true, sampleRatio: 0 } }
  const title = { ...model.title, en: 'Did it land?', ar: 'هل هبط؟' }
  const draft = { ...draftOf(model), title, flow, goldRatio: 0.3 }
  const made = await manager(campaignRoutes.create, { body: draft })
  await manager(campaignRoutes.publish, { params: { campaignId: made.id } })
  await waitFor(async () => {
    const { campaign } = await manager(campaignRoutes.read, { params: { campaignId: made.id } })
    return campaign.counts.openTasks === CLIPS
  })
  return made.id
}

const OUTCOMES = ['outcome.success', 'outcome.failure', 'outcome.unclear'] as const

/** Answers whatever is offered: `says` gives the outcome by how many were answered before. */
async function answerAll(
  { client }: HandlessWorker,
  id: string,
  says: (place: number) => string | undefined,
): Promise<void> {
  for (let place = 0; ; place += 1) {
    const { lease } = await client.call(taskRoutes.claim, { body: { campaignId: id, termsVersion: 1 } })
    if (!lease) return
    const outcome = says(place) ?? 'outcome.unclear'
    const choices = { outcome, ...(outcome === 'outcome.failure' ? { failure: 'failure.dropped' } : {}) }
    const body = { id: newId(), leaseId: lease.id, answer: { choices }, activeMs: 9000 }
    await client.call(submissionRoutes.submit, { body })
  }
}

/** A campaign in which two answers are stated at the start, and nine people answer the rest: gold among them. */
async function runWithGold(): Promise<string> {
  const id = await publishAsking({ min: 9, max: 9, sureAt: 0.9 })
  const { items } = await manager(qualityRoutes.judgedTasks, { params: { campaignId: id } })
  for (const { taskId } of items.slice(0, 2)) {
    const params = { campaignId: id, taskId }
    await manager(qualityRoutes.stateAnswer, { params, body: { label: 'outcome.success' } })
  }
  for (let at = 0; at < 9; at += 1)
    await answerAll(await joinLab(instance, `Late ${at}`), id, () => OUTCOMES[at % 3])
  return id
}

async function show(page: Page, id = campaignId): Promise<void> {
  await showScreen(page, `${instance.url}/console/campaigns/${id}/judgement`)
  await page.getByRole('heading', { level: 1, name: /Judgement|الحُكم/ }).waitFor()
}

onDesk(
  'a reviewer states answers, gold runs among the questions, and the page shows how good the judgement is',
  async () => {
    const page = await (await desks.of('reviewer')).newPage()
    await show(page)
    await page.getByText('Nobody has said yet what is true').waitFor()
    await page.getByRole('link', { name: 'State some answers' }).click()
    await page.getByRole('tab', { name: 'Settled', selected: true }).waitFor()
    for (let at = 0; at < AGREED; at += 1) {
      await page
        .getByLabel(/^State the answer of/)
        .nth(at)
        .selectOption('outcome.success')
      await waitFor(async () => (await judgement()).gold.statedCount === at + 1)
    }
    await page.getByRole('link', { name: `${AGREED} questions with a known answer` }).waitFor()

    await page.getByRole('img', { name: 'As right as sure?' }).waitFor()
    const people = page.getByRole('figure', { name: 'Who answers how well' })
    await people.getByRole('link').last().click()
    await page.waitForURL(/worker=/)
    await page.getByRole('table', { name: /^What .* said when which was true$/ }).waitFor()
    await page.reload()
    await page.getByRole('table', { name: /^What .* said when which was true$/ }).waitFor()

    // From a question to its clip, and there what the verdict rests on.
    await page
      .getByRole('link', { name: /^Recording / })
      .first()
      .click()
    await page.getByRole('heading', { name: 'What it rests on' }).waitFor()
    await page.getByText(/weighed by how well each person answers elsewhere/).waitFor()

    // Where answers are known from the start, people get them among the others.
    const withGold = await runWithGold()
    await waitFor(async () => (await judgement(withGold)).answers.gold > 0)
    await show(page, withGold)
    const { answers } = await judgement(withGold)
    const all = answers.gold + answers.regular
    await page
      .getByText(`${answers.gold} of ${all} answers were to questions whose answer was known`)
      .waitFor()

    // QLT-6: what is asked as known can be taken out again.
    const stated = await publishAsking({ min: 9, max: 9, sureAt: 0.9 })
    const params = { campaignId: stated }
    const [first] = (await manager(qualityRoutes.judgedTasks, { params })).items
    const known = { params: { ...params, taskId: first!.taskId }, body: { label: 'outcome.success' } }
    await manager(qualityRoutes.stateAnswer, known)
    await show(page, stated)
    await page.getByRole('tab', { name: 'Known', exact: true }).click()
    const retire = page.getByRole('button', { name: /^Stop asking .* as known$/ })
    await retire.click()
    await retire.waitFor({ state: 'detached' })
    const { items } = await manager(qualityRoutes.judgedTasks, { params })
    expect(items.filter(({ isGoldRetired }) => isGoldRetired).map(({ taskId }) => taskId)).toEqual([
      first!.taskId,
    ])
    await page.close()
  },
  240_000,
)
