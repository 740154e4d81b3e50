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
const MAX_TRIES = 5

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
      hasNext = await answer(page, judge.say(...(await digestsOf(page))))
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
  // One that is held already is gone on with, or opens at once; where others were quicker, nothing is left.
  const goOn = page.getByRole('link', { name: 'Go on' })
  const nothingLeft = page.getByRole('link', { name: 'To the other tasks' })
  await accept.or(goOn).or(nothingLeft).or(pair).first().waitFor()
  if (await nothingLeft.isVisible()) return false
  if (await accept.isVisible()) await accept.click()
  else if (await goOn.isVisible()) await goOn.click()
  return pair.waitFor({ timeout: OFFER_PATIENCE_MS * 2 }).then(
    () => true,
    () => false,
  )
}

/**
 * The SHA-256 of both clips of the pair that the address names. The screen may be drawn anew at any moment: what is read counts
 * only when both clips stand there as they did before, whole. Else the page is opened anew.
 */
async function digestsOf(page: Page): Promise<[string, string]> {
  const failed: string[] = []
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const shown = await untilShown(page)
    const read = await page.evaluate(readClips, shown)
    const isStill = (await untilShown(page)).join(' ') === shown.join(' ')
    const [left, right] = read.map(({ digest }) => digest)
    if (isStill && left && right) return [left, right]
    failed.push(`${read.map(({ status }) => status).join(' and ')}${isStill ? '' : ', drawn anew'}`)
    await page.reload()
  }
  throw new Error(`The clips of a pair could not be read; the server answered ${failed.join('; ')}`)
}

/** Waits until both clips are those of the pair that the address names; gives their addresses. */
async function untilShown(page: Page): Promise<string[]> {
  const handle = await page.waitForFunction(() => {
    const id = /\/do\/([0-9a-f-]{36})$/.exec(location.pathname)?.[1]
    const videos = [...document.querySelectorAll<HTMLVideoElement>('.player-pair video')]
    const shown = videos.map(({ currentSrc }) => currentSrc)
    return id && shown.length === 2 && shown.every((src) => src.includes(id)) ? shown : false
  })
  return (await handle.jsonValue()) || []
}

/** Runs in the page. No digest for a clip that did not come as a whole. */
function readClips(sources: string[]): Promise<{ status: number; digest: string | null }[]> {
  return Promise.all(
    sources.map(async (source) => {
      const reply = await fetch(source, { cache: 'no-store' })
      if (reply.status !== 200) return { status: reply.status, digest: null }
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await reply.arrayBuffer()))
      const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      return { status: reply.status, digest: hex }
    }),
  )
}

/** Chooses and sends; whether the next pair comes at once. */
async function answer(page: Page, chosen: Answer): Promise<boolean> {
  await page
    .locator('label')
    .filter({ has: page.getByRole('radio', { name: LABELS[chosen] }) })
    .first()
    .click()
  const [arrived] = await Promise.all([
    page.waitForResponse(
      (response) =>
        response.url().endsWith('/api/worker/submissions') && response.request().method() === 'POST',
    ),
    page.getByRole('button', { name: 'Send answer' }).click(),
  ])
  const reply = (await arrived.json()) as { next: { id: string } | null }
  if (!reply.next) return false
  const { id } = reply.next
  await page.waitForURL((url) => url.pathname.endsWith(id))
  return true
}
