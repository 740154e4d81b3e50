import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { accountRoutes, campaignRoutes, payRoutes, reviewRoutes } from '@chiron/contract'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, type MemberRole, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { ffmpeg } from './capture-browser.ts'
import { type Lab, waitFor, workInLab } from './console-lab.ts'
import { DESK, type Desks, openDesks, PHONE, showScreen } from './desk.ts'
import { seriousFaults } from './worker-phone.ts'

const missing = whyNoBrowser()
if (missing) console.log(`the console is not tested in a browser: ${missing}`)
const onDesk = test.skipIf(missing !== '')

const PUBLISH_PATIENCE_MS = 120_000

let folder = ''
let instance: Instance
let browser: Browser
let lab: Lab
let desks: Desks

beforeAll(async () => {
  if (missing) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-console-'))
  await buildApps({ apps: ['console'], log: () => {} })
  instance = await startInstance()
  browser = await launchBrowser()
  desks = openDesks(browser, instance)
  lab = await workInLab(instance)
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
  desks?.expectNoFaults()
})

async function open(role: MemberRole, where: string): Promise<Page> {
  const page = await (await desks.of(role)).newPage()
  await show(page, where)
  return page
}

const show = (page: Page, where: string): Promise<void> => showScreen(page, `${instance.url}/console${where}`)

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

onDesk('a link signs in once; whoever has none finds out what to do', async () => {
  await desks.of('manager')
  const context = desks.watch(await browser.newContext({ viewport: DESK }))
  const page = await context.newPage()
  await page.goto(`${instance.url}/console/campaigns`)
  await page.getByRole('heading', { name: 'Sign in to the console' }).waitFor()
  expect(page.url()).toBe(`${instance.url}/console/sign-in`)
  await page.goto(instance.consoleLink('manager'))
  await page.getByText('This link was used already').waitFor()
  expect(page.url()).not.toContain('#')
  await page.getByRole('link', { name: 'Other ways to sign in' }).click()
  await button(page, 'Sign in with a passkey').waitFor()
  await context.close()
})

onDesk('a manager makes a campaign from a template and publishes it in under two minutes', async () => {
  const page = await open('manager', '/campaigns')
  const startedMs = Date.now()
  await page.keyboard.press('n')
  await page.getByRole('link', { name: /Film a task at home/ }).click()
  const panel = page.getByRole('complementary', { name: 'Publishing' })
  await panel.getByText('One thing is missing').waitFor()
  await page.getByLabel('Title', { exact: true }).fill('Fold a towel')
  const picture = path.join(folder, 'success.png')
  ffmpeg(['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=1:duration=1', '-frames:v', '1', picture])
  await page.locator('input[type=file]').setInputFiles(picture)
  await panel.getByText('Nothing is missing').waitFor()
  await page.getByRole('tab', { name: 'Arabic' }).click()
  await page.getByLabel('Title', { exact: true }).fill('اطوِ منشفة')
  // What was written in two languages only would still be the template's task in the others.
  await page.getByText(/^Not changed yet: Spanish, Filipino, /).waitFor()
  await button(page, /^Remove Spanish, Filipino/).click()
  // Half the time doubles the hour's pay, at once.
  await page.getByText('$18.00 an hour').waitFor()
  await page.getByLabel('Time one takes').fill('120')
  await page.getByText('$36.00 an hour').waitFor()
  await page.getByLabel('Recordings wanted').fill('2000')
  await panel.getByText('Missing', { exact: true }).waitFor()
  expect(await button(page, 'Publish to workers').isDisabled()).toBe(true)
  await panel.getByRole('button', { name: 'Put in funds' }).click()
  await panel.getByRole('button', { name: /^Put in \$/ }).click()
  await button(page, 'Publish to workers').click()
  await page.getByRole('heading', { name: 'Fold a towel', level: 1 }).waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  expect(Date.now() - startedMs).toBeLessThan(PUBLISH_PATIENCE_MS)

  await button(page, 'Make the link').click()
  await page.locator('svg.qr').waitFor()
  expect(await page.locator('.invite-made .copy-text').textContent()).toContain(`${instance.url}/join#`)

  await button(page, 'Pause').click()
  await page.getByText('Paused', { exact: true }).waitFor()
  await button(page, 'Undo').click()
  await page.getByText('Live', { exact: true }).waitFor()
  const { items } = await lab.manager(campaignRoutes.list)
  const made = items.find(({ title }) => title.en === 'Fold a towel')
  expect(made).toMatchObject({ state: 'published', quota: 2000 })
  expect(made?.title).toEqual({ en: 'Fold a towel', ar: 'اطوِ منشفة' })
  expect(made?.briefs.ar?.title).toBe('اطوِ منشفة')
  await page.close()
})

