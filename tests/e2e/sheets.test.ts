import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { mediaRoutes } from '@chiron/contract'
import { seededRandom } from '@chiron/core/kit'
import { drawnSheet } from '@chiron/core/sight/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { ffmpeg, HANDS } from './capture-browser.ts'
import {
  filmTake,
  join,
  openCamera,
  openPhone,
  prepareTake,
  publishFilming,
  seriousFaults,
  signInAsMember,
} from './worker-phone.ts'

const missing = whyNoBrowser() || (existsSync(HANDS) ? '' : `${HANDS} is not here`)
if (missing) console.log(`covering a paper is not tried in the worker app: ${missing}`)
const onPhone = test.skipIf(missing !== '')

const CONFIG = { minSeconds: 2, maxSeconds: 30, fps: 15, minHeight: 240, orientation: 'any' }
const TITLE = 'Wave beside a letter'
/** Where the letter hangs, and the middle of it, in a picture of 640 × 360. */
const LETTER = { x: 60, y: 80, width: 170, height: 240 }
const MIDDLE = `120:200:${LETTER.x + 40}:${LETTER.y + 40}`
/** The second pass takes its time on a machine that does everything else as well. */
const PASS_MS = 200_000

let folder = ''
let instance: Instance
let browser: Browser

beforeAll(async () => {
  if (missing) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-sheets-'))
  const letter = drawnSheet('letter', seededRandom('letter'))
  const drawn = path.join(folder, 'letter.ppm')
  writeFileSync(drawn, Buffer.concat([Buffer.from(`P6 ${letter.width} ${letter.height} 255\n`), letter.rgb]))
  const laid = `[1:v]scale=${LETTER.width}:${LETTER.height}[l];[0:v]scale=640:360,fps=15[h];[h][l]overlay=${LETTER.x}:${LETTER.y}`
  const inputs = ['-t', '8', '-i', HANDS, '-i', drawn]
  const mjpeg = ['-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg', path.join(folder, 'camera.mjpeg')]
  ffmpeg([...inputs, '-filter_complex', laid, ...mjpeg])
  await buildApps({ apps: ['worker'], log: () => {} })
  instance = await startInstance()
  browser = await launchBrowser({ camera: path.join(folder, 'camera.mjpeg') })
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** The mean colour of a place in a stored film, 0 … 255 each. */
function colourAt(film: Buffer, seconds: number): number[] {
  const file = path.join(folder, 'stored.mp4')
  writeFileSync(file, film)
  const filter = `scale=640:360,crop=${MIDDLE},scale=1:1:flags=area,format=rgb24`
  const frame = ['-ss', `${seconds}`, '-i', file, '-frames:v', '1', '-vf', filter, '-f', 'rawvideo', '-']
  return [...ffmpeg(frame)]
}

onPhone(
  'CAP-15 a letter in the take is told and outlined, keeps it from being sent, and is covered in what the server has',
  async () => {
    const manager = await signInAsMember(instance, 'manager')
    const campaignId = await publishFilming(manager, { title: TITLE, config: CONFIG })
    const phone = await openPhone(browser)
    const { page } = phone
    await join(phone, instance, 'Amina')
    await openCamera(phone, TITLE)
    await filmTake(phone, 4_000)

    const first = page.getByRole('button', { name: 'Look and decide' })
    await first.waitFor({ timeout: PASS_MS })
    await page.getByText(/^A paper with writing, from 0:00 to 0:0/).waitFor()
    expect(await page.getByRole('button', { name: /See what is sent|Go on with it anyway/ }).count()).toBe(0)
    await first.click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('sheet-open')
    // Its outline in the player's picture holds the letter; the wall is nearly as light, so it may reach beyond.
    const outline = (await page.locator('.clip .sheet-outline').boundingBox())!
    const video = (await page.locator('.clip video').boundingBox())!
    const [wide, high] = [video.width / 640, video.height / 360]
    expect(outline.x - video.x).toBeLessThan((LETTER.x + 8) * wide)
    expect(outline.y - video.y).toBeLessThan((LETTER.y + 8) * high)
    expect(outline.x + outline.width - video.x).toBeGreaterThan((LETTER.x + LETTER.width - 8) * wide)
    expect(outline.y + outline.height - video.y).toBeGreaterThan((LETTER.y + LETTER.height - 8) * high)
    expect(outline.width * outline.height).toBeLessThan(0.5 * video.width * video.height)
    await page.locator('.sheet-still img').waitFor()
    expect(await seriousFaults(page)).toEqual([])

    const [cover, free] = ['Cover it', 'Nothing private on it'].map((name) =>
      page.getByRole('button', { name }),
    )
    await free!.click()
    await page.getByRole('button', { name: /See what is sent|Go on with it anyway/ }).waitFor()
    await cover!.click()
    expect(await cover!.getAttribute('aria-pressed')).toBe('true')
    expect(await free!.getAttribute('aria-pressed')).toBe('false')
    await prepareTake(phone)
    await page.getByText('One screen or paper is covered.').waitFor()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.waitForURL(/\/sent\//)

    const episodes = async () => (await manager(mediaRoutes.listEpisodes, { query: { campaignId } })).items
    await expect.poll(async () => (await episodes()).length, { timeout: 60_000 }).toBe(1)
    const [episode] = await episodes()
    const episodeId = episode!.id
    const { redaction } = await manager(mediaRoutes.readEpisode, { params: { episodeId } })
    expect(redaction?.sheets).toMatchObject({
      tool: { name: 'chiron findSheets', version: '1' },
      found: [{ kind: 'paper', choice: 'covered' }],
    })
    const stored = await phone.context.request.get(`${instance.url}/api/worker/episodes/${episodeId}/video`)
    const film = await stored.body()
    for (const seconds of [0.2, 1, 1.8])
      for (const level of colourAt(film, seconds)) {
        // The cover's own grey, and not the letter's white.
        expect(level).toBeGreaterThan(45)
        expect(level).toBeLessThan(72)
      }
    expect(phone.strayRequests).toEqual([])
    expect(phone.faults).toEqual([])
  },
  600_000,
)
