import type { Client } from '@chiron/client'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { keyOf, makeSuite } from './arena-lab.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { type Desks, openDesks } from './desk.ts'
import { runInBothWorlds } from './sim-lab.ts'

const missing = whyNoBrowser()
if (missing) console.log(`trust in a simulator is not looked at in a browser: ${missing}`)
const onDesk = test.skipIf(missing !== '')

let instance: Instance
let browser: Browser
let desks: Desks
let client: Client
let suiteId: string

beforeAll(async () => {
  if (missing) return
  await buildApps({ apps: ['console'], log: () => {} })
  instance = await startInstance()
  client = (await keyOf(instance)).client
  suiteId = await makeSuite(client)
  browser = await launchBrowser()
  desks = openDesks(browser, instance)
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  desks?.expectNoFaults()
})

async function open(page: Page): Promise<void> {
  await page.goto(`${instance.url}/console/evaluate/suites/${suiteId}?v=1&tab=trust`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
}

onDesk(
  'trust in the simulator: what is missing before, ranks and reasons of both worlds after, for each task',
  async () => {
    const page = await (await desks.of('manager')).newPage()
    await open(page)
    await page.getByText('Nothing to compare yet').waitFor()
    await page.getByText('No simulated rollout with a known outcome is here').waitFor()
    await page.getByText('No real rollout with a known outcome is here').waitFor()
    await runInBothWorlds(client, suiteId)
    await open(page)
    await page.getByRole('heading', { name: 'How far to trust the simulator' }).waitFor()
    const ranksOf = (world: string) => page.getByRole('list', { name: world, exact: true }).getByRole('link')
    expect(await ranksOf('Real').allTextContents()).toEqual(
      ['sure', 'steady', 'shaky', 'weak', 'lost'].map((label, at) => `${at + 1} · grasp ${label}`),
    )
    expect(await ranksOf('Simulated').allTextContents()).toEqual(
      ['sure', 'shaky', 'steady', 'weak', 'lost'].map((label, at) => `${at + 1} · grasp ${label}`),
    )
    expect(await page.locator('.slope-turned').count()).toBe(2)
    expect(await page.locator('.twin-bar').count()).toBe(4)
    const interval = await page.locator('.interval-range').first().boundingBox()
    expect(interval?.width).toBeGreaterThan(10)
    // A task that only ran in no world says so.
    await page
      .getByLabel('Which task')
      .selectOption({ label: 'Put the spoon into the box. · Too little evidence' })
    await page.getByText('No simulated rollout with a known outcome is here').waitFor()
    await page.getByLabel('Which task').selectOption('0')
    await page.getByRole('heading', { name: 'How far to trust the simulator' }).waitFor()
    await page.close()
  },
  240_000,
)
