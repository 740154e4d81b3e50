import type { Page } from 'playwright-core'
import type { Person } from './people.ts'
import { BRIEF } from './words.ts'

/** What the team of the demo does in the console, found by the words on the screen. */
/** `screen`: the heading of the screen that the role's link leads to. */
export async function signInByLink({ page }: Person, link: string, screen = 'Campaigns'): Promise<void> {
  await page.goto(link)
  await page.getByRole('heading', { name: screen, level: 1 }).waitFor()
}

export async function goTo({ page }: Person, way: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Ways' })
    .getByRole('link', { name: new RegExp(`^${way}( |$)`) })
    .click()
  await page.getByRole('heading', { name: way, level: 1 }).waitFor()
}

/** Records money put aside for campaigns, in the currency the form opens with. */
export async function putInFunds(member: Person, amount: string, reference: string): Promise<void> {
  const { page } = member
  await goTo(member, 'Pay')
  await page.getByRole('button', { name: 'Put in funds' }).click()
  const form = page.getByRole('dialog', { name: 'Put in funds' })
  await form.getByLabel('Amount').fill(amount)
  await form.getByLabel('Reference').fill(reference)
  await form.getByRole('button', { name: /^Put in / }).click()
  await form.waitFor({ state: 'hidden' })
}

export interface Order {
  /** The template's name in the list. */
  template: string
  title: string
  /** A picture or clip of what success looks like. */
  example: string
  /** Further fields of the form. */
  fill(page: Page): Promise<void>
}

/** A new campaign from a template, published to workers; gives its id. */
export async function orderCampaign(member: Person, order: Order): Promise<string> {
  const { page } = member
  await goTo(member, 'Campaigns')
  await page.getByRole('link', { name: 'New campaign' }).click()
  await page.getByRole('heading', { name: 'New campaign', level: 1 }).waitFor()
  await page.getByRole('link', { name: order.template }).click()
  await page.getByLabel('Title', { exact: true }).fill(order.title)
  await page.getByLabel('Choose a file').setInputFiles(order.example)
  await page.getByRole('button', { name: 'Choose another' }).waitFor()
  await order.fill(page)
  await page.getByText('Nothing is missing').waitFor()
  await page.getByRole('button', { name: 'Publish to workers' }).click()
  await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
  await page.getByRole('heading', { name: order.title, level: 1 }).waitFor()
  return page.url().split('/').at(-1) ?? ''
}

/** Two takes, which three other workers judge first, and a member where those do not agree. */
export async function fillFilming(page: Page): Promise<void> {
  for (const [language, { title, steps, success }] of Object.entries(BRIEF)) {
    await page.getByRole('tab', { name: language }).click()
    await page.getByLabel('Title', { exact: true }).fill(title)
    for (const [at, step] of steps.entries()) await page.getByLabel(`Steps, line ${at + 1}`).fill(step)
    await page.getByLabel('What success looks like').fill(success)
  }
  await page.getByRole('tab', { name: 'English' }).click()
  await page.getByLabel('Recordings wanted').fill('2')
  await page.getByLabel('Film again').fill('1')
  await page.getByLabel('Other workers judge each recording first').check()
  await askThree(page)
}

/** Questions about what another campaign films. */
export async function fillJudging(page: Page, filming: string): Promise<void> {
  const sources = page.getByLabel('Recordings of')
  await choose(sources, filming)
  await askThree(page)
}

async function askThree(page: Page): Promise<void> {
  await page.getByLabel('Ask at most').fill('3')
  await page.getByLabel('Ask at least').fill('3')
  await page.getByLabel('You look at').fill('0')
}

/** Chooses in a list by a part of the words of an option, as one reads it. */
async function choose(list: ReturnType<Page['getByLabel']>, words: string): Promise<void> {
  const option = list.locator('option', { hasText: words })
  await option.waitFor({ state: 'attached' })
  await list.selectOption((await option.getAttribute('value')) ?? '')
}

/** Settles the item that is open in the queue as a success, by keys alone. `look` runs before the decision. */
export async function settleByKeyboard(member: Person, look: () => Promise<unknown>): Promise<void> {
  const { page } = member
  await goTo(member, 'Review')
  const decision = page.getByRole('region', { name: 'Decision' })
  await decision.waitFor()
  if ((await decision.getByRole('radio', { name: 'Success' }).count()) > 0) await page.keyboard.press('1')
  await look()
  await page.keyboard.press('a')
  const toast = page.getByText(/^(Settled|Accepted)\. Sent in/).first()
  await toast.waitFor()
  await toast.waitFor({ state: 'hidden' })
}

/** Builds a dataset of a campaign and waits until it is ready. */
export async function buildDataset(member: Person, campaign: string, name: string): Promise<void> {
  const { page } = member
  await goTo(member, 'Datasets')
  await page.getByRole('button', { name: 'Build a dataset' }).first().click()
  const form = page.getByRole('dialog', { name: 'Build a dataset' })
  await choose(form.getByLabel('Campaign'), campaign)
  await form.getByLabel('Name').fill(name)
  await form.getByRole('button', { name: 'Build it' }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  await page.getByText('Ready', { exact: true }).first().waitFor()
}
