import { mkdirSync } from 'node:fs'
import { LANGUAGES } from '@chiron/worker/languages'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { apart } from './pair-apart.ts'
import { clipOf, PAIR_INSTRUCTION, PAIR_TITLE, publishComparing } from './pair-lab.ts'
import { longerSide, marksFilter, stopWatching, watchPair } from './pair-marks.ts'
import { accessFaults, join, newId, openPhone, type Phone } from './worker-phone.ts'

/** The two robots take differently long; the film of the slower begins so much later. */
const LATE_SEC = 0.4
const missing = whyNoBrowser()
const onPhone = test.skipIf(missing !== '')
/** Where a picture of each screen goes, when somebody wants to look at them. */
const PICTURES = process.env.CHIRON_PICTURES

let instance: Instance
let browser: Browser
let board: () => Promise<{ voteCount: number }>

beforeAll(async () => {
  if (missing) return
  await buildApps({ apps: ['worker'], log: () => {} })
  instance = await startInstance()
  browser = await launchBrowser()
  board = await publishComparing(instance, [
    { bytes: clipOf(3, marksFilter()), startMs: 100 },
    { bytes: clipOf(4.5, `,hue=h=90${marksFilter()}`), startMs: 100 + LATE_SEC * 1000 },
  ])
  if (PICTURES) mkdirSync(PICTURES, { recursive: true })
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
})

async function openPair({ page }: Phone, words: (key: string) => string): Promise<void> {
  await page.goto(instance.url)
  await page.locator('a.offer').filter({ hasText: PAIR_TITLE }).click()
  await page.getByRole('button', { name: words('brief.accept') }).click()
  await page.locator('.player-pair').waitFor()
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].every((video) => video.readyState >= 2),
  )
}

/** Somebody new on a phone of their own, a pair before them, in English. */
async function beginPair(name: string): Promise<{ phone: Phone; words: (key: string) => string }> {
  const said = await LANGUAGES.find(({ code }) => code === 'en')!.load()
  const words = (key: string): string => said[key] ?? key
  const phone = await openPhone(browser)
  await join(phone, instance, name)
  await openPair(phone, words)
  return { phone, words }
}

/** Where both clips stand on the clock of their runs, in seconds; the later one is the longer. */
const timesOf = (page: Page) =>
  page.evaluate((lateSec) => {
    const videos = [...document.querySelectorAll('video')]
    const longest = Math.max(...videos.map(({ duration }) => duration))
    return videos.map(({ currentTime, duration }) => currentTime + (duration === longest ? lateSec : 0))
  }, LATE_SEC)

onPhone(
  'UI-12 a pair is watched in step, judged and counted; the next one comes at once',
  async () => {
    const { phone } = await beginPair('Petra')
    const { page } = phone
    await page.getByText(PAIR_INSTRUCTION).waitFor()
    expect(await page.locator('body').textContent()).not.toMatch(/secret|front/)
    await page.getByRole('button', { name: 'Play' }).first().click()
    // The shorter one waits at its last picture while the longer goes on; both end there.
    await page.waitForFunction(() => {
      const videos = [...document.querySelectorAll('video')]
      return videos.every((video) => video.paused && video.currentTime > video.duration - 0.2)
    })
    const send = page.getByRole('button', { name: 'Send answer' })
    expect(await send.isDisabled()).toBe(true)
    // Where the bar is pressed both stand at the same time of their runs.
    await page.locator('.scrubber').click({ position: { x: 100, y: 24 } })
    const areTogether = async (): Promise<boolean> => {
      const [one = 0, other = 9] = await timesOf(page)
      return Math.abs(one - other) < 0.034 && one > 0.5 && one < 2.9
    }
    await expect.poll(areTogether, { timeout: 30_000 }).toBe(true)
    // Before the later one begins, it stands at its first picture.
    await page.locator('.scrubber').click({ position: { x: 8, y: 24 } })
    const first = async (): Promise<number> => Math.max(...(await timesOf(page)))
    await expect.poll(first, { timeout: 30_000 }).toBeCloseTo(LATE_SEC, 1)
    await page.getByText('A is better').click()
    // What is said of one robot is not taken to be said of the other.
    const far = (name: string) => page.getByRole('slider', { name: `How far ${name} got` })
    await far('A').fill('80')
    expect(await far('B').getAttribute('aria-valuetext')).toBe('–')
    expect(await send.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Clear' }).click()
    expect([await far('A').getAttribute('aria-valuetext'), await send.isDisabled()]).toEqual(['–', false])
    await far('B').fill('30')
    await far('A').fill('80')
    await page.getByRole('checkbox', { name: /Dropped/ }).check({ force: true })
    const before = page.url()
    const sending = page.waitForRequest((request) => request.url().endsWith('/api/worker/submissions'))
    await send.click()
    expect((await sending).postDataJSON().answer).toMatchObject({
      winner: 'left',
      progress: { left: 80, right: 30 },
    })
    await page.waitForURL((url) => url.pathname.startsWith('/do/') && url.href !== before)
    await page.locator('.player-pair').waitFor()
    await expect.poll(async () => (await board()).voteCount, { timeout: 30_000 }).toBe(1)
    expect(phone.faults).toEqual([])
    expect(phone.strayRequests).toEqual([])
    await phone.context.close()
  },
  300_000,
)

/** The one that ends first plays at a fifth of whatever speed it is told, for a while: its decoder has more to do than it can. */
const holdUp = (page: Page, forMs: number) =>
  page.evaluate((forMs) => {
    const [video] = [...document.querySelectorAll('video')].sort((a, b) => a.duration - b.duration)
    const { set, get } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'playbackRate')!
    set!.call(video, 0.2)
    Object.defineProperty(video, 'playbackRate', { configurable: true, get, set: () => {} })
    setTimeout(() => Reflect.deleteProperty(video!, 'playbackRate'), forMs)
  }, forMs)

