// How far apart two clips that are compared drift on a slow phone: see README.md.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, whyNoBrowser } from '../tests/e2e/browser.ts'
import { clipOf, PAIR_TITLE, publishComparing } from '../tests/e2e/pair-lab.ts'
import { join, openPhone } from '../tests/e2e/worker-phone.ts'
import { type Instance, startInstance } from '../tests/instance.ts'
import { DIST } from './capture/app-size.ts'
import { type Apart, apart, type Presented } from './pair/apart.ts'

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '1,4,6' },
    plays: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
  },
})
const RATES = values.rates.split(',').map(Number)
const FPS = 30
/** The rate that the target speaks of, and the target. */
const TARGET_RATE = 4
const MAX_FRAMES_APART = 1
/** In the second pair the right clip begins so much later than the left. */
const LATE_MS = 700
const PATIENCE_MS = 180_000

const say = (line: string): void => console.log(line)

/** One playback from the first picture to the last, as the browser reports what it presented. */
async function playOnce(page: Page): Promise<Presented[]> {
  await page.evaluate(() => {
    const seen: Presented[] = []
    const videos = [...document.querySelectorAll('video')]
    for (const [place, video] of videos.entries()) {
      const watch = (): void => {
        video.requestVideoFrameCallback((_, { expectedDisplayTime, mediaTime }) => {
          watch()
          if (globalThis.pairSeen === seen)
            seen.push({ place, atMs: expectedDisplayTime, mediaSec: mediaTime })
        })
      }
      watch()
    }
    globalThis.pairSeen = seen
  })
  await page.getByRole('button', { name: 'Play' }).last().click()
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Play' }).last().waitFor({ timeout: PATIENCE_MS })
  return page.evaluate(() => {
    const seen = globalThis.pairSeen ?? []
    globalThis.pairSeen = undefined
    return seen
  })
}

declare global {
  var pairSeen: Presented[] | undefined
}

type AtRate = Apart & { rate: number }

async function atRates(browser: Browser, instance: Instance, lateMs: number): Promise<AtRate[]> {
  const phone = await openPhone(browser)
  const { page } = phone
  await join(phone, instance, 'Petra')
  await page.locator('a.offer').filter({ hasText: PAIR_TITLE }).click()
  await page.getByRole('button', { name: 'I want to do this' }).click()
  await page.locator('.player-pair').waitFor()
  const ready = (): boolean => [...document.querySelectorAll('video')].every((clip) => clip.readyState >= 4)
  await page.waitForFunction(ready)
  const devtools = await phone.context.newCDPSession(page)
  const rows: AtRate[] = []
  for (const rate of RATES) {
    await devtools.send('Emulation.setCPUThrottlingRate', { rate })
    const plays: Presented[][] = []
    for (let play = 0; play < Number(values.plays); play += 1) plays.push(await playOnce(page))
    rows.push({ rate, ...apart(plays, { fps: FPS, startsMs: await startsOf(page, lateMs) }) })
  }
  await phone.context.close()
  return rows
}

/** Which side is the late one is for the dice. */
async function startsOf(page: Page, lateMs: number): Promise<readonly [number, number]> {
  const isLeftLong = await page.evaluate(() => {
    const [left, right] = [...document.querySelectorAll('video')].map(({ duration }) => duration)
    return left! > right!
  })
  return isLeftLong ? [0, lateMs] : [lateMs, 0]
}

function table(title: string, rows: readonly AtRate[]): void {
  say(`\n${title}`)
  say(
    '  page slowed   refreshes   worst, frames   99 of 100   left at most   right at most   pictures skipped',
  )
  for (const row of rows) {
    const cells = [row.refreshes, row.worst.toFixed(2), row.most.toFixed(2), row.ahead[0].toFixed(2)]
    const rest = [row.ahead[1].toFixed(2), row.skipped]
    say(
      `  ${`${row.rate}×`.padEnd(12)}${[...cells, ...rest].map((cell) => String(cell).padStart(14)).join('')}`,
    )
  }
}

async function main(): Promise<void> {
  const why = whyNoBrowser()
  if (why || !existsSync(path.join(DIST, 'index.html'))) {
    say(why ? `Nothing was measured: ${why}.` : 'The worker app is not built yet: npm run build')
    process.exitCode = 2
    return
  }
  const seconds = Number(values.seconds)
  const left = clipOf(seconds + LATE_MS / 1000, '')
  const right = clipOf(seconds, ',hue=h=90')
  let missed = 0
  for (const lateMs of [0, LATE_MS]) {
    const instance = await startInstance()
    const browser = await launchBrowser()
    try {
      const first = lateMs === 0 ? clipOf(seconds, ',hue=h=180') : left
      await publishComparing(instance, [{ bytes: first }, { bytes: right, startMs: lateMs }])
      const rows = await atRates(browser, instance, lateMs)
      table(
        `two clips of ${seconds} s, ${lateMs === 0 ? 'begun together' : `one begun ${lateMs} ms later`}`,
        rows,
      )
      const judged = rows.find(({ rate }) => rate === TARGET_RATE)
      const isMet = judged === undefined || judged.worst <= MAX_FRAMES_APART
      if (!isMet) missed += 1
      say(
        `  ${isMet ? 'met   ' : 'MISSED'}  within ${MAX_FRAMES_APART} frame of each other at ${TARGET_RATE}×`,
      )
    } finally {
      await browser.close()
      await instance.stop()
    }
  }
  if (missed > 0) process.exitCode = 1
}

await main()
