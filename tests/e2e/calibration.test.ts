import { RENDERED_CAMERA as TRUTH } from '@chiron/capture/testing'
import { calibrationRoutes } from '@chiron/contract'
import { type Calibration, MAX_RMS_PX } from '@chiron/core/camera'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instance } from '../instance.ts'
import { whyNoBrowser } from './browser.ts'
import { boardFilm, episodeOf, type MeasuringLab, openMeasuringLab, sendFilmed } from './measuring-lab.ts'
import { accessFaults, openCamera, type Phone } from './worker-phone.ts'

const missing = whyNoBrowser()
const onPhone = test.skipIf(missing !== '')
/** The board comes round several times on a machine that does everything else as well. */
const MEASURING_MS = 300_000

/** Where a picture of each screen goes, when somebody wants to look at them. */
const PICTURES = process.env.CHIRON_PICTURES
const TITLE = 'Show the board'

let lab: MeasuringLab
let instance: Instance
let phone: Phone
let made: Calibration

beforeAll(async () => {
  if (missing) return
  lab = await openMeasuringLab(TITLE, boardFilm())
  ;({ instance, phone } = lab)
}, 600_000)

afterAll(async () => {
  await lab?.close()
})

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
    await sendFilmed(lab)
    const { device, ...told } = made
    const known = async () => (await episodeOf(lab, TITLE))?.calibration
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
