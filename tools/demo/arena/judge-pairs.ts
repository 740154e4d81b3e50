import type { Page } from 'playwright-core'
import type { Person } from '../people.ts'
import type { Answer } from './designs.ts'

const LABELS: Record<Answer, string> = {
  left: 'A is better',
  right: 'B is better',
  tie: 'No difference',
  'both-bad': 'Both failed',
}
const OFFER_PATIENCE_MS = 5000

export type Judge = {
  readonly title: string
  /** What this rater says of two clips, by the SHA-256 of each. */
  readonly say: (left: string, right: string) => Answer
  /** Whether nothing more has to be judged. */
  readonly isOver: () => Promise<boolean>
}

/**
 * A rater at the worker app: takes up the pairs that are offered, looks at which clips they are by their bytes (nothing else
 * tells: the app is blind), chooses and sends, until it is over. Gives how often they voted.
 */
export async function judgePairs({ page }: Person, judge: Judge): Promise<number> {
  let votes = 0
  while (!(await judge.isOver())) {
    await page.goto('/')
    if (!(await takeUp(page, judge.title))) continue
    for (let hasNext = true; hasNext; votes += 1) {
      await untilShown(page)
      const [left, right] = await digestsOf(page)
      hasNext = await answer(page, judge.say(left, right))
      if (await judge.isOver()) return votes + 1
    }
  }
  return votes
}

/** Whether a pair was there to be had; others may have been quicker. */
async function takeUp(page: Page, title: string): Promise<boolean> {
  const offer = page.getByRole('link', { name: title }).first()
  const isThere = await offer.waitFor({ timeout: OFFER_PATIENCE_MS }).then(
    () => true,
    () => false,
  )
  if (!isThere) return false
  await offer.click()
  const accept = page.getByRole('button', { name: 'I want to do this' })
  const pair = page.locator('.player-pair')
  // One that is held already opens at once.
  await accept.or(pair).first().waitFor()
  if (await accept.isVisible()) await accept.click()
  return pair.waitFor({ timeout: OFFER_PATIENCE_MS * 2 }).then(
    () => true,
    () => false,
  )
}

/** Waits until both clips are those of the pair that the address names. */
async function untilShown(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const id = location.pathname.split('/').at(-1) ?? ''
    const videos = [...document.querySelectorAll<HTMLVideoElement>('.player-pair video')]
    return videos.length === 2 && videos.every(({ currentSrc }) => currentSrc.includes(id))
  })
}

function digestsOf(page: Page): Promise<[string, string]> {
  return page.evaluate(async () => {
    const videos = [...document.querySelectorAll<HTMLVideoElement>('.player-pair video')]
    const digests = videos.map(async ({ currentSrc }) => {
      const reply = await fetch(currentSrc)
      if (!reply.ok) throw new Error(`${reply.status} for ${currentSrc}`)
      const bytes = await reply.arrayBuffer()
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
      return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    })
    const [left = '', right = ''] = await Promise.all(digests)
    return [left, right]
  })
}

/** Chooses and sends; whether the next pair comes at once. */
async function answer(page: Page, chosen: Answer): Promise<boolean> {
  await page
    .locator('label')
    .filter({ has: page.getByRole('radio', { name: LABELS[chosen] }) })
    .first()
    .click()
  const arrived = page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/worker/submissions') && response.request().method() === 'POST',
  )
  await page.getByRole('button', { name: 'Send answer' }).click()
  const reply = (await (await arrived).json()) as { next: { id: string } | null }
  if (!reply.next) return false
  const { id } = reply.next
  await page.waitForURL((url) => url.pathname.endsWith(id))
  return true
}
