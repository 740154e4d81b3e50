import type { Page, Route } from 'playwright-core'
import type { Instance } from '../../instance.ts'
import { type Looker, settled } from '../screen-faults.ts'
import type { Phone } from '../worker-phone.ts'

/** A phone whose screens are looked at, and the server it belongs to. */
export type Stage = Phone & Looker & { instance: Instance }

export const FILM_TITLE = 'Wave with one hand'

/** Joins, as the first screens ask. */
export async function joinHere({ page, words, instance }: Stage): Promise<void> {
  await page.goto(instance.inviteLink)
  await page.getByLabel(words('join.name')).fill('Ada')
  await page.getByLabel(words('join.pin')).fill('246810')
  await page.getByRole('button', { name: words('join.join') }).click()
  await page.locator('.handle').waitFor()
}

export async function goTo({ page, words, instance }: Stage, where: string, title: string): Promise<void> {
  await page.goto(instance.url + where)
  await settled(page, words, title)
}

/** Through an offer's brief, and its notice where it has one. */
export async function accept({ page, words, instance }: Stage, title: string): Promise<void> {
  await page.goto(instance.url)
  await page.locator('a.offer').filter({ hasText: title }).click()
  await page.getByRole('button', { name: words('brief.accept') }).click()
  const yes = page.getByRole('button', { name: words('consent.yes') })
  await Promise.race([yes.waitFor(), page.waitForURL(/\/do\//)])
  if (await yes.isVisible()) await yes.click()
  await page.waitForURL(/\/do\//)
}

type Change = (reply: never) => unknown

/** What the server answers, with a change: a state that would take days, or another person, to come about. */
export async function alter(page: Page, where: RegExp, change: Change): Promise<void> {
  await page.route(where, async (route: Route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    const response = await route.fetch()
    await route.fulfill({ response, json: change((await response.json()) as never) })
  })
}

/** The server refuses, or is broken. */
export async function refuse(page: Page, where: RegExp, status: number, code: string): Promise<void> {
  await page.route(where, (route) => route.fulfill({ status, json: { code, message: '' } }))
}

/** What is seen while the server has not answered. */
export async function whileHanging(page: Page, where: RegExp, seen: () => Promise<void>): Promise<void> {
  await page.route(where, () => undefined)
  await seen()
  await page.unroute(where)
}

/** On the page: what is kept from before would be shown while, and where, the server does not answer. */
export const forgetKept = () => {
  for (const key of Object.keys(localStorage)) if (key.includes('kept')) localStorage.removeItem(key)
}
