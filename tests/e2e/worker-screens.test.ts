import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CALIBRATE_WORDS } from '@chiron/worker/calibrate-words'
import { LANGUAGES } from '@chiron/worker/languages'
import { TASK_WORDS } from '@chiron/worker/task-words'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { HANDS, makeCamera } from './capture-browser.ts'
import { accessFaults, openPhone, type Phone, publishFilming, signInAsMember } from './worker-phone.ts'

const missing = whyNoBrowser() || (existsSync(HANDS) ? '' : `${HANDS} is not here`)
const onPhone = test.skipIf(missing !== '')

/** Left to right, right to left, and a language of long words; `CHIRON_LANGUAGES=en,hi,…` walks through others. */
const CODES = (process.env.CHIRON_LANGUAGES ?? 'en,ar,fil').split(',')
/** Where a picture of each screen goes, when somebody wants to look at them. */
const PICTURES = process.env.CHIRON_PICTURES
const DARK = process.env.CHIRON_DARK === '1'
const SIZES = [
  { width: 320, height: 568 },
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
]
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
  if (PICTURES) mkdirSync(PICTURES, { recursive: true })
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
      const said = await everyWord(code)
      const words = (key: string): string => said[key] ?? key
      const phone = await openPhone(browser, { locale: code === 'en' ? 'en-US' : code, dark: DARK })
      await phone.context.addInitScript((chosen) => localStorage.setItem('chiron-language', chosen), code)
      const english = code === 'en' ? new Set<string>() : await englishTexts(said)
      const faults: string[] = []
      const look = async (screen: string): Promise<void> => {
        faults.push(...(await faultsOf(phone.page, { screen, code, english })))
      }
      // Where the way ends early, what was found until there is told too.
      await walk(phone, words, look).catch((cause: Error) => faults.push(`the way ended: ${cause.message}`))
      await phone.context.close()
      expect(faults).toEqual([])
      expect(phone.faults).toEqual([])
      expect(phone.strayRequests).toEqual([])
    },
    600_000,
  )
}

/** All that the app says in a language: what comes first, and what comes with its screens. */
async function everyWord(code: string): Promise<Readonly<Record<string, string>>> {
  const language = LANGUAGES.find((each) => each.code === code)!
  return { ...(await language.load()), ...(await TASK_WORDS[code]!()), ...(await CALIBRATE_WORDS[code]!()) }
}

/** What English says in words that this language says otherwise. */
async function englishTexts(said: Readonly<Record<string, string>>): Promise<Set<string>> {
  const english = await everyWord('en')
  const own = new Set(Object.values(said))
  return new Set(Object.values(english).filter((text) => !text.includes('{') && !own.has(text)))
}

type Looking = { screen: string; code: string; english: ReadonlySet<string> }

async function faultsOf(page: Page, { screen, code, english }: Looking): Promise<string[]> {
  const faults: string[] = []
  for (const size of SIZES) {
    await page.setViewportSize(size)
    const { overflow, small, texts } = await page.evaluate(measure, size.width)
    if (overflow > 0) faults.push(`${screen} at ${size.width}: ${overflow} pixels too wide`)
    if (size.width < 1000)
      faults.push(...small.map((target) => `${screen} at ${size.width}: small ${target}`))
    faults.push(...texts.filter((text) => english.has(text)).map((text) => `${screen}: English “${text}”`))
    // A key that no catalogue has shows itself.
    faults.push(
      ...texts
        .filter((text) => /^[a-zA-Z]+(\.[\w-]+)+$/.test(text) && text.startsWith('ui.'))
        .map((key) => `${screen}: no words for ${key}`),
    )
    if (PICTURES)
      await page.screenshot({ path: `${PICTURES}/${code}-${size.width}-${screen}.png`, fullPage: true })
  }
  // As high as the page: what lies half under the bar at the bottom can be scrolled out from under it.
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: SIZES[1]!.width, height: Math.max(SIZES[1]!.height, height) })
  faults.push(...(await accessFaults(page)).map((fault) => `${screen}: ${fault}`))
  await page.setViewportSize(SIZES[1]!)
  return faults
}

/**
 * How much wider than the window the page is, targets under 48 pixels, and all text that can be seen or heard. The
 * window's width is given: on a phone `innerWidth` grows with a page that is too wide.
 */
function measure(width: number): { overflow: number; small: string[]; texts: string[] } {
  const targets =
    'button, a[href], summary, select, input:not([type=radio], [type=checkbox]), [role=slider], label:has(input)'
  const small = [...document.querySelectorAll<HTMLElement>(targets)]
    .filter((target) => {
      const box = target.getBoundingClientRect()
      const isInText = getComputedStyle(target).display === 'inline'
      return box.width > 0 && !isInText && (box.height < 47.5 || box.width < 43.5) && target.checkVisibility()
    })
    .map((target) => `${target.outerHTML.slice(0, 100)} ${Math.round(target.getBoundingClientRect().height)}`)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts: string[] = []
  while (walker.nextNode()) texts.push(walker.currentNode.textContent?.trim() ?? '')
  for (const labelled of document.querySelectorAll('[aria-label]'))
    texts.push(labelled.getAttribute('aria-label') ?? '')
  return { overflow: document.documentElement.scrollWidth - width, small, texts }
}

type Words = (key: string) => string

/** Through the whole app, as a person new to it would go. */
async function walk({ page, context }: Phone, words: Words, look: (screen: string) => Promise<void>) {
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
  nowhere: 'notFound.title',
}

/** The screen itself, not the one it came from: both may be there while a part of the app is on its way. */
async function settled(page: Page, words: Words, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: words(title), exact: true }).waitFor()
  await page.waitForFunction(
    (loading) => !document.querySelector(`[aria-label="${loading}"]`),
    words('app.loading'),
  )
}
