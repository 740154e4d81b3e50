import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { BOARD_POSES, renderBoard, RENDERED_CAMERA as TRUTH } from '@chiron/capture/testing'
import { calibrationRoutes, mediaRoutes } from '@chiron/contract'
import { type Calibration, MAX_RMS_PX } from '@chiron/core/camera'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import {
  accessFaults,
  filmTake,
  join,
  openCamera,
  openPhone,
  type Phone,
  prepareTake,
  publishFilming,
  signInAsMember,
} from './worker-phone.ts'

const missing = whyNoBrowser()
const onPhone = test.skipIf(missing !== '')
/** Two looks and one to spare, however the camera's second falls. */
const SECONDS_A_POSE = 3
/** The board comes round several times on a machine that does everything else as well. */
const MEASURING_MS = 300_000

/** Where a picture of each screen goes, when somebody wants to look at them. */
const PICTURES = process.env.CHIRON_PICTURES
const TITLE = 'Show the board'
const CONFIG = { minSeconds: 1, maxSeconds: 30, fps: 10, minHeight: 240, orientation: 'any' }

let folder = ''
let instance: Instance
let browser: Browser
let phone: Phone
let made: Calibration
let call: Awaited<ReturnType<typeof signInAsMember>>

beforeAll(async () => {
  if (missing) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-calibration-'))
  const camera = path.join(folder, 'boards.y4m')
  filmBoards(camera)
  await buildApps({ apps: ['worker'], log: () => {} })
  instance = await startInstance()
  call = await signInAsMember(instance, 'manager')
  await publishFilming(call, { title: TITLE, config: CONFIG })
  browser = await launchBrowser({ camera })
  phone = await openPhone(browser)
  await join(phone, instance, 'Ada')
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** A film of one picture a second: the board in each of its poses for a while, grey and without loss. */
function filmBoards(file: string): void {
  const { width, height } = TRUTH
  const film = openSync(file, 'w')
  const colours = new Uint8Array((width * height) / 2).fill(128)
  writeSync(film, `YUV4MPEG2 W${width} H${height} F1:1 Ip A1:1 C420jpeg\n`)
  for (const pose of BOARD_POSES) {
    const { luma } = renderBoard(pose)
    for (let second = 0; second < SECONDS_A_POSE; second += 1) {
      writeSync(film, 'FRAME\n')
      writeSync(film, luma)
      writeSync(film, colours)
    }
  }
  closeSync(film)
}

const policyOf = async (url: string): Promise<string> =>
  (await fetch(url)).headers.get('content-security-policy') ?? ''

onPhone(
  'CAP-8 CMR-3 a person is led through it, and a camera of known intrinsics is recovered within 0.5 %',
  async () => {
    const { page } = phone
    const workers: string[] = []
    page.on('worker', (worker) => workers.push(worker.url()))
    await page.goto(`${instance.url}/calibrate`)
    await page.getByText('This camera has not been measured yet.').waitFor()
    await page.getByRole('button', { name: 'Start measuring' }).click()
    await page.locator('.board-view').waitFor()
    await page
      .getByRole('link', { name: 'Done' })
      .waitFor({ timeout: MEASURING_MS })
      .catch(async (cause: Error) => {
        const shown = await page.locator('main').textContent()
        throw new Error(`${cause.message}\nThe screen says: ${shown}\n${phone.faults.join('\n')}`)
      })
    expect(await page.locator('[data-grade]').getAttribute('data-grade')).toBe('good')

    const { calibrations, device } = await page.evaluate(
      () =>
        JSON.parse(localStorage.getItem('chiron-cameras') ?? '{}') as {
          calibrations: Calibration[]
          device: string
        },
    )
    expect(calibrations).toHaveLength(1)
    made = calibrations[0] as Calibration
    const { intrinsics, rmsPx } = made
    expect(intrinsics).toMatchObject({ width: TRUTH.width, height: TRUTH.height })
    expect(rmsPx).toBeLessThan(MAX_RMS_PX / 2)
    for (const name of ['fx', 'fy', 'cx', 'cy'] as const) {
      const offRatio = Math.abs(intrinsics[name] - TRUTH[name]) / TRUTH[name]
      process.stderr.write(
        `${name} ${intrinsics[name].toFixed(2)}, off by ${(offRatio * 100).toFixed(3)} %\n`,
      )
      expect(offRatio, `${name} ${intrinsics[name]}`).toBeLessThan(0.005)
    }
    expect(made).toMatchObject({ device, coverageRatio: 1, tool: { name: '@techstark/opencv-js' } })

    // The team knows it as well, and what made it ran under a policy that no page has.
    await expect
      .poll(
        () =>
          page.evaluate(async (url) => {
            const { items } = await (await fetch(url)).json()
            return items.map(({ calibration }: { calibration: object }) => calibration)
          }, calibrationRoutes.listOwn.path),
        { timeout: 30_000 },
      )
      .toEqual([made])
    expect(workers).toHaveLength(1)
    expect(await policyOf(workers[0]!)).toContain("'unsafe-eval'")
    for (const each of ['/', '/calibrate', '/board', '/console/'])
      expect(await policyOf(instance.url + each), each).not.toContain("'unsafe-eval'")
    await page.goto(`${instance.url}/calibrate`)
    await page.getByText(/^Camera measured on/).waitFor()
    expect(phone.faults).toEqual([])
    expect(phone.strayRequests).toEqual([])
  },
  600_000,
)

onPhone(
  'MED-24 CMR-4 a take filmed with that camera refers to it, and the team sees how exact it is',
  async () => {
    const { page } = phone
    expect(made, 'a calibration, from the test above').toBeDefined()
    await page.goto(instance.url)
    await openCamera(phone, TITLE)
    await filmTake(phone, 3000)
    await prepareTake(phone)
    await page.getByRole('button', { name: 'Send' }).click()
    await page.waitForURL(/\/sent\//)
    const { device, ...told } = made
    const known = async () => {
      const { items } = await call(mediaRoutes.listEpisodes, { query: { limit: 50 } })
      const own = items.find(({ campaignTitle }) => campaignTitle.en === TITLE)
      if (own === undefined) return undefined
      return (await call(mediaRoutes.readEpisode, { params: { episodeId: own.id } })).calibration
    }
    await expect.poll(known, { timeout: 120_000 }).toEqual({ ...told, stale: [] })
    expect(phone.faults).toEqual([])
    expect(phone.strayRequests).toEqual([])
  },
  600_000,
)

/** How much wider than the window the page is, and targets under 48 pixels. */
function tooWideOrSmall(): string[] {
  const over = document.documentElement.scrollWidth - innerWidth
  const small = [...document.querySelectorAll<HTMLElement>('main a[href], main button, .action-bar *')]
    .filter((each) => each.matches('a, button') && getComputedStyle(each).display !== 'inline')
    .map((each) => ({ each, height: each.getBoundingClientRect().height }))
    .filter(({ height }) => height > 0 && height < 47.5)
  return [
    ...(over > 0 ? [`${over} pixels too wide`] : []),
    ...small.map(({ each, height }) => `${Math.round(height)} high: ${each.outerHTML.slice(0, 80)}`),
  ]
}

onPhone(
  'UI-9 UI-10 its screens at 320 pixels and on a second screen, in English and Arabic: nothing axe minds, no small target',
  async () => {
    const { page } = phone
    const faults: string[] = []
    const look = async (screen: string): Promise<void> => {
      for (const size of [
        { width: 1280, height: 800 },
        { width: 320, height: 568 },
      ]) {
        await page.setViewportSize(size)
        faults.push(
          ...(await page.evaluate(tooWideOrSmall)).map((fault) => `${screen} ${size.width}: ${fault}`),
        )
        if (PICTURES)
          await page.screenshot({ path: `${PICTURES}/${screen}-${size.width}.png`, fullPage: true })
      }
      // As high as the page: what lies half under the bar at the bottom can be scrolled out from under it.
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width: 320, height: Math.max(568, height) })
      faults.push(...(await accessFaults(page)).map((fault) => `${screen}: ${fault}`))
      await page.setViewportSize({ width: 360, height: 740 })
    }
    for (const [code, direction] of [
      ['en', 'ltr'],
      ['ar', 'rtl'],
    ] as const) {
      await page.evaluate((chosen) => localStorage.setItem('chiron-language', chosen), code)
      await page.goto(`${instance.url}/board`)
      await page.locator('.board-picture').waitFor()
      expect(await page.locator('html').getAttribute('dir')).toBe(direction)
      await look(`board-${code}`)
      await page.goto(`${instance.url}/calibrate`)
      await page.locator('.copy-text').waitFor()
      await look(`calibrate-${code}`)
      await page.locator('.button-primary').click()
      await page.locator('.board-part').first().waitFor()
      await look(`measuring-${code}`)
    }
    expect(faults).toEqual([])
    expect(phone.faults).toEqual([])
  },
  600_000,
)
