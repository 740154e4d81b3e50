import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { campaignRoutes, leaderboardRoutes, payRoutes } from '@chiron/contract'
import { ffmpegPath } from '@chiron/formats/node'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { type ArenaLab, fillArena, filmEarlier } from './arena-lab.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { type Desks, openDesks } from './desk.ts'
import { clipOf } from './pair-lab.ts'
import { accessFaults, join, newId, openPhone } from './worker-phone.ts'

const missing = whyNoBrowser()
const onDesk = test.skipIf(missing !== '')
/** Where a picture of each screen goes, when somebody wants to look at them. */
const PICTURES = process.env.CHIRON_PICTURES
const PATIENCE_MS = 300_000

let instance: Instance
let browser: Browser
let desks: Desks
let lab: ArenaLab
/** A run of the earlier version that worked; filmed once somebody compares. */
let filmedEarlier: string
let picture: string
let clip: string
const folder = mkdtempSync(path.join(tmpdir(), 'chiron-judging-'))

beforeAll(async () => {
  if (missing) return
  await buildApps({ apps: ['worker', 'console'], log: () => {} })
  instance = await startInstance()
  browser = await launchBrowser()
  desks = openDesks(browser, instance)
  lab = await fillArena(instance)
  const amount = { amountMinor: 1_000_000, currency: 'USD' }
  await lab.client.call(payRoutes.fund, { body: { id: newId(), amount, reference: 'for a test' } })
  picture = path.join(folder, 'success.png')
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=1:duration=1', '-frames:v', '1']
  execFileSync(ffmpegPath(), ['-hide_banner', '-loglevel', 'error', '-y', ...source, picture])
  clip = path.join(folder, 'falls.mp4')
  writeFileSync(clip, clipOf(1, ''))
  if (PICTURES) mkdirSync(PICTURES, { recursive: true })
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const look = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

/** The form of a new campaign from a template, with its title, its picture and the suite. */
async function beginFrom(templateId: string, title: string): Promise<Page> {
  const page = await (await desks.of('manager')).newPage()
  await page.goto(`${instance.url}/console/campaigns/new/${templateId}`)
  const panel = page.getByRole('complementary', { name: 'Publishing' })
  await panel.getByText('Choose the suite that is judged on.').waitFor()
  await page.getByLabel('Title', { exact: true }).fill(title)
  await page.locator('input[type=file]').first().setInputFiles(picture)
  await page.getByLabel('Suite', { exact: true }).selectOption(`${lab.suiteId} 1`)
  return page
}

const version = (page: Page, label: string) => page.getByRole('button', { name: `pi-zero ${label}` })

async function publish(page: Page, title: string): Promise<void> {
  await page.getByText('Nothing is missing').waitFor()
  await page.getByRole('button', { name: 'Publish to workers' }).click()
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  await page.close()
}

onDesk(
  'EVA-18 a manager has rollouts judged without any API; a phone answers; the verdict is on every screen',
  async () => {
    const title = 'Kitchen runs'
    const form = await beginFrom('judge-rollouts', title)
    await version(form, 'step-40k').click()
    // One person is asked, and their answer stands.
    await form.getByLabel('Ask at most').fill('1')
    await form.getByLabel('You look at').fill('0')
    await form.getByLabel('When they disagree to the end, a member decides').uncheck({ force: true })
    await look(form, 'console-outcome-form')
    await publish(form, title)

    const phone = await openPhone(browser)
    const { page } = phone
    await join(phone, instance, 'Judy')
    await page.goto(instance.url)
    await page.locator('a.offer').filter({ hasText: title }).click()
    await page.getByRole('button', { name: 'I want to do this' }).click()
    await page.getByText('Put the cup into the box.').waitFor()
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
    expect(await page.locator('body').textContent()).not.toMatch(/pi-zero|step-40k|front|cup-bright/)
    await page.getByText('Failure', { exact: true }).click()
    await page.getByText('Dropped the object').click()
    await page.getByRole('button', { name: /Mark this moment/ }).click()
    await look(page, 'phone-outcome')
    expect(await accessFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Send answer' }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/do/'))
    expect(phone.faults).toEqual([])
    await phone.context.close()

    const params = { suiteId: lab.suiteId, version: 1 }
    const board = () => lab.client.call(leaderboardRoutes.read, { params })
    await expect
      .poll(async () => (await board()).items.find(({ judgedCount }) => judgedCount > 0)?.failures, {
        timeout: 60_000,
      })
      .toContainEqual({ failureId: 'failure.dropped', rolloutCount: 5 })
    const desk = await (await desks.of('manager')).newPage()
    await desk.goto(`${instance.url}/console/evaluate/rollouts/${lab.filmed}`)
    await desk.getByRole('heading', { name: 'What people judged' }).waitFor()
    await desk.getByText('Because: Dropped the object.').waitFor()
    await desk.getByRole('button', { name: /It goes wrong at/ }).click()
    await look(desk, 'console-rollout-judged')
    await desk.goto(`${instance.url}/console/evaluate/suites/${lab.suiteId}?v=1&tab=leaderboard`)
    await desk.getByRole('heading', { name: 'Why they failed' }).waitFor()
    await desk.getByText('1 judged by people').waitFor()
    await look(desk, 'console-board-judged')
    await desk.close()
    desks.expectNoFaults()
  },
  PATIENCE_MS,
)

onDesk(
  'EVA-20 a manager has rollouts rated without any API; a phone rates with one thumb; the means are on the leaderboard',
  async () => {
    const title = 'How well it goes'
    const form = await beginFrom('rate-rollouts', title)
    await version(form, 'step-40k').click()
    await form.getByLabel('What 1 means').first().fill('It falls.')
    // What 1 looks like, as a clip; what 5 looks like, as a picture.
    const examples = form.locator('.question').first().locator('input[type=file]')
    await examples.nth(0).setInputFiles(clip)
    await examples.nth(1).setInputFiles(picture)
    for (const mark of [1, 5])
      await form.getByRole('button', { name: `Remove the example of ${mark}` }).waitFor()
    await form.getByLabel('Known answers among them').fill('10')
    await look(form, 'console-rate-form')
    await publish(form, title)

    const phone = await openPhone(browser)
    const { page } = phone
    await join(phone, instance, 'Rita')
    await page.goto(instance.url)
    await page.locator('a.offer').filter({ hasText: title }).click()
    await page.getByRole('button', { name: 'I want to do this' }).click()
    await page.getByText('Put the cup into the box.').waitFor()
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
    expect(await page.locator('body').textContent()).not.toMatch(/pi-zero|step-40k|front|cup-bright/)
    await page.getByText('See an example of 1').click()
    const example = page.locator('video.rate-example')
    await expect
      .poll(() => example.evaluate((video: HTMLVideoElement) => video.readyState))
      .toBeGreaterThan(0)
    await page.getByText('See an example of 5').click()
    const shown = page.locator('img.rate-example')
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
    const scale = (name: string) => page.getByRole('radiogroup', { name })
    const send = page.getByRole('button', { name: 'Send answer' })
    await scale('How well does it keep its balance?').getByRole('radio', { name: '4' }).check({ force: true })
    expect(await send.isDisabled()).toBe(true)
    await scale('How safe is it with people and things?')
      .getByRole('radio', { name: 'I cannot tell' })
      .check({ force: true })
    await look(page, 'phone-rate')
    const { overflow, small } = await page.evaluate(measure)
    expect([overflow, ...small]).toEqual([0])
    expect(await accessFaults(page)).toEqual([])
    await send.click()
    await page.waitForURL((url) => !url.pathname.startsWith('/do/'))
    expect(phone.faults).toEqual([])
    await phone.context.close()

    const params = { suiteId: lab.suiteId, version: 1 }
    const ratings = async () =>
      (await lab.client.call(leaderboardRoutes.read, { params })).items.flatMap((item) => item.ratings)
    await expect
      .poll(ratings, { timeout: 60_000 })
      .toEqual([{ scaleId: 'scale.balance-recovery', value: 4, low: null, high: null, n: 1, ratingCount: 1 }])
    const desk = await (await desks.of('manager')).newPage()
    await desk.goto(`${instance.url}/console/evaluate/suites/${lab.suiteId}?v=1&tab=leaderboard`)
    await desk.getByRole('heading', { name: 'How people rated them' }).waitFor()
    await look(desk, 'console-board-rated')
    await desk.close()
    desks.expectNoFaults()
  },
  PATIENCE_MS,
)

onDesk(
  'EVA-14 a comparison is set up from its template, what cannot be compared is told in words, and a phone votes',
  async () => {
    const title = 'Which of the two'
    const form = await beginFrom('compare-robots', title)
    await version(form, 'step-40k').click()
    await form.getByText('Choose at least two policy versions to compare.').waitFor()
    await version(form, 'step-20k').click()
    await form.getByLabel('Buy votes until').selectOption('best')
    await look(form, 'console-compare-form')
    await form.getByText('Nothing is missing').waitFor()
    // Real beside simulated only where both are compared, and only when a manager says so.
    const mixing = form.getByLabel('Real runs may meet simulated ones')
    expect(await mixing.count()).toBe(0)
    await form.getByLabel('Runs', { exact: true }).selectOption('both')
    await mixing.check({ force: true })
    await form.getByLabel('Runs', { exact: true }).selectOption('real')
    await form.getByText('Nothing is missing').waitFor()
    await form.getByLabel('Runs', { exact: true }).selectOption('both')
    expect(await mixing.isChecked()).toBe(false)
    await mixing.check({ force: true })
    await look(form, 'console-compare-mixed')
    // Of the earlier version nobody filmed a run.
    await form.getByRole('button', { name: 'Publish to workers' }).click()
    await form.getByText(/have no rollout with a video/).waitFor()
    filmedEarlier = await filmEarlier(lab)
    await publish(form, title)
    const { items } = await lab.client.call(campaignRoutes.list)
    expect(items.find(({ kind }) => kind === 'compare')).toMatchObject({
      state: 'published',
      config: { world: 'both', mixesWorlds: true, until: 'best', policyVersionIds: [...lab.versionIds] },
    })

    const phone = await openPhone(browser)
    const { page } = phone
    await join(phone, instance, 'Petra')
    await page.goto(instance.url)
    await page.locator('a.offer').filter({ hasText: title }).click()
    await page.getByRole('button', { name: 'I want to do this' }).click()
    await page.getByText('Put the cup into the box.').waitFor()
    await page.getByText('A is better').click()
    const asked = page.url()
    await page.getByRole('button', { name: 'Send answer' }).click()
    await page.waitForURL((url) => url.href !== asked)
    expect(phone.faults).toEqual([])
    await phone.context.close()
    const desk = await (await desks.of('manager')).newPage()
    await desk.goto(`${instance.url}/console/evaluate/suites/${lab.suiteId}?v=1&tab=leaderboard`)
    await desk.getByText(/^One vote;/).waitFor({ timeout: 60_000 })
    await look(desk, 'console-board-compared')
    await desk.close()
    desks.expectNoFaults()
  },
  PATIENCE_MS,
)

onDesk(
  'EVA-21 EVA-23 a manager states a known pair and a known rating on the pages of their campaigns',
  async () => {
    const { items } = await lab.client.call(campaignRoutes.list)
    const campaignOf = (kind: string) => items.find((each) => each.kind === kind)?.id ?? ''
    const desk = await (await desks.of('manager')).newPage()
    const cardOf = (name: string) =>
      desk.locator('.card').filter({ has: desk.getByRole('heading', { name, exact: true }) })
    await desk.goto(`${instance.url}/console/campaigns/${campaignOf('compare')}`)
    const pairs = cardOf('Known pairs')
    const state = pairs.getByRole('button', { name: 'State this pair' })
    const worse = pairs.getByLabel('Clearly worse: it failed at the same')
    expect(await worse.isDisabled()).toBe(true)
    await choose(pairs.getByLabel('Clearly better: it worked'), filmedEarlier)
    expect(await state.isDisabled()).toBe(true)
    await choose(worse, lab.filmed)
    await look(desk, 'console-known-pairs')
    await state.click()
    await desk.getByText('Stated. It is mixed among the others.').waitFor()
    // What is stated is chosen anew, so that nobody states one pair twice by a second click.
    await expect.poll(() => state.isDisabled()).toBe(true)

    const campaignId = campaignOf('rate')
    await desk.goto(`${instance.url}/console/campaigns/${campaignId}`)
    const ratings = cardOf('Known ratings')
    await ratings.getByText('None is being asked about yet.').waitFor()
    await choose(ratings.getByLabel('A rollout that is clear'), lab.filmed)
    await ratings.locator('select').nth(1).selectOption('2')
    await ratings.getByRole('button', { name: 'State this rating' }).click()
    await ratings.getByText('One rollout is being asked about.').waitFor()
    await look(desk, 'console-known-ratings')
    const known = await lab.client.call(leaderboardRoutes.knownRatings, { params: { campaignId } })
    expect(known).toEqual({ askedCount: 1, items: [] })
    expect(await accessFaults(desk)).toEqual([])
    await desk.close()
    desks.expectNoFaults()
  },
  PATIENCE_MS,
)

/** Chooses once the list has come. */
async function choose(select: Locator, value: string): Promise<void> {
  await select.locator(`option[value="${value}"]`).waitFor({ state: 'attached' })
  await select.selectOption(value)
}

function measure(): { overflow: number; small: string[] } {
  const targets = 'button, a[href], input[type=range], [role=slider], label:has(input), summary'
  const small = [...document.querySelectorAll<HTMLElement>(targets)]
    .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 47.5)
    .map((target) => target.outerHTML.slice(0, 100))
  return { overflow: document.documentElement.scrollWidth - innerWidth, small }
}
