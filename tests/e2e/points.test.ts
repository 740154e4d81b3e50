import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { campaignRoutes, type Lease, mediaRoutes, submissionRoutes, taskRoutes } from '@chiron/contract'
import { machineAnswer } from '@chiron/core/kinds'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { ffmpeg, HANDS, makeCamera } from './capture-browser.ts'
import { joinLab } from './console-lab.ts'
import { DESK, type Desks, openDesks, PHONE } from './desk.ts'
import {
  accessFaults,
  filmTake,
  join,
  newId,
  openCamera,
  openPhone,
  type Phone,
  prepareTake,
  publishFilming,
  signInAsMember,
} from './worker-phone.ts'

const missing = whyNoBrowser() || (existsSync(HANDS) ? '' : `${HANDS} is not here`)
const onPhone = test.skipIf(missing !== '')
/** Where a picture of each screen goes, when somebody wants to look at them. */
const PICTURES = process.env.CHIRON_PICTURES
const PATIENCE_MS = 600_000
const FILMED = 'Wave with one hand'
const CORRECTED = 'Put the fingers right'

let folder = ''
let instance: Instance
let browser: Browser
let desks: Desks
let manager: Awaited<ReturnType<typeof signInAsMember>>

beforeAll(async () => {
  if (missing) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-points-'))
  makeCamera(path.join(folder, 'hand.mjpeg'), 'scale=640:360,fps=15', 6)
  ffmpeg(['-i', HANDS, '-frames:v', '1', path.join(folder, 'success.png')])
  await buildApps({ apps: ['worker', 'console'], log: () => {} })
  instance = await startInstance()
  browser = await launchBrowser({ camera: path.join(folder, 'hand.mjpeg') })
  desks = openDesks(browser, instance)
  manager = await signInAsMember(instance, 'owner')
  if (PICTURES) mkdirSync(PICTURES, { recursive: true })
}, PATIENCE_MS)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const look = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

