// How far apart two clips that are compared drift on a slow phone: see README.md.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, whyNoBrowser } from '../tests/e2e/browser.ts'
import { type Apart, apart } from '../tests/e2e/pair-apart.ts'
import { clipOf, PAIR_TITLE, publishComparing } from '../tests/e2e/pair-lab.ts'
import { longerSide, marksFilter, type SeenFrames, stopWatching, watchPair } from '../tests/e2e/pair-marks.ts'
import { join, openPhone } from '../tests/e2e/worker-phone.ts'
import { type Instance, startInstance } from '../tests/instance.ts'
import { DIST } from './capture/app-size.ts'

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

/** One playback from the first picture to the last, as it was on the screen. */
async function playOnce(page: Page): Promise<SeenFrames[]> {
  await watchPair(page)
  await page.getByRole('button', { name: 'Play' }).last().click()
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: PATIENCE_MS })
  await page.getByRole('button', { name: 'Play' }).last().waitFor({ timeout: PATIENCE_MS })
  return stopWatching(page)
}

/** `way`: how the clips were shown. */
type Row = Apart & { rate: number; way: 'in step' | 'each by itself' }

/** Both clips as the app shows them at each rate, then at the target's as a browser shows two videos that nobody holds. */
async function measured(browser: Browser, instance: Instance, lateMs: number): Promise<Row[]> {
  const phone = await openPhone(browser)
  const { page } = phone
  await join(phone, instance, 'Petra')
  await page.locator('a.offer').filter({ hasText: PAIR_TITLE }).click()
  await page.getByRole('button', { name: 'I want to do this' }).click()
  const devtools = await phone.context.newCDPSession(page)
  const rows: Row[] = []
  const measure = async (way: Row['way'], rate: number): Promise<void> => {
    await page.locator('.player-pair').waitFor()
    await page.waitForFunction(() =>
      [...document.querySelectorAll('video')].every((clip) => clip.readyState >= 4),
    )
    await devtools.send('Emulation.setCPUThrottlingRate', { rate })
    const plays: SeenFrames[][] = []
    for (let play = 0; play < Number(values.plays); play += 1) plays.push(await playOnce(page))
    const lateFrames = (lateMs * FPS) / 1000
    const starts = (await longerSide(page)) === 0 ? ([0, lateFrames] as const) : ([lateFrames, 0] as const)
    rows.push({ way, rate, ...apart(plays, starts) })
  }
  for (const rate of RATES) await measure('in step', rate)
  // What the app needs to hold two clips is taken from it: it then shows the videos themselves, at adapted speeds.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'VideoFrame'))
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.reload()
  await measure('each by itself', TARGET_RATE)
  await phone.context.close()
  return rows
}

const HEADS = [
  'refreshes',
  'worst, frames',
  '99 of 100',
  'left at most',
  'right at most',
  'pictures skipped',
  'both stood, ms',
]

function table(title: string, rows: readonly Row[]): void {
  say(`\n${title}`)
  say(`  ${'page slowed'.padEnd(20)}${HEADS.map((head) => head.padStart(18)).join('')}`)
  for (const row of rows) {
    const cells = [row.refreshes, row.worst, row.most, ...row.ahead, row.skipped, row.stoodMs.toFixed(0)]
    const name = `${row.rate}×, ${row.way}`.padEnd(20)
    say(`  ${name}${cells.map((cell) => String(cell).padStart(18)).join('')}`)
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
  const marks = marksFilter()
  const left = clipOf(seconds + LATE_MS / 1000, marks)
  const right = clipOf(seconds, `,hue=h=90${marks}`)
  let missed = 0
  for (const lateMs of [0, LATE_MS]) {
    const instance = await startInstance()
    const browser = await launchBrowser()
    try {
      const first = lateMs === 0 ? clipOf(seconds, `,hue=h=180${marks}`) : left
      await publishComparing(instance, [{ bytes: first }, { bytes: right, startMs: lateMs }])
      const rows = await measured(browser, instance, lateMs)
      table(
        `two clips of ${seconds} s, ${lateMs === 0 ? 'begun together' : `one begun ${lateMs} ms later`}`,
        rows,
      )
      const judged = rows.find(({ rate, way }) => rate === TARGET_RATE && way === 'in step')
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
