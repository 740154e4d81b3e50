import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { LANGUAGES } from '@chiron/worker/languages'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { HANDS, makeCamera } from './capture-browser.ts'
import { type Looker, openLooker, settled } from './screen-faults.ts'
import { openPhone, type Phone, publishFilming, signInAsMember } from './worker-phone.ts'

const missing = whyNoBrowser() || (existsSync(HANDS) ? '' : `${HANDS} is not here`)
const onPhone = test.skipIf(missing !== '')

/** Left to right, right to left, and a language of long words; `CHIRON_LANGUAGES=en,hi,…` walks through others. */
const CODES = (process.env.CHIRON_LANGUAGES ?? 'en,ar,fil').split(',')
const CONFIG = { minSeconds: 1, maxSeconds: 30, fps: 10, minHeight: 240, orientation: 'any' }
/** Looking for faces takes its time on a machine that does everything else as well. */
const SECOND_PASS_MS = 200_000
const TITLE = 'Wave with one hand'

let folder = ''
let instance: Instance
let browser: Browser

beforeAll(async () => {
  if (missing) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-screens-'))
  makeCamera(path.join(folder, 'good.mjpeg'), 'scale=640:360,fps=15', 6)
  await buildApps({ apps: ['worker'], log: () => {} })
  instance = await startInstance()
  browser = await launchBrowser({ camera: path.join(folder, 'good.mjpeg') })
  await publishFilming(await signInAsMember(instance, 'manager'), { title: TITLE, config: CONFIG })
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

for (const { code, name } of LANGUAGES.filter(({ code: each }) => CODES.includes(each))) {
  onPhone(
    `UI-9 UI-10 every screen in ${name}: nothing axe minds, nothing wider than 320 pixels, no small target, no English`,
    async () => {
      const phone = await openPhone(browser, { locale: code === 'en' ? 'en-US' : code })
      const looker = await openLooker(phone, code)
      const { faults } = looker
      // Where the way ends early, what was found until there is told too.
      await walk(phone, looker).catch((cause: Error) => faults.push(`the way ended: ${cause.message}`))
      await phone.context.close()
      expect(faults).toEqual([])
      expect(phone.faults).toEqual([])
      expect(phone.strayRequests).toEqual([])
    },
    600_000,
  )
}

/** Through the whole app, as a person new to it would go. */
async function walk({ page, context }: Phone, { words, look }: Looker) {
  const button = (key: string) => page.getByRole('button', { name: words(key) })
  const goTo = async (where: string, title: string): Promise<void> => {
    await page.goto(instance.url + where)
    await settled(page, words, title)
  }
  await goTo('/join', 'app.name')
  await look('join-code')
  await goTo('/come-back', 'comeBack.title')
  await look('come-back')
  await page.goto(instance.inviteLink)
  await page.getByLabel(words('join.name')).waitFor()
  await look('join')
  await page.getByLabel(words('join.name')).fill('Ada')
  await page.getByLabel(words('join.pin')).fill('246810')
  await button('join.join').click()
  await page.locator('.handle').waitFor()
  await look('welcome')
  await goTo('/', 'inbox.title')
  const offer = page.locator('a.offer').filter({ hasText: TITLE })
  await offer.waitFor()
  await look('inbox')
  await offer.click()
  await button('brief.accept').waitFor()
  await look('brief')
  await button('brief.accept').click()
  await button('consent.yes').waitFor()
  await look('consent')
  await button('consent.yes').click()
  await page.locator('.film').waitFor()
  await look('viewfinder')
  await button('film.start').click()
  await button('film.stop').waitFor()
  await page.waitForTimeout(3000)
  // A slow machine may have filmed as long as the task allows before it comes to this.
  await button('film.stop')
    .click({ timeout: 5000 })
    .catch(() => undefined)
  await page.getByRole('heading', { name: words('take.title') }).waitFor()
  await page.locator('video').waitFor()
  await look('take')
  const next = new RegExp(`^(${words('pass.next')}|${words('pass.nextAnyway')})$`)
  await page.getByRole('button', { name: next }).click({ timeout: SECOND_PASS_MS })
  await page.getByRole('heading', { name: words('pass.result.title') }).waitFor({ timeout: SECOND_PASS_MS })
  await look('result')
  await button('take.send').click()
  await page.waitForURL(/\/sent\//)
  await page
    .getByText(words('sent.arrived'))
    .or(page.getByText(words('work.accepted')))
    .or(page.getByText(words('work.returned')))
    .first()
    .waitFor()
  await look('sent')
  await goTo(`/work/${page.url().split('/').at(-1)}`, 'work.title')
  await look('work')
  await goTo('/', 'inbox.title')
  await page
    .locator('a.offer')
    .filter({ hasText: words('offer.kind.choose') })
    .first()
    .click()
  await button('brief.accept').click()
  await page.getByRole('radiogroup').first().waitFor()
  await look('choose')
  for (const [where, title] of Object.entries(FURTHER)) {
    await goTo(`/${where}`, title)
    await look(where.replace('/', '-'))
  }
  await goTo('/settings', 'settings.title')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await context.setOffline(true)
  await page.getByText(words('notice.offline')).waitFor()
  await look('offline')
  await context.setOffline(false)
}

/** Screens that need nothing done before, with the key of what stands above each. */
const FURTHER = {
  earnings: 'earnings.title',
  data: 'data.title',
  'data/recordings': 'data.title',
  'data/decisions': 'data.title',
  help: 'help.title',
  settings: 'settings.title',
  calibrate: 'calibrate.title',
  board: 'board.title',
  unsent: 'outbox.label',
  nowhere: 'app.name',
}