/** A phone films a hand and sends it: the machine's points go behind the film. */
async function filmHand(): Promise<void> {
  const phone = await openPhone(browser)
  await join(phone, instance, 'Fatima')
  await openCamera(phone, FILMED)
  await filmTake(phone, 4000)
  await prepareTake(phone)
  await phone.page.getByRole('button', { name: 'Send' }).click()
  await phone.page.waitForURL(/\/sent\//)
  const arrived = async () => {
    const { items } = await manager(mediaRoutes.listEpisodes, { query: { limit: 100 } })
    return items.filter(({ campaignTitle }) => campaignTitle.en === FILMED).length
  }
  await expect.poll(arrived, { timeout: 120_000 }).toBe(1)
  await phone.context.close()
}

/** The campaign that corrects, made in the console's form without any API. */
async function publishCorrecting(): Promise<string> {
  const page = await (await desks.of('manager')).newPage()
  await page.goto(`${instance.url}/console/campaigns/new/correct-hands`)
  await page.getByLabel('Title', { exact: true }).fill(CORRECTED)
  await page.locator('input[type=file]').first().setInputFiles(path.join(folder, 'success.png'))
  await page.getByLabel('Recordings of').selectOption({ label: `${FILMED} (10 wanted)` })
  await page.getByLabel('Pictures of each clip').fill('1')
  await page.getByLabel('You look at').fill('0')
  await look(page, 'console-points-form')
  expect(await accessFaults(page)).toEqual([])
  await page.getByText('Nothing is missing').waitFor()
  await page.getByRole('button', { name: 'Publish to workers' }).click()
  // The form is headed by the title as well.
  await page.getByText('Live', { exact: true }).waitFor()
  await page.close()
  const { items } = await manager(campaignRoutes.list)
  return items.find(({ kind }) => kind === 'keypoints')?.id ?? ''
}

/** Into the picture with its points. */
async function openPoints(phone: Phone): Promise<void> {
  const { page } = phone
  await page.goto(instance.url)
  await page.locator('a.offer').filter({ hasText: CORRECTED }).click()
  await page.getByRole('button', { name: 'I want to do this' }).click()
  await page.locator('.points-joint').first().waitFor()
}

async function speak(page: Page, code: string): Promise<void> {
  await page.evaluate((chosen) => localStorage.setItem('chiron-language', chosen), code)
  await page.reload()
  await page.locator('.points-joint').first().waitFor()
}

const placeOf = (page: Page, at: number) =>
  page
    .locator('.points-joint')
    .nth(at)
    .evaluate((circle) => {
      const { left, top, width, height } = circle.getBoundingClientRect()
      return { x: left + width / 2, y: top + height / 2 }
    })

onPhone(
  'KND-13 VRD-12 a phone puts points right by finger and by key, offline too; the console shows who says what, and what they say together',
  async () => {
    await publishFilming(manager, {
      title: FILMED,
      config: { minSeconds: 1, maxSeconds: 30, fps: 10, minHeight: 240, orientation: 'any' },
    })
    await filmHand()
    const campaignId = await publishCorrecting()
    const open = async () =>
      (await manager(campaignRoutes.read, { params: { campaignId } })).campaign.counts.openTasks
    await expect.poll(open, { timeout: 120_000 }).toBe(1)

    const phone = await openPhone(browser)
    const { page } = phone
    await join(phone, instance, 'Kofi')
    await openPoints(phone)
    await look(page, 'phone-points-first')
    await page.getByRole('button', { name: 'Got it' }).click()
    const ready = page.getByRole('button', { name: 'All points are right' })
    await ready.waitFor()
    expect(await accessFaults(page)).toEqual([])
    expect(await page.evaluate(measure)).toEqual({ overflow: 0, small: [], below: false })
    await look(page, 'phone-points')

    // By finger: the point follows with the distance it was taken at, and the loupe is there meanwhile.
    const before = await placeOf(page, 8)
    await page.mouse.move(before.x + 4, before.y + 2)
    await page.mouse.down()
    await page.mouse.move(before.x + 24, before.y + 22, { steps: 5 })
    await page.locator('.points-loupe').waitFor()
    await look(page, 'phone-points-loupe')
    await page.mouse.up()
    expect(await page.locator('.points-loupe').count()).toBe(0)
    const dragged = await placeOf(page, 8)
    expect([dragged.x - before.x, dragged.y - before.y]).toEqual([
      expect.closeTo(20, 0),
      expect.closeTo(20, 0),
    ])
    await page.getByRole('button', { name: 'Send' }).waitFor()
    await page.getByText('Index finger: tip').waitFor()

    // By key: a pixel of the picture at a time, a state, and everything back again.
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('h')
    expect(await page.getByRole('button', { name: 'Hidden' }).getAttribute('aria-pressed')).toBe('true')
    expect(await page.locator('.points-joint-hidden').count()).toBe(1)
    await page.keyboard.press('o')
    expect(await page.locator('.points-joint').count()).toBe(20)
    for (let step = 0; step < 4; step++) await page.keyboard.press('Control+z')
    await ready.waitFor()
    for (let step = 0; step < 2; step++) await page.keyboard.press('Control+Shift+Z')
    await page.keyboard.press('n')
    await page.getByText('Middle finger: joint 1').waitFor()

    // Larger, and a tap puts the chosen point there.
    await page.getByRole('button', { name: 'Larger' }).click()
    await page.getByRole('button', { name: 'Larger' }).click()
    await look(page, 'phone-points-larger')
    await page.getByRole('button', { name: 'The whole picture' }).click()
    await page.setViewportSize(DESK)
    await look(page, 'desk-points')
    expect(await accessFaults(page)).toEqual([])
    await page.setViewportSize(PHONE)

    // In a language from right to left, and dark; what was done is still there after the page was loaded anew.
    await page.emulateMedia({ colorScheme: 'dark' })
    await speak(page, 'ar')
    await page.getByText('الصورة 1 من 1').or(page.getByText('الصورة ١ من ١')).waitFor()
    expect(await accessFaults(page)).toEqual([])
    expect(await page.evaluate(measure)).toEqual({ overflow: 0, small: [], below: false })
    await look(page, 'phone-points-ar-dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await speak(page, 'en')
    await page.getByRole('button', { name: 'Send' }).waitFor()

    await phone.context.setOffline(true)
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Your answer is saved').waitFor()
    await phone.context.setOffline(false)
    await page.waitForURL((url) => !url.pathname.startsWith('/do/'), { timeout: 60_000 })
    expect(phone.faults).toEqual([])
    expect(phone.strayRequests).toEqual([])
    await phone.context.close()

    await answerAsTheMachine(campaignId)
    const { items } = await manager(mediaRoutes.listEpisodes)
    const filmed = items.find(({ origin }) => origin === 'phone')
    const params = { episodeId: filmed?.id ?? '' }
    const corrections = async () => (await manager(mediaRoutes.readCorrections, { params })).items[0]
    await expect
      .poll(async () => (await corrections())?.verdict?.label, { timeout: 60_000 })
      .toBe('points.stand')
    const correction = await corrections()
    const [side] = correction?.moments[0]?.machine.map((hand) => hand.side) ?? []
    const tips = correction?.moments[0]?.answers.map((answer) => answer[side ?? 'right']?.[8]?.x ?? 0) ?? []
    expect(Math.abs((tips[0] ?? 0) - (tips[1] ?? 0))).toBeGreaterThan(0.02)

    const desk = await (await desks.of('manager')).newPage()
    await desk.goto(`${instance.url}/console/episodes/${params.episodeId}`)
    await desk.getByRole('heading', { name: 'Corrected hands' }).waitFor()
    await desk.getByText('The points stand · by the answers of').waitFor()
    await desk.waitForFunction(
      () => (document.querySelector<HTMLVideoElement>('.hands-picture video')?.readyState ?? 0) >= 2,
    )
    await look(desk, 'console-points-episode')
    expect(await accessFaults(desk)).toEqual([])
    await desk.setViewportSize(PHONE)
    await look(desk, 'console-points-episode-phone')
    await desk.goto(`${instance.url}/console/campaigns/${campaignId}`)
    await desk.getByRole('heading', { name: CORRECTED, level: 1 }).waitFor()
    await desk.close()
    desks.expectNoFaults()
  },
  PATIENCE_MS,
)

/** A second person, without a screen, finds the machine's points right. */
async function answerAsTheMachine(campaignId: string): Promise<void> {
  const { client } = await joinLab(instance, 'Mei')
  const { offers } = await client.call(taskRoutes.inbox)
  const termsVersion = offers.find((offer) => offer.campaignId === campaignId)?.termsVersion ?? 1
  const { lease } = await client.call(taskRoutes.claim, { body: { campaignId, termsVersion } })
  const { subject } = lease as Lease
  const moments = subject.kind === 'episode' ? (subject.moments ?? []) : []
  expect(moments).toHaveLength(1)
  const answer = { ...machineAnswer(moments) }
  await client.call(submissionRoutes.submit, {
    body: { id: newId(), leaseId: lease?.id ?? '', answer, activeMs: 30_000 },
  })
}

/** `below`: the button that ends the task is not on the screen. */
function measure(): { overflow: number; small: string[]; below: boolean } {
  const small = [...document.querySelectorAll<HTMLElement>('button, a[href]')]
    .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 47.5)
    .map((target) => target.outerHTML.slice(0, 100))
  const bottom = document.querySelector('.action-bar')?.getBoundingClientRect().bottom ?? 0
  return {
    overflow: document.documentElement.scrollWidth - innerWidth,
    small,
    below: bottom > innerHeight + 0.5,
  }
}
