import { cardTruth, RENDERED_CAMERA, renderCard } from '@chiron/capture/testing'
import { calibrationRoutes } from '@chiron/contract'
import type { CameraScale } from '@chiron/core/camera'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instance } from '../instance.ts'
import { whyNoBrowser } from './browser.ts'
import { episodeOf, type MeasuringLab, openMeasuringLab, sendFilmed } from './measuring-lab.ts'
import { accessFaults, openCamera, type Phone } from './worker-phone.ts'

const missing = whyNoBrowser()
const onPhone = test.skipIf(missing !== '')
const PICTURES = process.env.CHIRON_PICTURES
const TITLE = 'Show the card'
/** On a table, seen from the side and turned, not in the middle of the picture. */
const POSE = { x: 30, y: 15, z: 430, turnX: 0.55, turnY: -0.2 }
const TRUTH = cardTruth(POSE)
/** So much a person's finger may be off, in pixels of the picture. */
const FINGER_PX = 9
const PATIENCE = { timeout: 30_000 }

let lab: MeasuringLab
let instance: Instance
let phone: Phone
let kept: CameraScale

beforeAll(async () => {
  if (missing) return
  lab = await openMeasuringLab(TITLE, { ...RENDERED_CAMERA, fps: 10, frames: cardFrames() })
  ;({ instance, phone } = lab)
}, 600_000)

afterAll(async () => {
  await lab?.close()
})

/** One picture, over and over. */
function* cardFrames(): Generator<Uint8Array> {
  const { luma } = renderCard(POSE)
  for (let frame = 0; frame < 10; frame += 1) yield luma
}

async function takePicture(page: Page): Promise<void> {
  await page.goto(`${instance.url}/calibrate`)
  await page.getByRole('button', { name: 'Use a bank card' }).click()
  await page.getByRole('button', { name: 'Take the picture' }).click()
  await page.getByRole('button', { name: 'Corner 1' }).waitFor()
}

/** Drags a corner with a finger to a place of the picture. */
async function dragCorner(page: Page, at: number, to: { x: number; y: number }): Promise<void> {
  const corner = page.getByRole('button', { name: `Corner ${at + 1}` })
  await corner.scrollIntoViewIfNeeded()
  const [view, box] = [(await page.locator('.card-view').boundingBox())!, (await corner.boundingBox())!]
  const { width, height } = RENDERED_CAMERA
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  const end = { x: view.x + (to.x / width) * view.width, y: view.y + (to.y / height) * view.height }
  await page.mouse.move(end.x, end.y, { steps: 4 })
  await page.mouse.up()
}

const scalesOf = (page: Page) =>
  page.evaluate(
    () =>
      (JSON.parse(localStorage.getItem('chiron-cameras') ?? '{}') as { scales?: CameraScale[] }).scales ?? [],
  )

onPhone('one step back leads out of a measuring under way, and the camera goes out', async () => {
  const { page } = phone
  await page.goto(`${instance.url}/calibrate`)
  await page.getByRole('button', { name: 'Use a bank card' }).click()
  // Drawn first, given the camera's picture after.
  const camera = await page.waitForFunction(
    () => document.querySelector<HTMLVideoElement>('.board-view video')?.srcObject as MediaStream | null,
  )
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'Start measuring' }).waitFor()
  await expect.poll(() => camera.evaluate((stream) => stream?.active), PATIENCE).toBe(false)
})

