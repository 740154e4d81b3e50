import { mkdirSync } from 'node:fs'
import { LANGUAGES } from '@chiron/console/languages'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, type MemberRole, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { type Place, placesOf } from './console-places.ts'
import { type Filled, fillWorkspace } from './console-workspace.ts'
import { DESK, type Desks, faultsOfWhole, openDesks, PHONE, showScreen } from './desk.ts'

const missing = whyNoBrowser()
if (missing) console.log(`the console's screens are not looked at in a browser: ${missing}`)
const onDesk = test.skipIf(missing !== '')

/** Where a picture of each screen goes, when somebody wants to look at them: both languages, schemes and sizes. */
const PICTURES = process.env.CHIRON_PICTURES
/** `CHIRON_SCREENS=suite,replay` walks through those whose name begins so. */
const WANTED = process.env.CHIRON_SCREENS?.split(',')
const SIZES = { desk: DESK, phone: PHONE }
const SCHEMES = ['light', 'dark'] as const

let instance: Instance
let browser: Browser
let desks: Desks
let filled: Filled
const outsiders = new Map<string, BrowserContext>()

beforeAll(async () => {
  if (missing) return
  await buildApps({ apps: ['console'], log: () => {} })
  instance = await startInstance()
  filled = await fillWorkspace(instance)
  browser = await launchBrowser()
  const { ownerLink } = filled.ids
  const consoleLink = (role: MemberRole) => (role === 'owner' ? ownerLink : instance.consoleLink(role))
  desks = openDesks(browser, { ...instance, consoleLink })
  if (PICTURES) mkdirSync(PICTURES, { recursive: true })
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  desks?.expectNoFaults()
})

for (const { code, name: language } of LANGUAGES) {
  onDesk(
    `UI-9 UI-10 every screen of the console in ${language}: nothing axe calls serious, nothing sticks out, in light and dark`,
    async () => {
      const said = await LANGUAGES.find((each) => each.code === code)!.load()
      const english = await englishTexts(said)
      const faults: string[] = []
      const places = placesOf(filled).filter(({ name, isLike }) =>
        WANTED ? WANTED.some((start) => name.startsWith(start)) : PICTURES || !isLike,
      )
      const pages = new Map<string, Page>()
      for (const place of places) {
        const page = pages.get(place.as ?? 'manager') ?? (await pageOf(place.as ?? 'manager', code))
        pages.set(place.as ?? 'manager', page)
        // What cannot be opened does not keep the others from being looked at.
        await look(page, { place, code, english, said })
          .then((found) => faults.push(...found))
          .catch(async (cause: Error) => {
            faults.push(`${place.name}: ${cause.message}`)
            if (PICTURES) await page.screenshot({ path: `${PICTURES}/${place.name}.${code}.failed.png` })
          })
      }
      for (const page of pages.values()) await page.close()
      expect(faults).toEqual([])
    },
    PICTURES ? 3_600_000 : 600_000,
  )
}

onDesk(
  'a workspace in which nothing has happened takes a vocabulary, and can write its first campaign',
  async () => {
    const page = await pageOf('newcomer', 'en')
    await showScreen(page, `${instance.url}/console/campaigns/new/film-task`)
    await page.getByText('There is no vocabulary yet').waitFor()
    await page.getByRole('button', { name: 'Take the household vocabulary' }).click()
    await page.getByRole('heading', { name: 'New: Put a cup on a plate', level: 1 }).waitFor()
    await showScreen(page, `${instance.url}/console/settings?tab=ontology`)
    await page.getByText('“Household manipulation”, version 1').waitFor()
    await page.close()
  },
)

async function pageOf(who: NonNullable<Place['as']>, code: string): Promise<Page> {
  const context = who === 'newcomer' || who === 'nobody' ? await outside(who) : await desks.of(who)
  const page = await context.newPage()
  await page.addInitScript((chosen) => localStorage.setItem('chiron-language', chosen), code)
  return page
}

