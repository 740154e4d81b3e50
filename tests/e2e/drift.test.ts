import { campaignRoutes, driftRoutes, validityRoutes } from '@chiron/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { type ArenaLab, countVotes, fillArena, raiseAlarm, reportUse } from './arena-lab.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { type Desks, openDesks, showScreen } from './desk.ts'

const missing = whyNoBrowser()
if (missing) console.log(`use and drift are not tested in a browser: ${missing}`)
const onDesk = test.skipIf(missing !== '')

let instance: Instance
let browser: Browser
let lab: ArenaLab
let manager: BrowserContext
let desks: Desks

beforeAll(async () => {
  if (missing) return
  await buildApps({ apps: ['console'], log: () => {} })
  instance = await startInstance()
  browser = await launchBrowser()
  desks = openDesks(browser, instance)
  manager = await desks.of('manager')
  lab = await fillArena(instance)
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  desks?.expectNoFaults()
})

const show = (page: Page, where: string): Promise<void> => showScreen(page, `${instance.url}/console${where}`)
const board = () => `/evaluate/suites/${lab.suiteId}?v=1&tab=leaderboard`

onDesk(
  'whether the benchmark foretells use is shown once outcomes come in, and how to send them before',
  async () => {
    const page = await manager.newPage()
    const where = `/evaluate/suites/${lab.suiteId}?v=1&tab=validity`
    await show(page, where)
    await page.getByText('No outcomes from use yet').waitFor()
    await page.getByText(/chiron deployments import use.csv/).waitFor()
    await reportUse(lab)
    await show(page, where)
    const input = { params: { suiteId: lab.suiteId, version: 1 }, query: {} }
    const found = await lab.client.call(validityRoutes.read, input)
    expect(found.policyCount).toBe(3)
    const picture = page.getByRole('img', { name: 'Benchmark against use' })
    await picture.waitFor()
    expect(await picture.locator('.scatter-point').count()).toBe(3)
    const rows = page.getByRole('table', { name: 'The versions behind the picture' }).getByRole('row')
    for (const [at, item] of found.items.entries()) {
      const name = `${item.policyName} ${item.policyLabel}`
      await rows
        .nth(at + 1)
        .getByRole('link', { name })
        .waitFor()
      expect(await rows.nth(at + 1).textContent()).toContain(`n = ${item.inUse.n}`)
    }
    const spearman = page.getByRole('heading', { name: 'Spearman', exact: true }).locator('xpath=..')
    expect(await spearman.textContent()).toContain(found.spearman.value?.toFixed(2).replace(/\.?0+$/, ''))
    await page.getByText('Only 3 versions are behind this').waitFor()
    expect(await page.getByRole('img', { name: 'Over time' }).locator('circle').count()).toBe(6)
    await page.getByLabel('Which figure of the benchmark').selectOption('strength')
    await page.waitForURL(/by=strength/)
    await page.getByText('No version is both on this benchmark and in use').waitFor()
    await page.close()
  },
  120_000,
)

onDesk(
  'an alarm of drift says what moved and where, shows the runs behind it, and is seen by a member',
  async () => {
    const page = await manager.newPage()
    await show(page, '/evaluate?tab=drift')
    await page
      .getByText(/Nothing is watched yet|Being set aside/)
      .first()
      .waitFor()
    await raiseAlarm(instance, lab)
    await show(page, '/evaluate?tab=drift')
    await page.getByText('the chance that it ever rings is 1%').waitFor()
    const card = page.locator('.card', { has: page.getByRole('heading', { name: 'What moved' }) })
    await card.getByRole('heading', { name: /Success · .*pi-zero step-40k/ }).waitFor()
    const table = card.getByRole('table', { name: 'Where it moved' })
    const [first] = await table.getByRole('row').nth(1).allTextContents()
    expect(first).toMatch(/light dim/)
    const clip = card.getByRole('article').first()
    await clip.locator('video').waitFor()
    await clip.getByText('Failure').waitFor()
    await page.getByRole('img', { name: /Evidence of a change: Success/ }).waitFor()
    await page
      .getByRole('link', { name: /Evaluate/ })
      .first()
      .getByText('1', { exact: true })
      .waitFor()
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/e-alarm.png`, fullPage: true })
    await card.getByRole('button', { name: 'I have seen this' }).click()
    await page.getByText(/^Seen by/).waitFor()
    const watch = page.locator('.card', { hasText: 'Being set aside' })
    await watch
      .getByRole('heading', { name: /Success · .*pi-zero step-40k/ })
      .first()
      .waitFor()
    const { openAlarmCount } = await lab.client.call(driftRoutes.count)
    expect(openAlarmCount).toBe(0)
    await page.close()
  },
  120_000,
)

onDesk(
  'figures of the leaderboard show clips, and a failure cluster drafts the campaign that would collect it',
  async () => {
    const [late, early] = lab.versionIds
    await countVotes(instance, lab, [{ leftId: late, rightId: early, leftWins: 30, ties: 6, rightWins: 4 }])
    const page = await manager.newPage()
    await show(page, board())
    await page.getByRole('button', { name: 'Clips of pi-zero step-40k', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Success').waitFor()
    await dialog.getByText('Failure').waitFor()
    await dialog.locator('video').waitFor()
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/d-examples.png` })
    await page.keyboard.press('Escape')
    const matrix = page.getByRole('table', { name: 'Head to head' })
    await matrix
      .getByRole('button', { name: /Clips of/ })
      .first()
      .click()
    await dialog.getByRole('article').nth(1).waitFor()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Draft the campaign' }).first().scrollIntoViewIfNeeded()
    const clusters = page.getByRole('table', { name: 'Why it fails, and where' })
    const row = clusters.getByRole('row', { name: /Light: bright/ }).first()
    await row.getByRole('button', { name: 'Clips' }).click()
    await dialog.getByText('Failure').first().waitFor()
    await page.keyboard.press('Escape')
    await row.getByRole('button', { name: 'Draft the campaign' }).click()
    await page.waitForURL(/campaigns\/[0-9a-f-]+\/edit/)
    const campaignId = /campaigns\/([0-9a-f-]+)\/edit/.exec(page.url())?.[1] ?? ''
    const { campaign } = await lab.client.call(campaignRoutes.read, { params: { campaignId } })
    expect(campaign).toMatchObject({ state: 'draft', kind: 'demonstrate' })
    expect(campaign.title.en).toContain('Light: bright')
    await page.close()
  },
  120_000,
)