onPhone(
  'UI-12 where one clip of a pair is held up, the other stands as well: never are they further apart than a frame',
  async () => {
    const { phone } = await beginPair('Ines')
    const { page } = phone
    await watchPair(page)
    await page.getByRole('button', { name: 'Play' }).first().click()
    await page.waitForFunction(() =>
      [...document.querySelectorAll('video')].every((it) => it.currentTime > 1),
    )
    await holdUp(page, 700)
    const boxes = await page.locator('.player-pair .clip').evaluateAll((clips) =>
      clips.map((clip) =>
        [...clip.querySelectorAll('.clip-video')].map((it) => {
          const { x, y, width, height } = it.getBoundingClientRect()
          return [x, y, width, height].map(Math.round)
        }),
      ),
    )
    for (const [video, picture] of boxes) expect(picture).toEqual(video)
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/compare-playing.png` })
    await page.getByRole('button', { name: 'Play' }).last().waitFor({ timeout: 60_000 })
    const lateFrames = LATE_SEC * 30
    const seen = apart(
      [await stopWatching(page)],
      (await longerSide(page)) === 0 ? [lateFrames, 0] : [0, lateFrames],
    )
    expect(seen.refreshes).toBeGreaterThan(20)
    expect(seen.worst).toBeLessThanOrEqual(1)
    // Where it stands still, the videos themselves are seen, both at their last picture.
    await expect.poll(() => page.locator('.clip-picture:visible').count()).toBe(0)
    expect(phone.faults).toEqual([])
    await phone.context.close()
  },
  300_000,
)

onPhone(
  'TSK-8 a pair that was answered on another device, or just now, is said to be answered: nobody looks at clips that do not come',
  async () => {
    const { phone, words } = await beginPair('Dora')
    const { page } = phone
    const leaseId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const kept = () => page.evaluate(() => localStorage.getItem('chiron-kept') ?? '')
    await page.goto(instance.url)
    await page.locator('a.held').waitFor()
    await expect.poll(kept).toContain(`"leases":[{"id":"${leaseId}"`)
    const before = await kept()
    const data = { id: newId(), leaseId, answer: { winner: 'tie', why: [] }, activeMs: 900, next: false }
    const reply = await phone.context.request.post(`${instance.url}/api/worker/submissions`, { data })
    expect(reply.status(), await reply.text()).toBe(200)
    // As a phone that was closed before it heard: what it kept still says that the pair is in hand.
    await page.evaluate((text) => localStorage.setItem('chiron-kept', text), before)
    await page.goto(`${instance.url}/do/${leaseId}`)
    await page.getByText('You have answered this task').waitFor()
    expect(await page.locator('.player-pair').count()).toBe(0)
    // The same from this device: the list offers no way back into it, whatever the server has not yet said.
    await page.getByRole('link', { name: 'To the tasks' }).click()
    await openPair(phone, words)
    await page.getByText('No difference').click()
    const own = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await page.route('**/api/worker/inbox', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 4_000))
      await route.continue().catch(() => undefined)
    })
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/worker/submissions'))
    const heldBefore = await kept()
    await page.getByRole('button', { name: 'Send answer' }).click()
    await answered
    await page.evaluate((text) => localStorage.setItem('chiron-kept', text), heldBefore)
    await page.goto(instance.url)
    await page.getByRole('heading', { name: 'Work', level: 1 }).waitFor()
    await expect.poll(() => page.locator(`a[href="/do/${own}"]`).count()).toBe(0)
    expect(phone.faults).toEqual([])
    await phone.context.close()
  },
  300_000,
)

for (const { code, name, load } of LANGUAGES.filter(({ code: each }) => ['en', 'ar', 'fil'].includes(each))) {
  onPhone(
    `UI-9 UI-12 the pair in ${name}: nothing axe minds, nothing too wide or small, on a phone and a desk`,
    async () => {
      const said = await load()
      const words = (key: string) => said[key] ?? key
      const phone = await openPhone(browser, { locale: code === 'en' ? 'en-US' : code })
      const { page } = phone
      await phone.context.addInitScript((chosen) => localStorage.setItem('chiron-language', chosen), code)
      await page.goto(instance.inviteLink)
      await page.getByLabel(words('join.name')).fill('Ada')
      await page.getByLabel(words('join.pin')).fill('246810')
      await page.getByRole('button', { name: words('join.join') }).click()
      await page.locator('.handle').waitFor()
      await openPair(phone, words)
      const faults: string[] = []
      for (const size of [
        { width: 320, height: 568 },
        { width: 360, height: 740 },
        { width: 1280, height: 800 },
      ]) {
        await page.setViewportSize(size)
        const { overflow, small } = await page.evaluate(measure, size.width)
        if (overflow > 0) faults.push(`${size.width}: ${overflow} pixels too wide`)
        if (size.width < 1000) faults.push(...small.map((target) => `${size.width}: small ${target}`))
        if (PICTURES)
          await page.screenshot({ path: `${PICTURES}/${code}-${size.width}-compare.png`, fullPage: true })
      }
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width: 360, height })
      faults.push(...(await accessFaults(page)))
      expect(faults).toEqual([])
      expect(phone.faults).toEqual([])
      await phone.context.close()
    },
    300_000,
  )
}

function measure(width: number): { overflow: number; small: string[] } {
  const targets = 'button, a[href], input[type=range], [role=slider], label:has(input)'
  const small = [...document.querySelectorAll<HTMLElement>(targets)]
    .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 47.5)
    .map((target) => target.outerHTML.slice(0, 100))
  return { overflow: document.documentElement.scrollWidth - width, small }
}
