import type { Client } from '@chiron/client'
import { policyRoutes, rolloutRoutes } from '@chiron/contract'
import { sha256, toHex } from '@chiron/core/kit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { keyOf, makeSuite } from './arena-lab.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { DESK, type Desks, faultsOfWhole, openDesks, PHONE } from './desk.ts'

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

/** Of twelve runs on each of two scenarios so many succeed; two policies stand the other way round in the simulator. */
const SUCCESSES = [
  ['sure', 12, 12],
  ['steady', 9, 6],
  ['shaky', 6, 8],
  ['weak', 3, 3],
  ['lost', 0, 1],
] as const
const RUNS = 12

async function runInBothWorlds(): Promise<void> {
  const { id: policyId } = await client.call(policyRoutes.create, { body: { name: 'grasp' } })
  for (const [label, real, sim] of SUCCESSES) {
    const version = await client.call(policyRoutes.addVersion, { params: { policyId }, body: { label } })
    const runs = (['real', 'sim'] as const).flatMap((world) =>
      ['cup-bright-none', 'bowl-bright-some'].flatMap((scenarioKey) =>
        Array.from({ length: RUNS }, (_, run) => ({ world, scenarioKey, run })),
      ),
    )
    await Promise.all(
      runs.map(({ world, scenarioKey, run }) => {
        const success = run < (world === 'real' ? real : sim)
        const failureId = run % 3 === 0 ? 'failure.collision' : 'failure.dropped'
        const digest = toHex(sha256(`${label} ${world} ${scenarioKey} ${run}`))
        const where = { suiteId, suiteVersion: 1, scenarioKey, world, policyVersionId: version.id }
        const body = { digest, ...where, success, ...(success ? {} : { failureId }) }
        return client.call(rolloutRoutes.add, { body })
      }),
    )
  }
}

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
    await runInBothWorlds()
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

onDesk(
  'the picture of trust has no fault that axe calls serious, and nothing sticks out, at both sizes',
  async () => {
    const page = await (await desks.of('manager')).newPage()
    for (const [size, colorScheme, language] of [
      [DESK, 'light', 'en'],
      [PHONE, 'dark', 'en'],
      [PHONE, 'light', 'ar'],
      [DESK, 'dark', 'ar'],
    ] as const) {
      await page.setViewportSize(size)
      await page.emulateMedia({ colorScheme })
      await open(page)
      await page.evaluate((code) => localStorage.setItem('chiron-language', code), language)
      await open(page)
      await page.locator('.slope').first().waitFor({ state: 'attached' })
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(over, `${size.width} ${language}`).toBeLessThanOrEqual(0)
      const name = `trust-${size.width}-${colorScheme}-${language}`
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true })
      if (language === 'en') expect(await faultsOfWhole(page, size), name).toEqual([])
    }
    await page.evaluate(() => localStorage.clear())
    await page.close()
  },
  240_000,
)