onPhone(
  'CMR-7 CMR-8 a card in perspective: corners put roughly, drawn to its edges, and the scale within 1 %',
  async () => {
    const { page } = phone
    await takePicture(page)
    // What nobody has placed is no measurement.
    expect(await page.getByRole('button', { name: 'Keep it' }).isDisabled()).toBe(true)
    for (const [at, corner] of TRUTH.corners.entries()) {
      const off = [FINGER_PX, -FINGER_PX, FINGER_PX, -FINGER_PX][at] as number
      await dragCorner(page, at, { x: corner.x + off, y: corner.y - off })
    }
    // The last one pixel by pixel: with keys, and with the buttons.
    const last = page.getByRole('button', { name: 'Corner 4' })
    await last.focus()
    const leftBefore = await last.evaluate((each) => each.style.left)
    await page.keyboard.press('Shift+ArrowRight')
    await page.getByRole('button', { name: 'To the left' }).click()
    const moved =
      Number.parseFloat(await last.evaluate((each) => each.style.left)) - Number.parseFloat(leftBefore)
    expect((moved / 100) * RENDERED_CAMERA.width).toBeCloseTo(9, 3)
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/card-by-hand.png`, fullPage: true })

    await page.getByRole('button', { name: 'Draw the points to the edges' }).click()
    await page.locator('[data-fault="none"]').waitFor()
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/card-fitted.png`, fullPage: true })
    const before = (await scalesOf(page)).length
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByRole('link', { name: 'Done' }).waitFor()
    expect((await scalesOf(page)).length).toBe(before + 1)
    kept = (await scalesOf(page))[0] as CameraScale
    const offRatio = Math.abs(kept.mmPerPx / TRUTH.mmPerPx - 1)
    process.stderr.write(
      `scale ${kept.mmPerPx.toFixed(4)} mm a pixel, off by ${(offRatio * 100).toFixed(3)} %, told ±${(kept.errorRatio * 100).toFixed(2)} %\n`,
    )
    expect(kept).toMatchObject({ kind: 'bank-card', isFitted: true, width: RENDERED_CAMERA.width })
    expect(offRatio).toBeLessThan(0.01)
    expect(kept.errorRatio).toBeGreaterThan(offRatio / 3)
    const told = () =>
      page.evaluate(async (url) => {
        const { items } = await (await fetch(url)).json()
        return items.map(({ calibration }: { calibration: object }) => calibration)
      }, calibrationRoutes.listOwn.path)
    await expect.poll(told, PATIENCE).toContainEqual(kept)
    await page.goto(`${instance.url}/calibrate`)
    await page.getByText(/^Scale measured /).waitFor()
    await page.getByText('This camera has not been measured yet.').waitFor()
    expect([phone.faults, phone.strayRequests]).toEqual([[], []])
  },
  600_000,
)

onPhone(
  'MED-26 CMR-9 a take filmed after it carries the scale; a sitting later the viewfinder says to measure again',
  async () => {
    const { page } = phone
    expect(kept, 'a scale, from the test above').toBeDefined()
    await page.goto(instance.url)
    await openCamera(phone, TITLE)
    expect(await page.getByRole('link', { name: 'Measure the camera again' }).count()).toBe(0)
    await sendFilmed(lab)
    const { device, ...told } = kept
    const known = async () => (await episodeOf(lab, TITLE))?.scale
    await expect.poll(known, { timeout: 120_000 }).toEqual({ ...told, stale: [] })

    await page.evaluate(() => {
      const held = JSON.parse(localStorage.getItem('chiron-cameras') ?? '{}')
      for (const scale of held.scales) scale.madeAt = new Date(Date.now() - 5 * 3_600_000).toISOString()
      localStorage.setItem('chiron-cameras', JSON.stringify(held))
    })
    await page.goto(`${instance.url}/calibrate`)
    await page.getByText('The scale is more than four hours old.').waitFor()
    // Where filming begins, too: the consent was given before.
    await page.goto(instance.url)
    await page.locator('a.offer').filter({ hasText: TITLE }).click()
    await page.getByRole('button', { name: 'I want to do this' }).click()
    await page.locator('.film').waitFor()
    await page.getByRole('link', { name: 'Measure the camera again' }).waitFor()
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/card-due.png` })
    expect([phone.faults, phone.strayRequests]).toEqual([[], []])
  },
  600_000,
)

onPhone(
  'UI-9 UI-10 its screens in English and Arabic, narrow and wide: nothing axe minds, nothing too wide',
  async () => {
    const { page } = phone
    const faults: string[] = []
    for (const [code, direction] of [
      ['en', 'ltr'],
      ['ar', 'rtl'],
    ] as const) {
      await page.evaluate((chosen) => localStorage.setItem('chiron-language', chosen), code)
      await page.goto(`${instance.url}/calibrate`)
      await page.locator('.copy-text').waitFor()
      expect(await page.locator('html').getAttribute('dir')).toBe(direction)
      await page.locator('section .button').first().click()
      // The screen before has such a button too, and keeps it while the camera opens.
      await page.locator('.board-view').waitFor()
      await page.locator('.button-primary:not([disabled])').click()
      await page.locator('.card-corner').first().waitFor()
      for (const size of [
        { width: 1280, height: 800 },
        { width: 320, height: 568 },
      ]) {
        await page.setViewportSize(size)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        if (over > 0) faults.push(`${code} ${size.width}: ${over} pixels too wide`)
        if (PICTURES)
          await page.screenshot({ path: `${PICTURES}/card-${code}-${size.width}.png`, fullPage: true })
      }
      const height = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width: 320, height: Math.max(568, height) })
      faults.push(...(await accessFaults(page)).map((fault) => `${code}: ${fault}`))
      await page.setViewportSize({ width: 360, height: 740 })
    }
    expect(faults).toEqual([])
    expect(phone.faults).toEqual([])
  },
  600_000,
)