onDesk('what people accepted can only get better', async () => {
  const amount = { amountMinor: 10_000, currency: 'USD' }
  await lab.manager(payRoutes.fund, { body: { id: crypto.randomUUID(), amount, reference: 'two more' } })
  const page = await open('manager', `/campaigns/${lab.filming.id}/edit`)
  await page.getByText('People have accepted these terms.').waitFor()
  expect(await page.getByLabel('Time one takes').isDisabled()).toBe(true)
  await page.getByLabel('Recordings wanted').fill('14')
  await button(page, 'Save the changes').click()
  await page.getByText('0 of 14 wanted').waitFor()
  await page.close()
})

onDesk(
  'a reviewer works the queue by keyboard: settles, takes back, settles, returns with a reason',
  async () => {
    const page = await open('reviewer', '/review?why=disputed')
    await page.waitForSelector('.queue-item[aria-current]')
    const first = page.url()
    await page.keyboard.press('j')
    await page.waitForFunction((before) => location.href !== before, first)
    await page.keyboard.press('k')
    await page.waitForURL(first)
    const reviewId = new URL(first).pathname.split('/').at(-1) ?? ''
    await page.getByText('Which answer is right?').waitFor()
    await page.keyboard.press('a')
    expect(await page.getByText('Choose the right answer first.').isVisible()).toBe(true)
    await page.keyboard.press('1')
    await page.keyboard.press('a')
    await page.getByText('Settled. Sent in 5 seconds.').waitFor()
    await page.waitForFunction((before) => location.href !== before, first)
    await page.keyboard.press('u')
    await page.waitForURL(first)
    const readOne = () => lab.manager(reviewRoutes.read, { params: { reviewId } })
    expect(await readOne()).toMatchObject({ state: 'open' })
    await page.getByText('Which answer is right?').waitFor()
    await page.keyboard.press('1')
    await page.keyboard.press('a')
    await waitFor(async () => {
      const { state, decision, episode } = await readOne()
      return state === 'done' && decision === 'accept' && episode?.verdict?.label === 'outcome.success'
    })

    await show(page, `/review?why=sampled&campaignId=${lab.filming.id}`)
    await page.waitForSelector('.queue-item[aria-current]')
    const takeId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await button(page, /Return/).waitFor()
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('.')
    await page.locator('video[data-presented-frame="6"]').waitFor()
    await page.keyboard.press('r')
    await page.getByLabel('What it does not meet').selectOption('hands-hidden')
    await page.getByRole('heading', { name: 'Return for another take' }).click()
    await page.keyboard.press('m')
    await page.getByText('Moment 0:00.2').waitFor()
    await page.keyboard.press('Control+Enter')
    // Leaving the page sends what is held: a decision made is a decision sent.
    await page.getByText('Returned. Sent in 5 seconds.').waitFor()
    await page.goto('about:blank')
    await page.close()
    await waitFor(async () => {
      const { items } = await lab.manager(reviewRoutes.list, { query: { state: 'done', limit: 50 } })
      return items.some(({ id, decision }) => id === takeId && decision === 'return')
    })
  },
)

onDesk('an auditor verifies the log and finds nothing to change', async () => {
  const page = await open('auditor', '/log')
  await button(page, 'Verify all of it').click()
  await page.getByText(/^It holds: the tree was made anew from \d+ records/).waitFor()
  // Of more records than a window holds only those in view are drawn.
  expect(await page.locator('tbody tr[aria-rowindex]').count()).toBeLessThan(80)
  await page.locator('tbody tr[data-row]').nth(3).click()
  await page.getByText(/^Checked in this browser: entry \d+ is in the signed tree/).waitFor()
  expect(page.url()).toContain('record=')
  await page.reload()
  await page.getByText(/^Checked in this browser: entry \d+ is in the signed tree/).waitFor()

  const writes = /^(New|Pause|Edit|Close…|Accept|Return|Reject|Settle|Put|Invite|Build|Add|Make|Paid)\b/
  const { items } = await lab.manager(reviewRoutes.list)
  const places = ['/campaigns', `/campaigns/${lab.filming.id}`, `/review/${items[0]?.id}`, '/datasets']
  for (const where of [...places, '/people', '/pay', '/settings', '/settings?tab=ontology']) {
    await show(page, where)
    expect(await button(page, writes).allTextContents(), where).toEqual([])
    expect(await page.getByRole('link', { name: writes }).allTextContents(), where).toEqual([])
  }
  const status = await page.evaluate(
    async (url) => {
      const headers = { 'content-type': 'application/json', 'x-chiron-app': 'console' }
      return (await fetch(url, { method: 'POST', headers, body: '{}' })).status
    },
    campaignRoutes.pause.path.replace(':campaignId', lab.filming.id),
  )
  expect(status).toBe(403)
  await page.close()
})

