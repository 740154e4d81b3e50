import { leaderboardRoutes, policyRoutes, rolloutRoutes, suiteRoutes } from '@chiron/contract'
import { verifySuite } from '@chiron/core/suite'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { type ArenaLab, countVotes, fillArena, KITCHEN } from './arena-lab.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { waitFor } from './console-lab.ts'
import { type Desks, openDesks, showScreen } from './desk.ts'

const missing = whyNoBrowser()
if (missing) console.log(`the arena's screens are not tested in a browser: ${missing}`)
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
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  desks?.expectNoFaults()
})

const show = (page: Page, where: string): Promise<void> => showScreen(page, `${instance.url}/console${where}`)

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

onDesk('an empty arena teaches the first step, and a suite goes from nothing to signed', async () => {
  const page = await manager.newPage()
  await show(page, '/evaluate?tab=rollouts')
  await page.getByText('No rollouts yet').waitFor()
  await page.getByText(/chiron rollouts import lerobot/).waitFor()
  await page.getByRole('tab', { name: 'Policies' }).click()
  await page.getByText('No policies yet').waitFor()
  await page.getByRole('tab', { name: 'Suites' }).click()
  await page.getByText('No suites yet').waitFor()
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/e-empty.png` })
  await button(page, 'New suite').first().click()
  await page.getByLabel('Name').fill('Table, two arms')
  await button(page, 'Begin the draft').click()
  await page.getByRole('heading', { name: 'Table, two arms', level: 1 }).waitFor()
  await page.getByText(/keeps? this draft from being frozen/).waitFor()
  expect(await button(page, 'Freeze…').isDisabled()).toBe(true)

  await button(page, 'Change the draft').click()
  await page.getByLabel('Content').fill('{"factors": 7}')
  await page.getByText(/This cannot be read at/).waitFor()
  expect(await button(page, 'Save the draft').isDisabled()).toBe(true)
  await page.getByLabel('Content').fill(JSON.stringify(KITCHEN))
  await button(page, 'Save the draft').click()
  await page.getByRole('cell', { name: 'cup-dim-some' }).waitFor()
  await page.getByText('Put the cup into the box.').first().waitFor()

  await button(page, 'Freeze…').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('6 scenarios, 3 factors.').waitFor()
  await dialog.getByRole('button', { name: 'Freeze and sign' }).click()
  await page.getByText('v1 · frozen').first().waitFor()
  await page.getByRole('tab', { name: 'Signature' }).click()
  await page.getByText('Checked in this browser: what was signed is what this server shows').waitFor()
  await page.close()
})

onDesk('a role that may only look has nothing to press', async () => {
  const page = await (await desks.of('auditor')).newPage()
  await show(page, '/evaluate')
  await page.getByRole('link', { name: 'Table, two arms' }).click()
  await page.getByRole('heading', { name: 'Table, two arms', level: 1 }).waitFor()
  await page.getByRole('tab', { name: 'Scenarios', exact: false }).waitFor()
  expect(await button(page, /Begin the next version|Freeze|Change the draft/).count()).toBe(0)
  await page.close()
})

onDesk(
  'a suite shows what it covers, names the holes, and says what a next version changes',
  async () => {
    lab = await fillArena(instance)
    const page = await manager.newPage()
    await show(page, `/evaluate/suites/${lab.suiteId}?v=1&tab=coverage`)
    const coverage = await lab.client.call(suiteRoutes.coverage, {
      params: { suiteId: lab.suiteId, version: 1 },
      query: { strength: 2 },
    })
    await page
      .getByText(`${coverage.coveredCount} of ${coverage.possibleCount} possible combinations`)
      .waitFor()
    // The picture and the figures of the server are counted apart and agree.
    expect(await page.locator('.pair-hole').count()).toBe(coverage.holeCount)
    expect(await page.locator('.pair-covered').count()).toBe(coverage.coveredCount)
    expect(await page.locator('.pair-impossible').count()).toBe(1)
    const holes = page.getByRole('heading', { name: `${coverage.holeCount} holes` })
    await holes.waitFor()
    await page.getByText('Object plate').first().waitFor()
    await page.getByLabel('How many factors together').selectOption('3')
    await page.getByRole('heading', { name: 'By factors' }).waitFor()

    await page.getByRole('tab', { name: 'Versions' }).click()
    await show(page, `/evaluate/suites/${lab.suiteId}?v=2&tab=versions`)
    await page.getByText('cup-bright-none').waitFor()
    await page.getByText('plate-dim-some').waitFor()
    await page.getByText('5 scenarios ask the same in both').waitFor()

    await show(page, `/evaluate/suites/${lab.suiteId}?v=1&tab=next`)
    await page.getByRole('figure', { name: 'What to run next' }).getByRole('link').first().click()
    await page.waitForURL(/tab=rollouts.*scenarioKey=/)
    await page
      .getByRole('link', { name: /pi-zero/ })
      .first()
      .waitFor()
    const { envelope, key } = await lab.client.call(suiteRoutes.signed, {
      params: { suiteId: lab.suiteId, version: 1 },
    })
    expect(verifySuite(envelope, key).holds).toBe(true)
    await page.close()
  },
  180_000,
)

onDesk(
  'what to run next becomes the next version of the suite with one click',
  async () => {
    const { content, ontologyId, ontologyVersion } = await lab.client.call(suiteRoutes.readVersion, {
      params: { suiteId: lab.suiteId, version: 1 },
    })
    const body = { name: 'What is hard', ontologyId, ontologyVersion }
    const { suiteId, revision } = await lab.client.call(suiteRoutes.create, { body })
    const params = { suiteId, version: 1 }
    const draft = await lab.client.call(suiteRoutes.change, { params, body: { revision, content } })
    await lab.client.call(suiteRoutes.freeze, { params, body: { revision: draft.revision } })
    const page = await manager.newPage()
    await show(page, `/evaluate/suites/${suiteId}?v=1&tab=next`)
    await page.getByRole('button', { name: /^Draft the next version with these/ }).click()
    await page.waitForURL(/[?&]v=2/)
    await page.getByRole('button', { name: 'Freeze' }).waitFor()
    await show(page, `/evaluate/suites/${suiteId}?v=1&tab=next`)
    await page.getByRole('button', { name: /^Draft the next version with these/ }).click()
    await page.getByText('There is a draft already').waitFor()
    await page.close()
  },
  120_000,
)

onDesk(
  'rollouts are found by what they were, and each plays with its joints on the axis of the picture',
  async () => {
    const page = await manager.newPage()
    await show(page, '/evaluate?tab=policies')
    await page.getByRole('link', { name: 'pi-zero' }).click()
    const byVersion = page.getByRole('figure', { name: 'How often it went well, by version' })
    const interval = await byVersion.locator('.interval-range').first().boundingBox()
    expect(interval?.width).toBeGreaterThan(20)
    await page.getByRole('link', { name: `Its ${lab.rolloutCount} rollouts` }).click()
    await page.getByText(`${lab.rolloutCount} rows`).waitFor()
    await page.getByLabel('Any outcome').selectOption('unknown')
    await page.getByText('1 row', { exact: true }).waitFor()
    await page.reload()
    await page.getByText('1 row', { exact: true }).waitFor()
    await page.getByLabel('Any outcome').selectOption('failure')
    await page.getByLabel('Real and simulated').selectOption('sim')
    await page.getByText('2 rows').waitFor()
    await page.getByLabel('Any outcome').selectOption('unknown')
    await page.getByText('No rollout fits these filters.').waitFor()
    await button(page, 'Show all').click()
    await page.getByText(`${lab.rolloutCount} rows`).waitFor()
    // The newest is the filmed one; the keyboard opens it.
    await page.keyboard.press('Enter')
    await page.waitForURL(`${instance.url}/console/evaluate/rollouts/${lab.filmed}`)
    await page.getByText('The cup tips over as the gripper opens too early.').waitFor()
    await page.locator('video[data-presented-frame="0"]').waitFor()
    await page.locator('.lane-series').nth(5).waitFor()
    expect(await page.locator('.lane-series').count()).toBe(6)
    await page.keyboard.press('.')
    await page.locator('video[data-presented-frame="1"]').waitFor()
    // The joints begin 100 ms after the picture: at its first frame there is no value yet.
    await page.getByRole('slider').focus()
    await page.keyboard.press('Home')
    await page.locator('video[data-presented-frame="0"]').waitFor()
    expect(await page.locator('.lane-value').count()).toBe(0)
    for (let step = 1; step <= 4; step += 1) {
      await page.keyboard.press('.')
      await page.locator(`video[data-presented-frame="${step}"]`).waitFor()
    }
    expect(await page.locator('.lane-value').first().textContent()).toBe('0.02')
    await page.getByText('Values beside the picture: 6 of 7').click()
    await page.getByText('state.pitch').click()
    await page.waitForURL(/lanes=/)
    expect(await page.locator('.lane-series').count()).toBe(7)
    await page.getByLabel('Camera').selectOption('wrist')
    await page.locator('video[src$="/streams/wrist"][data-presented-frame="0"]').waitFor()

    await show(page, `/evaluate/rollouts/${lab.felt}`)
    await page.locator('.lane-series').first().waitFor()
    expect(await page.locator('video').count()).toBe(0)
    await page.keyboard.press('.')
    await page.locator('.lane-value').first().waitFor()
    await show(page, `/evaluate/rollouts/${lab.told}`)
    await page.getByText('No picture and no joints').waitFor()
    await show(page, '/evaluate/rollouts/01938f00-0000-7000-8000-000000000000')
    await page.getByRole('alert').waitFor()
    await page.close()
  },
  180_000,
)

onDesk(
  'a leaderboard says what is settled, who beat whom, and what cheating would take; before any vote it says so',
  async () => {
    const page = await manager.newPage()
    const where = `/evaluate/suites/${lab.suiteId}?v=1&tab=leaderboard`
    await show(page, where)
    await page.getByText('Nothing to rank yet').waitFor()
    const third = await lab.client.call(policyRoutes.create, { body: { name: 'act' } })
    const { id: act } = await lab.client.call(policyRoutes.addVersion, {
      params: { policyId: third.id },
      body: { label: 'v1' },
    })
    const [late, early] = lab.versionIds
    await countVotes(instance, lab, [
      { leftId: late, rightId: early, leftWins: 90, ties: 6, rightWins: 4 },
      { leftId: early, rightId: act, leftWins: 6, ties: 2, rightWins: 4 },
    ])
    await show(page, where)
    const board = await lab.client.call(leaderboardRoutes.read, {
      params: { suiteId: lab.suiteId, version: 1 },
      query: { world: 'real' },
    })
    expect(board.voteCount).toBe(112)
    const rows = page.getByRole('table', { name: 'Ranks' }).getByRole('row')
    for (const [at, item] of board.items.entries()) {
      const row = rows.nth(at + 1)
      await row.getByRole('link', { name: `${item.policyName} ${item.policyLabel}` }).waitFor()
      const counts = `${item.winCount} · ${item.tieCount} · ${item.lossCount}`
      expect(await row.textContent()).toContain(counts)
    }
    expect(await rows.nth(1).textContent()).toContain('pi-zero step-40k')
    const lower = board.items.findIndex(({ policyVersionId }) => policyVersionId === early)
    const matrix = page.getByRole('table', { name: 'Head to head' })
    const cell = matrix.getByRole('row').nth(1).getByRole('cell').nth(lower)
    // Ninety won and six tied of a hundred.
    expect(await cell.textContent()).toMatch(/^93% n = 100/)
    expect(await matrix.getByText('never met').count()).toBe(2)
    const interval = await page
      .getByRole('figure', { name: 'Strength', exact: true })
      .locator('.interval-range')
      .first()
      .boundingBox()
    expect(interval?.width).toBeGreaterThan(5)
    await page
      .getByText(/votes? would lift|Not even ten times/)
      .first()
      .waitFor()
    await page.getByText('112 votes; all intervals hold together with 95%').waitFor()
    await page.getByLabel('Whose votes count').selectOption({ label: 'Without raters who oppose the others' })
    await page.getByText('No rater opposes the others beyond chance: nobody is left out.').waitFor()
    await page.waitForURL(/raters=trusted/)
    // In Arabic the names stand in the sentence's own order: the first is right of the second.
    await page.evaluate(() => localStorage.setItem('chiron-language', 'ar'))
    await page.reload()
    const pair = page
      .getByRole('heading', { name: 'من يُقارَن تاليًا' })
      .locator('xpath=../..')
      .getByRole('listitem')
      .first()
    await pair.waitFor()
    const [first, second] = await pair.evaluate((item) => {
      const text = item.firstChild as Text
      const placeOf = (at: number) => {
        const range = document.createRange()
        range.setStart(text, at)
        range.setEnd(text, at + 1)
        return range.getBoundingClientRect().left
      }
      return [placeOf(1), placeOf(text.data.lastIndexOf('\u2068') + 1)]
    })
    expect(first).toBeGreaterThan(second!)
    await page.evaluate(() => localStorage.removeItem('chiron-language'))
    await page.reload()
    await page.getByRole('link', { name: 'backlit' }).click()
    await page.waitForURL(/level=light.backlit/)
    await page.getByText('Nothing to rank yet').waitFor()
    await page.close()
  },
  120_000,
)

onDesk('erasing a rollout asks first, and takes it out of the list', async () => {
  const page = await manager.newPage()
  await show(page, `/evaluate/rollouts/${lab.felt}`)
  await button(page, 'Erase…').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Erase for ever' }).click()
  await page.waitForURL(/tab=rollouts/)
  await page.getByText(`${lab.rolloutCount - 1} rows`).waitFor()
  await waitFor(async () => {
    const { items } = await lab.client.call(rolloutRoutes.list, { query: { limit: 100 } })
    return items.every(({ id }) => id !== lab.felt)
  })
  await page.close()
})