/** A browser of its own: with a workspace in which nothing has happened, or with none. */
async function outside(who: 'newcomer' | 'nobody'): Promise<BrowserContext> {
  const known = outsiders.get(who)
  if (known) return known
  const context = desks.watch(await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' }))
  outsiders.set(who, context)
  if (who === 'nobody') return context
  const page = await context.newPage()
  await page.goto(filled.ids.newcomerLink)
  await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor()
  await page.close()
  return context
}

/** What English says in words that this language says otherwise; a single small word may be a team's own. */
async function englishTexts(said: Readonly<Record<string, string>>): Promise<Set<string>> {
  const own = new Set(Object.values(said))
  const english = await LANGUAGES.find(({ code }) => code === 'en')!.load()
  return new Set(
    Object.values(english).filter((text) => /^[A-Z]| /.test(text) && !text.includes('{') && !own.has(text)),
  )
}

type Looking = {
  place: Place
  code: string
  english: ReadonlySet<string>
  said: Readonly<Record<string, string>>
}

async function look(page: Page, { place, code, english, said }: Looking): Promise<string[]> {
  const { name, where, ready, act, holds, cuts } = place
  await page.setViewportSize(DESK)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.unrouteAll()
  if (holds) await page.route(holds, () => {})
  if (cuts) await page.route(cuts, (route) => route.abort())
  const url = `${instance.url}/console${where}`
  // A link's screen takes its token out of the address: from there to another link is no way for a browser.
  if (holds || cuts) await page.goto(`${instance.url}/console/icon.svg`)
  if (holds || cuts) await page.goto(url)
  else await showScreen(page, url)
  if (ready) await page.locator(ready).first().waitFor({ state: 'attached' })
  if (!holds) await page.waitForFunction(() => !document.querySelector('.skeleton'))
  await act?.(page, (key) => said[key] ?? key)
  const faults: string[] = []
  const texts = await page.evaluate(readTexts)
  faults.push(...texts.filter((text) => english.has(text)).map((text) => `${name}: English “${text}”`))
  for (const [sizeName, size] of Object.entries(SIZES)) {
    await page.setViewportSize(size)
    const over = await page.evaluate((width) => document.documentElement.scrollWidth - width, size.width)
    if (over > 0) faults.push(`${name} in ${code} at ${size.width}: ${over} pixels too wide`)
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme })
      if (PICTURES) {
        const path = `${PICTURES}/${name}.${code}.${sizeName}.${colorScheme}.png`
        await page.setViewportSize({ width: size.width, height: await page.evaluate(wholeHeight) })
        await page.screenshot({ path })
        await page.setViewportSize(size)
      }
      // Dark is other values of the same colours, and a phone other places of the same things: crosswise sees all.
      if ((sizeName === 'desk') === (colorScheme === 'light') && (code === 'en') === (sizeName === 'desk'))
        faults.push(...(await faultsOfWhole(page, size)).map((fault) => `${name} ${colorScheme}: ${fault}`))
    }
  }
  return faults
}

/** All that the console says; what a team wrote stands in elements that find their direction by themselves. */
function readTexts(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts: string[] = []
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode
    if (!parentElement?.closest('[dir=auto], bdi')) texts.push(textContent?.trim() ?? '')
  }
  for (const labelled of document.querySelectorAll('[aria-label]'))
    texts.push(labelled.getAttribute('aria-label') ?? '')
  return texts
}

/** As high as the window has to be for everything to be seen, also what scrolls inside it; lists of any length are not. */
function wholeHeight(): number {
  const inner = [...document.querySelectorAll('.review-detail, .dialog-body, .shell-main')].map(
    ({ scrollHeight, clientHeight }) => Math.max(0, scrollHeight - clientHeight),
  )
  const page = Math.max(window.innerHeight, document.documentElement.scrollHeight)
  return Math.min(6000, page + Math.max(0, ...inner))
}