onDesk('a dataset is built with its progress in view and says how to take and check it', async () => {
  const page = await open('manager', '/datasets?new=1')
  await page.getByLabel('Campaign').selectOption({ label: 'Film a task at home: put a thing on a target' })
  await page.getByLabel('Name').fill('first-light')
  await button(page, 'Build it').click()
  await page.getByText('Ready', { exact: true }).waitFor()
  await page.getByText(/npx chiron export \S+ --name first-light --out first-light/).waitFor()
  await page.getByText('npx chiron verify first-light').waitFor()
  await page.getByRole('tab', { name: /Files/ }).click()
  await page.getByText('meta/info.json').waitFor()
  await page.close()
})

onDesk('an episode shows its streams, what people said and its life in the log', async () => {
  const page = await open('manager', '/episodes?state=accepted')
  await page.locator('tbody a.row-link').last().click()
  await page.getByRole('heading', { name: 'From consent to dataset' }).waitFor()
  await page.locator('video[data-presented-frame="0"]').waitFor()
  await page.keyboard.press('.')
  await page.locator('video[data-presented-frame="1"]').waitFor()
  await page
    .getByRole('link', { name: /^entry \d+ of the log/ })
    .first()
    .click()
  await page.getByText(/^Checked in this browser/).waitFor()
  await page.close()
})

onDesk('an owner adds a member, hands over a link, and makes a key that is shown once', async () => {
  const me = await lab.manager(accountRoutes.me)
  const memberId = me.as === 'member' ? me.memberId : ''
  const { url } = await lab.manager(accountRoutes.makeMemberLink, { params: { memberId } })
  const context = desks.watch(await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce' }))
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor()
  await show(page, '/settings')
  await button(page, 'Add a member').click()
  await page.getByLabel('Name').fill('Nia New')
  await page.getByText('Sees everything and changes nothing.').last().click()
  await button(page, 'Add and make a link').click()
  const link = page.getByRole('dialog', { name: 'Sign-in link for Nia New' })
  expect(await link.locator('.copy-text-value').textContent()).toContain('/console/in#')
  await page.keyboard.press('Escape')
  await page.getByLabel('Role of Nia New').selectOption('reviewer')
  await page.getByText('Nia New is now Reviewer.').waitFor()

  await show(page, '/settings?tab=keys')
  await button(page, 'New API key').click()
  await page.getByLabel('Name').fill('cluster')
  await button(page, 'Make the key').click()
  const secret = await page.getByRole('dialog').locator('.copy-text-value').textContent()
  await page.keyboard.press('Escape')
  const asked = () =>
    fetch(`${instance.url}${campaignRoutes.list.path}`, { headers: { authorization: `Bearer ${secret}` } })
  expect((await asked()).status).toBe(200)
  await page
    .getByRole('row', { name: /cluster/ })
    .getByRole('button', { name: 'Revoke…' })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('revoked', { exact: true }).waitFor()
  expect((await asked()).status).toBe(401)
  for (const where of ['/settings', '/settings?tab=keys']) {
    await show(page, where)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where).toBe(0)
    expect(await seriousFaults(page), where).toEqual([])
  }
  await context.close()
})

onDesk('the palette goes anywhere and starts anything; ? says the keys of the page', async () => {
  const page = await (await desks.of('manager')).newPage()
  // Fingers are faster than a server: Enter counts although nothing was found yet.
  const entered = Promise.withResolvers<void>()
  await page.route(`**${campaignRoutes.list.path}`, async (route) => {
    await entered.promise
    await route.continue()
  })
  await page.goto(`${instance.url}/console/campaigns`)
  await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('stack two')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('Looking…').waitFor()
  entered.resolve()
  await page.getByRole('heading', { name: 'Stack two cups', level: 1 }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('put in funds')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Put in funds' }).waitFor()
  await page.getByLabel('Amount').fill('12.50')
  await page.getByLabel('Reference').fill('bank 4711')
  await button(page, /^Put in \$12.50/).click()
  await page.getByText('$12.50 put in.').waitFor()
  expect((await lab.manager(payRoutes.overview)).sumsToZero).toBe(true)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys on this page' }).waitFor()
  await page.close()
})

onDesk('a view that hears no news says so, and shows them when it does again', async () => {
  const page = await (await desks.of('manager')).newPage()
  await page.route('**/api/events*', (route) => route.abort())
  await show(page, '/pay')
  await page.getByText('Live updates are down').waitFor()
  await page.unroute('**/api/events*')
  await page.getByText('Live updates are down').waitFor({ state: 'detached' })
  const { funds } = await lab.manager(payRoutes.overview)
  await lab.manager(payRoutes.fund, {
    body: { id: crypto.randomUUID(), amount: { amountMinor: 100, currency: 'USD' }, reference: 'one dollar' },
  })
  const dollars = ((funds[0]?.amountMinor ?? 0) + 100) / 100
  const shown = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' }).format(dollars)
  await page.getByText(shown).waitFor()
  await page.close()
})
