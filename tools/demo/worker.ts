import type { Page } from 'playwright-core'
import type { Person } from './people.ts'
import type { Stage } from './stage.ts'

/** How long a take is filmed, at least: until the screen says that it is long enough, and a moment on. */
const FILM_MS = 5000
/** On a machine with much else to do pictures get lost, or the take too short: filming again helps then. */
const BUSY_FAULTS = /Pictures are missing|It is too short/
/** Other faults are the clip's own; more than a few takes would not mend those either. */
const MAX_TAKES = 4
const READY_PATIENCE_MS = 5000

/** Opens the invite and says who one is. */
export async function joinByInvite({ page, name }: Person, inviteLink: string): Promise<void> {
  await page.goto(inviteLink)
  await page.getByLabel('What shall we call you?').fill(name)
  const country = page.getByLabel('Country')
  if ((await country.inputValue()) === '') await country.selectOption({ label: 'Portugal' })
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('heading', { name: `Welcome, ${name}!` }).waitFor()
  await page.getByRole('link', { name: 'To the work' }).click()
  await page.getByRole('heading', { name: 'Work', level: 1 }).waitFor()
}

/** Opens a task of the inbox by its title and shows its brief. */
export async function openTask({ page }: Person, title: string): Promise<void> {
  await page.getByRole('link', { name: title }).first().click()
  await page.getByRole('button', { name: 'I want to do this' }).waitFor()
}

/** Says yes to what will become of the recordings; the task is held from then on. */
export async function consent({ page }: Person, look: () => Promise<unknown>): Promise<void> {
  await page.getByRole('button', { name: 'I want to do this' }).click()
  const yes = page.getByRole('button', { name: 'Yes, I agree' })
  await yes.waitFor()
  await look()
  await yes.click()
}

/** Takes up a task that needs no consent. */
export async function begin({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'I want to do this' }).click()
}

/** Films a take, anew where pictures were lost, and sends it; gives the words that say what became of it. */
export async function filmAndSend(worker: Person, stage: Stage, shots: boolean): Promise<string> {
  const { page } = worker
  for (let tries = 1; ; tries += 1) {
    await film(page, async () => {
      if (shots) await stage.shot(page, 'phone-viewfinder')
    })
    const again = page.getByRole('link', { name: 'Film again' })
    await again.waitFor()
    const next = page.getByRole('button', { name: /^(See what is sent|Go on with it anyway)$/ })
    const isBusy = await page.getByText(BUSY_FAULTS).first().isVisible()
    if ((await next.isVisible()) && (!isBusy || tries >= MAX_TAKES)) {
      if (shots) await stage.shot(page, 'phone-take')
      await next.click()
      await page.getByRole('heading', { name: 'This is what is sent' }).waitFor()
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByRole('heading', { name: 'What happens now' }).waitFor()
      return whenSeen(page)
    }
    if (tries >= MAX_TAKES) throw new Error('This machine is too busy to film: each take came out too short.')
    await again.click()
  }
}

/** From the open task to the take that was filmed. */
async function film(page: Page, look: () => Promise<void>): Promise<void> {
  const open = page.getByRole('button', { name: 'Open the camera' })
  const start = page.getByRole('button', { name: 'Start filming' })
  await open.or(start).first().waitFor()
  if (await open.isVisible()) await open.click()
  await start.waitFor()
  // It says what is wrong instead; people may film all the same.
  await page
    .getByText('Looks good')
    .waitFor({ timeout: READY_PATIENCE_MS })
    .catch(() => undefined)
  await start.click()
  const stop = page.getByRole('button', { name: 'Stop filming' })
  await stop.waitFor()
  await page.waitForTimeout(FILM_MS / 2)
  await look()
  await page.getByText('long enough').waitFor()
  await page.waitForTimeout(FILM_MS / 2)
  await stop.click()
  await page.getByRole('heading', { name: 'Your take' }).waitFor()
}

export const WAITS = 'It is good. Others look at it now'
export const CAME_BACK = 'It came back to you'

/** Waits until what was sent has arrived and been looked at; gives the words the worker reads. */
async function whenSeen(page: Page): Promise<string> {
  const words = [WAITS, CAME_BACK, 'A person of the team looks at it', 'Accepted. Thank you!']
  const heading = page.getByRole('heading', { name: new RegExp(words.join('|').replaceAll('.', '\\.')) })
  await heading.waitFor()
  return (await heading.textContent())?.trim() ?? ''
}

/** After a take came back: looks why, and takes the task up again. */
export async function takeUpAgain({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: 'See why and film again' }).click()
  await page.getByRole('button', { name: 'Film again' }).click()
}

export async function doAnother({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Do another one' }).click()
}

export interface Answer {
  outcome: 'Success' | 'Partly done' | 'Failure' | 'Cannot tell'
  /** Asked only where it did not work. */
  why?: string
}

/** Answers about the clip that is open, and waits until the server has the answer. */
export async function answer(
  { page }: Person,
  { outcome, why }: Answer,
  look: () => Promise<unknown>,
): Promise<void> {
  await choose(page, outcome)
  if (why) await choose(page, why)
  await look()
  const arrived = page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/worker/submissions') && response.request().method() === 'POST',
  )
  await page.getByRole('button', { name: 'Send answer' }).click()
  await arrived
}

/** Taps the whole row of a choice, as a thumb does. */
async function choose(page: Page, words: string): Promise<void> {
  await page
    .locator('label')
    .filter({ has: page.getByRole('radio', { name: words }) })
    .first()
    .click()
}

/** The balance and where it comes from. */
export async function openEarnings({ page }: Person): Promise<void> {
  await page.goto('/earnings')
  await page.getByRole('heading', { name: 'Line by line' }).waitFor()
}
