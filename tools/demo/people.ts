import type { Browser, BrowserContext, Page, Response } from 'playwright-core'

/** How long a person would wait for something to appear before thinking it broke; machines are busy. */
const PATIENCE_MS = 45_000
const PHONE = { width: 360, height: 740 }
const DESK = { width: 1280, height: 800 }

/** Somebody at a screen of their own, signed in nowhere yet. */
export interface Person {
  readonly name: string
  readonly page: Page
  close(): Promise<void>
}

export function onPhone(browser: Browser, name: string, origin: string): Promise<Person> {
  const phone = { viewport: PHONE, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
  return open(browser, name, { ...phone, origin })
}

export function atDesk(browser: Browser, name: string, origin: string): Promise<Person> {
  return open(browser, name, { viewport: DESK, origin })
}

type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]> & { origin: string }

async function open(browser: Browser, name: string, { origin, ...options }: ContextOptions): Promise<Person> {
  const context: BrowserContext = await browser.newContext({
    ...options,
    baseURL: origin,
    locale: 'en-US',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  page.on('response', (response) => void noteRefusal(page, response))
  page.on('pageerror', (error) => note(page, `on the page: ${error.message}`))
  return { name, page, close: () => context.close() }
}

const troubles = new WeakMap<Page, string[]>()
const MAX_TROUBLES = 5

/** What the server refused and what broke on this page, the last few, for a step that failed. */
export const troublesOf = (page: Page): readonly string[] => troubles.get(page) ?? []

function note(page: Page, line: string): void {
  troubles.set(page, [...(troubles.get(page) ?? []), line].slice(-MAX_TROUBLES))
}

async function noteRefusal(page: Page, response: Response): Promise<void> {
  // Asking who one is before signing in is no trouble.
  if (response.status() < 400 || response.url().endsWith('/api/me')) return
  const body = await response.text().catch(() => '')
  const { pathname } = new URL(response.url())
  note(page, `${response.request().method()} ${pathname}: ${response.status()} ${body.slice(0, 300)}`)
}
