import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Instance, MemberRole } from '../instance.ts'
import { seriousFaults } from './worker-phone.ts'

export const DESK = { width: 1280, height: 800 }
export const PHONE = { width: 360, height: 740 }

/** Where a link leads: each role to what its day begins with. */
const CAMPAIGNS = { name: 'Campaigns', way: 'campaigns' }
const FIRST_SCREEN: Record<MemberRole, { name: string; way: string }> = {
  owner: CAMPAIGNS,
  manager: CAMPAIGNS,
  reviewer: { name: 'Review', way: 'review' },
  auditor: { name: 'Log', way: 'log' },
}

/** Members' browsers, one for each role. */
export interface Desks {
  /** Signed in and at its first screen; the same for every asking, because a link works once. */
  of(role: MemberRole): Promise<BrowserContext>
  /** Notes what goes wrong in a browser of the test's own. */
  watch(context: BrowserContext): BrowserContext
  /** Whatever a screen asked for came from the server that served it, and no screen broke. */
  expectNoFaults(): void
}

export function openDesks(browser: Browser, instance: Instance): Desks {
  const strayRequests: string[] = []
  const faults: string[] = []
  const known = new Map<MemberRole, Promise<BrowserContext>>()

  const watch = (context: BrowserContext): BrowserContext => {
    context.on('request', (request) => {
      const url = request.url()
      if (!/^(blob|data):/.test(url) && !url.startsWith(instance.url)) strayRequests.push(url)
    })
    context.on('page', (page) => {
      page.on('pageerror', ({ message }) => faults.push(`${page.url()}: ${message}`))
      page.on('console', (message) => {
        // Refused requests are shown by the screens; the browser notes them as well.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          faults.push(`${page.url()}: ${message.text()}`)
      })
    })
    return context
  }

  const signIn = async (role: MemberRole): Promise<BrowserContext> => {
    const context = watch(await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' }))
    const page = await context.newPage()
    await page.goto(instance.consoleLink(role))
    // The screen that takes the link has a heading too: to leave it too early loses link and sign-in.
    const { name, way } = FIRST_SCREEN[role]
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    expect(page.url()).toContain(`${instance.url}/console/${way}`)
    await page.close()
    return context
  }

  return {
    watch,
    of: (role) => {
      const desk = known.get(role) ?? signIn(role)
      known.set(role, desk)
      return desk
    },
    expectNoFaults: () => {
      expect(strayRequests).toEqual([])
      expect(faults).toEqual([])
    },
  }
}

/** Opens a screen of the console and waits until it has something to show. */
export async function showScreen(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForFunction(() => !document.querySelector('[role=status][aria-label="Loading…"]'))
}

/** Higher than any screen here, also when its lanes and charts have come. */
const WHOLE_PX = 6000

/** On a phone the bar of ways hides what lies under it, which axe counts against it: so it looks at the whole page. */
export async function faultsOfWhole(page: Page, size: typeof PHONE): Promise<string[]> {
  await page.setViewportSize({ width: size.width, height: WHOLE_PX })
  const found = await seriousFaults(page)
  await page.setViewportSize(size)
  return found
}
