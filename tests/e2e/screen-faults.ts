import { mkdirSync } from 'node:fs'
import { loadComponentMessages } from '@chiron/ui'
import { CALIBRATE_WORDS } from '@chiron/worker/calibrate-words'
import { LANGUAGES } from '@chiron/worker/languages'
import { TASK_WORDS } from '@chiron/worker/task-words'
import type { Page } from 'playwright-core'
import { accessFaults, type Phone } from './worker-phone.ts'

/**
 * Where pictures go when somebody wants to look at them: of each screen on a phone and on a desk, in light and in dark, as
 * it opens (`SCREEN.png`) and, where it is higher than the window, in its whole height (`SCREEN-whole.png`).
 */
export const PICTURES = process.env.CHIRON_PICTURES
if (PICTURES) mkdirSync(PICTURES, { recursive: true })

const NARROWEST = { width: 320, height: 568 }
const PHONE = { width: 360, height: 740 }
const DESK = { width: 1280, height: 800 }
const SIZES = [NARROWEST, PHONE, DESK]
const PICTURED = [PHONE, DESK]

/** Dark is looked at with the pictures; that its colours have contrast enough the tokens' own test says. */
const SCHEMES = PICTURES ? (['light', 'dark'] as const) : (['light'] as const)

export type Words = (key: string) => string

/** All that the app says in a language: what comes first, and what comes with its screens. */
async function everyWord(code: string): Promise<Readonly<Record<string, string>>> {
  const language = LANGUAGES.find((each) => each.code === code)!
  const own = [language.load, TASK_WORDS[code]!, CALIBRATE_WORDS[code]!].map((load) => load())
  return Object.assign({}, ...(await Promise.all([loadComponentMessages(code), ...own])))
}

/** What English says in words that this language says otherwise. */
async function englishTexts(said: Readonly<Record<string, string>>): Promise<Set<string>> {
  const english = await everyWord('en')
  const own = new Set(Object.values(said))
  return new Set(Object.values(english).filter((text) => !text.includes('{') && !own.has(text)))
}

/** Looks at what a phone shows, in its language: `look` names a screen and adds to `faults` what is wrong with it. */
export type Looker = {
  words: Words
  faults: string[]
  look: (screen: string) => Promise<void>
  /** Only pictures, where they are wanted: of what is gone before it could be looked at. */
  glimpse: (screen: string) => Promise<void>
}

/** A phone that speaks a language, and somebody who looks at each of its screens. */
export async function openLooker({ context, page }: Phone, code: string): Promise<Looker> {
  const said = await everyWord(code)
  const english = code === 'en' ? new Set<string>() : await englishTexts(said)
  await context.addInitScript((chosen) => localStorage.setItem('chiron-language', chosen), code)
  const faults: string[] = []
  return {
    words: (key) => said[key] ?? key,
    faults,
    look: async (screen) => {
      faults.push(...(await faultsOf(page, { screen, code, english })))
    },
    glimpse: async (screen) => {
      if (!PICTURES) return
      for (const size of PICTURED) {
        await page.setViewportSize(size)
        await takePictures(page, `${PICTURES}/${code}-${size.width}`, screen)
      }
      await page.setViewportSize(PHONE)
    },
  }
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
    if (!PICTURES || !PICTURED.includes(size)) continue
    await takePictures(page, `${PICTURES}/${code}-${size.width}`, screen)
    if (await growToPage(page))
      await takePictures(page, `${PICTURES}/${code}-${size.width}`, `${screen}-whole`)
  }
  await page.setViewportSize(PHONE)
  await growToPage(page)
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme })
    faults.push(...(await accessFaults(page)).map((fault) => `${screen}, ${colorScheme}: ${fault}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(PHONE)
  return faults
}

async function takePictures(page: Page, path: string, screen: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${path}-${colorScheme}-${screen}.png` })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Clips grow with the window, and the page with its clips. */
const GROWS = 3

/** As high as the page, if that is higher: what lies half under the bar at the bottom can be scrolled out from under it. */
async function growToPage(page: Page): Promise<boolean> {
  for (let grow = 0; grow < GROWS; grow += 1) {
    const { width, height } = page.viewportSize()!
    const whole = await page.evaluate(() => document.documentElement.scrollHeight)
    if (whole <= height) return grow > 0
    await page.setViewportSize({ width, height: whole })
  }
  return true
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

/** The screen itself, not the one it came from: both may be there while a part of the app is on its way. */
export async function settled(page: Page, words: Words, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: words(title), exact: true }).waitFor()
  await page.waitForFunction(
    (loading) => !document.querySelector(`[aria-label="${loading}"]`),
    words('app.loading'),
  )
}
