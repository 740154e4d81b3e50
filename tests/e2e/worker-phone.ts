import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type CallInput, createClient } from '@chiron/client'
import {
  accountRoutes,
  type Campaign,
  campaignRoutes,
  payRoutes,
  type Reply,
  type Route,
} from '@chiron/contract'
import { uuidv7 } from '@chiron/core/kit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Instance, MemberRole } from '../instance.ts'

export const newId = (): string => uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))

type Call = <T extends Route>(route: T, input?: CallInput<T>) => Promise<Reply<T>>

const signedIn = new WeakMap<Instance, Map<MemberRole, Promise<Call>>>()

/** A member of the demo workspace, over HTTP as the console is. A link works once: whoever is in stays in. */
export function signInAsMember(instance: Instance, role: MemberRole): Promise<Call> {
  const members = signedIn.get(instance) ?? new Map<MemberRole, Promise<Call>>()
  signedIn.set(instance, members)
  const member = members.get(role) ?? signInByLink(instance, role)
  members.set(role, member)
  return member
}

async function signInByLink(instance: Instance, role: MemberRole): Promise<Call> {
  let cookie = ''
  const keepCookie: typeof fetch = async (url, init) => {
    const headers = { ...(init?.headers as Record<string, string>), ...(cookie ? { cookie } : {}) }
    const response = await fetch(url, { ...init, headers })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return response
  }
  const client = createClient({ baseUrl: instance.url, app: 'console', fetch: keepCookie })
  const token = new URL(instance.consoleLink(role)).hash.slice(1)
  await client.call(accountRoutes.signInByLink, { body: { token } })
  return (route, input) => client.call(route, input)
}

/** A published campaign like the demo's to film, with changes; its title finds it in the inbox. */
export async function publishFilming(
  call: Call,
  change: { title: string; config?: object; terms?: Partial<Campaign['terms']> },
): Promise<string> {
  const { items } = await call(campaignRoutes.list)
  const demo = items.find(({ kind }) => kind === 'demonstrate')
  expect(demo, 'the demo campaign to film').toBeDefined()
  const { id, state, termsVersion, noticeVersion, createdAt, publishedAt, counts, ...draft } = demo!
  const amount = { amountMinor: 100_000, currency: 'USD' }
  await call(payRoutes.fund, { body: { id: newId(), amount, reference: 'for a test' } })
  const made = await call(campaignRoutes.create, {
    body: {
      ...draft,
      title: Object.fromEntries(Object.keys(draft.briefs).map((locale) => [locale, change.title])),
      quota: 10,
      config: { ...draft.config, ...change.config },
      terms: { ...draft.terms, ...change.terms },
      flow: { ...draft.flow, review: { whenDisputed: true, sampleRatio: 0 } },
    },
  })
  await call(campaignRoutes.publish, { params: { campaignId: made.id } })
  return made.id
}

/** A phone: its own cookies and storage, and a note of every request that would leave the server's origin. */
export async function openPhone(
  browser: Browser,
  { locale = 'en-US', dark = false }: { locale?: string; dark?: boolean } = {},
): Promise<Phone> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: ['camera'],
  })
  const phone: Phone = { context, page: await context.newPage(), strayRequests: [], faults: [] }
  const watch = (page: Page) => {
    page.on('pageerror', ({ message }) => phone.faults.push(message))
    page.on('console', (message) => {
      // The browser itself notes refused requests (401 before joining): those are no faults of a screen.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        phone.faults.push(message.text())
    })
  }
  watch(phone.page)
  context.on('page', watch)
  context.on('request', (request) => {
    const url = request.url()
    if (!/^(blob|data):/.test(url) && !/^http:\/\/(localhost|127\.0\.0\.1):/.test(url))
      phone.strayRequests.push(url)
  })
  return phone
}
export type Phone = { context: BrowserContext; page: Page; strayRequests: string[]; faults: string[] }

/** Joins by the invite's link and lands in the inbox. */
export async function join(phone: Phone, instance: Instance, name: string): Promise<void> {
  const { page } = phone
  await page.goto(instance.inviteLink)
  await page.getByLabel('What shall we call you?').fill(name)
  await page.getByLabel('Country').selectOption('KE')
  await page.getByLabel('PIN, six digits').fill('246810')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('link', { name: 'To the work' }).click()
  await page.getByRole('heading', { name: 'Work', level: 1 }).waitFor()
}

const offerOf = (page: Page, title: string) =>
  page.locator('a.offer').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** From the inbox into a task, saying yes to the notice where it is asked. */
export async function openTask({ page }: Phone, title: string): Promise<void> {
  await offerOf(page, title).click()
  await page.getByRole('button', { name: 'I want to do this' }).click()
  await page.getByRole('button', { name: 'Yes, I agree' }).click()
  await page.waitForURL(/\/do\//)
}

/** From the inbox into the viewfinder; the camera opens by itself where it is allowed. */
export async function openCamera(phone: Phone, title: string): Promise<void> {
  await openTask(phone, title)
  await phone.page.locator('.film').waitFor()
}

/** Films for a while and stops; the take is on the screen. */
export async function filmTake(phone: Phone, filmMs: number): Promise<void> {
  const { page } = phone
  await page.getByRole('button', { name: 'Start filming' }).click()
  const stop = page.getByRole('button', { name: 'Stop filming' })
  await stop.waitFor()
  await page.waitForTimeout(filmMs)
  await stop.click()
  await page.waitForURL(/take=/)
  await page.getByRole('heading', { name: 'Your take' }).waitFor()
  await page.locator('video').waitFor()
}

/** Looking for faces and painting take their time on a machine that does everything else as well. */
const SECOND_PASS_MS = 200_000

/** From the take on the screen to the film as it would leave. */
export async function prepareTake({ page }: Phone): Promise<void> {
  const next = page.getByRole('button', { name: /^(See what is sent|Go on with it anyway)$/ })
  await next.click({ timeout: SECOND_PASS_MS })
  const result = page.getByRole('heading', { name: 'This is what is sent' })
  await result.or(page.getByText('The film could not be prepared')).waitFor({ timeout: SECOND_PASS_MS })
  await result.waitFor()
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
type Audit = { violations: { id: string; impact: string | null; nodes: { html: string }[] }[] }

/** What axe calls serious or worse on the screen as it is, in one line each. */
export const seriousFaults = (page: Page): Promise<string[]> => accessFaults(page, ['serious', 'critical'])

/** What axe finds against WCAG 2.2 AA on the screen as it is, in one line each; of some impacts alone when named. */
export async function accessFaults(page: Page, impacts?: readonly string[]): Promise<string[]> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<Audit> } }
    return axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
  })
  return violations
    .filter(({ impact }) => impacts === undefined || impacts.includes(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
