import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { mediaPaths, mediaRoutes } from '@chiron/contract'
import { utf8 } from '@chiron/core/kit'
import { BODY_LANDMARKS, type BodyStream } from '@chiron/core/sight'
import { notesBox } from '@chiron/formats/notes'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { sendWhole } from '../faults/tus-sender.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser } from './browser.ts'
import { ffmpeg, PEOPLE, whyNot } from './capture-browser.ts'
import { waitFor } from './console-lab.ts'
import { DESK, type Desks, openDesks, PHONE, showScreen } from './desk.ts'
import {
  filmTake,
  join,
  newId,
  openCamera,
  openPhone,
  openTask,
  type Phone,
  prepareTake,
  publishFilming,
  seriousFaults,
  signInAsMember,
} from './worker-phone.ts'

const missing = whyNot(PEOPLE)
if (missing) console.log(`the screens of the body are not tested in a browser: ${missing}`)
const seen = test.skipIf(missing !== '')

const TITLE = 'Stand up from a chair'
const PATIENCE_MS = 120_000
/** A person cut out of a group, before a wall, walking. */
const WALK =
  "[1:v]crop=350:1000:105:143,scale=-2:460[person];[0:v][person]overlay=x='60+60*mod(t,5)':y=10:shortest=1"
let folder = ''
let instance: Instance
let browser: Browser
let desks: Desks
let call: Awaited<ReturnType<typeof signInAsMember>>
let campaignId = ''

beforeAll(async () => {
  if (missing) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-body-screens-'))
  await buildApps({ apps: ['worker', 'console'], log: () => {} })
  film('camera.mjpeg', 10, ['-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg'])
  instance = await startInstance()
  browser = await launchBrowser({ camera: path.join(folder, 'camera.mjpeg') })
  desks = openDesks(browser, instance)
  call = await signInAsMember(instance, 'owner')
  const config = { minSeconds: 1, maxSeconds: 30, fps: 15, minHeight: 240, orientation: 'any' as const }
  campaignId = await publishFilming(call, {
    title: TITLE,
    config: { ...config, keypoints: 'hands-and-body' },
  })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

function film(name: string, seconds: number, codec: string[]): string {
  const file = path.join(folder, name)
  const wall = ['-f', 'lavfi', '-i', 'color=c=0x8a8a80:s=640x480:r=30', '-loop', '1', '-i', PEOPLE]
  ffmpeg([...wall, '-filter_complex', WALK, '-t', `${seconds}`, ...codec, file])
  return file
}

/** The models that a phone fetches from now on, by the names of their files. */
function modelsAskedBy({ context }: Phone): string[] {
  const asked: string[] = []
  context.on('request', (request) => {
    if (request.url().includes('/assets/models/')) asked.push(path.basename(request.url()))
  })
  return asked
}

/** Sends the take on the screen; what arrived of it, once it is checked. */
async function sent(page: Page) {
  const phoned = async () => {
    const { items } = await call(mediaRoutes.listEpisodes, { query: { campaignId, limit: 10 } })
    return items.filter(({ origin, state }) => origin === 'phone' && state !== 'arrived')
  }
  const before = new Set((await phoned()).map(({ id }) => id))
  const arrived = async () => (await phoned()).find(({ id }) => !before.has(id))
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await waitFor(async () => (await arrived()) !== undefined)
  const params = { episodeId: (await arrived())!.id }
  const { device } = await call(mediaRoutes.readEpisode, { params })
  const { body } = await call(mediaRoutes.readBody, { params })
  return { device, body }
}

seen(
  'CAP-18 what sees the body is fetched after the task is accepted, by a phone that uses it',
  async () => {
    const phone = await openPhone(browser)
    const { page } = phone
    const asked = modelsAskedBy(phone)
    await join(phone, instance, 'Ada')
    await page.getByRole('heading', { name: TITLE, exact: true }).click()
    await page.getByText(/33 points of the body nearest to it/).waitFor()
    expect(asked).toEqual([])
    await page.goBack()
    await openCamera(phone, TITLE)
    await filmTake(phone, 3_000)
    await prepareTake(phone)
    const { device, body } = await sent(page)
    const isFetched = asked.some((name) => name.startsWith('body-'))
    console.log(`tier ${String(device.tier)}, fetched ${isFetched}, ${JSON.stringify(body)?.slice(0, 200)}`)
    expect(body).not.toBeNull()
    if (device.tier === 'low') {
      expect(body).toEqual({ absent: 'device' })
      expect(isFetched).toBe(false)
    } else {
      expect(isFetched).toBe(true)
      if (body === null || 'absent' in body) throw new Error('it was not looked for')
      expect(body.frames.some((look) => look.body !== null)).toBe(true)
    }
    await phone.context.close()
  },
  400_000,
)

seen(
  'CAP-18 who saves data is asked before anything is fetched, goes on without the body, and sends what counts the same',
  async () => {
    const phone = await openPhone(browser)
    const { page } = phone
    const asked = modelsAskedBy(phone)
    await join(phone, instance, 'Bisi')
    await page.goto(`${instance.url}/settings`)
    await page.getByRole('radio', { name: /Save data/ }).check()
    await page.goto(instance.url)
    // Where the camera is allowed already, it opens at once and the same is asked after filming.
    await phone.context.clearPermissions()
    await openTask(phone, TITLE)
    await page.getByText(/nothing is fetched before you say so/).waitFor()
    await page.waitForTimeout(1_000)
    expect(asked).toEqual([])
    await page.getByRole('button', { name: /^Fetch/ }).click()
    const without = page.getByRole('button', { name: 'Go on without it' })
    const tooSlow = page.getByText(/This phone is too slow to look for the body/)
    await without.or(tooSlow).waitFor({ timeout: PATIENCE_MS })
    const isSlow = await tooSlow.isVisible()
    if (!isSlow) {
      expect(asked.filter((name) => name.startsWith('body-'))).toEqual([])
      await without.click()
      await page.getByText(/Your film goes without it and counts the same/).waitFor()
    }
    await page.getByRole('button', { name: 'Open the camera' }).click()
    await page.locator('.film').waitFor()
    await filmTake(phone, 3_000)
    await prepareTake(phone)
    const { body } = await sent(page)
    expect(body).toEqual({ absent: isSlow ? 'device' : 'not-fetched' })
    expect(asked.filter((name) => name.startsWith('body-'))).toEqual([])
    expect(phone.faults).toEqual([])
    await phone.context.close()
  },
  400_000,
)

/** A recording as a phone would send it, with a body walking: made, so that the test knows where it is. */
async function imported(): Promise<string> {
  const file = film('walk.mp4', 4, [
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
    '-r',
    '15',
    '-g',
    '15',
    '-bf',
    '0',
  ])
  const place = (at: number): [number, number] => {
    const down = [0.17, 0.17, 0.17, 0.17, 0.17, 0.17, 0.17, 0.17, 0.17, 0.2, 0.2]
    const below = [0.3, 0.42, 0.55, 0.58, 0.6, 0.58, 0.57, 0.85, 1.05, 1.08, 1.1]
    const y = at < 11 ? down[at]! : below[Math.floor((at - 11) / 2)]!
    return [at < 11 ? 0 : at % 2 === 1 ? 0.05 : -0.05, y]
  }
  const stream: BodyStream = {
    tool: {
      name: '@mediapipe/tasks-vision',
      version: '0.10.35',
      model: 'pose_landmark_lite',
      sha256: '0'.repeat(64),
    },
    clock: 'film',
    filmStartMs: 0,
    frames: Array.from({ length: 20 }, (_, look) => ({
      timeMs: 100 + look * 200,
      count: 1,
      body: BODY_LANDMARKS.map((_, at) => {
        const [x, y] = place(at)
        return [0.22 + (look * 12) / 640 + x, y, 0, y > 1 ? 0.2 : 0.9]
      }),
    })),
  }
  const notes = notesBox(utf8(JSON.stringify({ version: 1, body: stream })))
  const bytes = Buffer.concat([readFileSync(file), notes])
  const desk = await (await desks.of('manager')).cookies()
  const cookie = desk.map(({ name, value }) => `${name}=${value}`).join('; ')
  const metadata = { purpose: 'episode', sha256: createHash('sha256').update(bytes).digest('hex') }
  const target = { url: `${instance.url}${mediaPaths.uploads}`, headers: { cookie } }
  const { uploadId } = await sendWhole(target, { bytes, metadata })
  const rights = 'A photograph that may be used, walking.'
  return (await call(mediaRoutes.importEpisode, { body: { id: newId(), campaignId, uploadId, rights } })).id
}

seen(
  'UI-16 the body is drawn over the picture, and can be put away, by keyboard and on a small screen',
  async () => {
    const id = await imported()
    const isChecked = async () =>
      (await call(mediaRoutes.readEpisode, { params: { episodeId: id } })).state !== 'arrived'
    await waitFor(isChecked)
    const page = await (await desks.of('manager')).newPage()
    await showScreen(page, `${instance.url}/console/episodes/${id}`)
    const bones = page.locator('.clip-body line')
    // A line that lies level has no height, and is none to see for the browser's driver.
    await bones.first().waitFor({ state: 'attached', timeout: PATIENCE_MS })
    // Two across, twelve on each side; shins and feet are not in sight.
    expect(await bones.count()).toBe(26 - 8)
    await page.getByText('Bodies in the picture').waitFor()
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/desk.png`, fullPage: true })
    const choice = page.getByRole('checkbox', { name: /^Body/ })
    await choice.focus()
    await page.keyboard.press('Space')
    await bones.first().waitFor({ state: 'detached' })
    await page.keyboard.press('Space')
    await bones.first().waitFor({ state: 'attached' })
    expect(await seriousFaults(page)).toEqual([])
    await page.setViewportSize(PHONE)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    if (process.env.PICTURES)
      await page.screenshot({ path: `${process.env.PICTURES}/small.png`, fullPage: true })
    await page.setViewportSize(DESK)
    desks.expectNoFaults()
  },
  300_000,
)
