import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { HANDS, makeCamera } from './capture-browser.ts'
import { filmedTake, placesOf } from './cut-away.ts'
import {
  filmTake,
  join,
  openCamera,
  openPhone,
  type Phone,
  prepareTake,
  publishFilming,
  seriousFaults,
  signInAsMember,
} from './worker-phone.ts'

const missing = whyNoBrowser() || (existsSync(HANDS) ? '' : `${HANDS} is not here`)
if (missing) console.log(`the worker app is not tested in a browser: ${missing}`)
const onPhone = test.skipIf(missing !== '')

/** Slow enough for two busy cores: what is tested is the app, not this machine's frame rate. */
const CONFIG = { minSeconds: 2, maxSeconds: 30, fps: 15, minHeight: 240, orientation: 'any' }
const TITLE = 'Wave with one hand'
const MAX_TAKES = 4
/** A test that films also looks through the take for faces. */
const FILMING_MS = 480_000

let folder = ''
let instance: Instance
let bright: Browser
let dark: Browser
const phones: Phone[] = []

beforeAll(async () => {
  if (missing) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-worker-'))
  makeCamera(path.join(folder, 'good.mjpeg'), 'scale=640:360,fps=15', 8)
  makeCamera(path.join(folder, 'dark.mjpeg'), 'scale=640:360,fps=15,eq=brightness=-0.55', 4)
  await buildApps({ apps: ['worker'], log: () => {} })
  instance = await startInstance()
  bright = await launchBrowser({ camera: path.join(folder, 'good.mjpeg') })
  dark = await launchBrowser({ camera: path.join(folder, 'dark.mjpeg') })
  const manager = await signInAsMember(instance, 'manager')
  await publishFilming(manager, { title: TITLE, config: CONFIG })
}, 240_000)

afterAll(async () => {
  // Whatever a screen asked for came from the server that served it, and no screen broke.
  const stray = phones.flatMap(({ strayRequests }) => strayRequests)
  const faults = phones.flatMap((phone) => phone.faults)
  await bright?.close()
  await dark?.close()
  await instance?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
  expect(stray).toEqual([])
  expect(faults).toEqual([])
})

async function phoneOf(browser: Browser, order: Parameters<typeof openPhone>[1] = {}): Promise<Phone> {
  const phone = await openPhone(browser, order)
  phones.push(phone)
  return phone
}

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const goTo = async (page: Page, where: string) => {
  await page.goto(instance.url + where)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(() => !document.querySelector('[aria-label="Loading"]'))
}

onPhone(
  'from an invite to an accepted take, with pay, time and purpose first',
  async () => {
    const phone = await phoneOf(bright)
    const { page } = phone
    const wrong: string[] = []
    const audit = async (screen: string) =>
      wrong.push(...(await seriousFaults(page)).map((fault) => `${screen}: ${fault}`))
    await page.goto(`${instance.url}/`)
    await page.waitForURL(/\/join$/)
    await audit('code')
    await page.goto(instance.inviteLink)
    await page.getByLabel('What shall we call you?').waitFor()
    await audit('join')
    await page.getByRole('button', { name: 'Join' }).click()
    await says(page, 'Write a name, so that we can greet you.')
    await page.getByLabel('What shall we call you?').fill('Amina')
    await page.getByLabel('Country').selectOption('KE')
    // A keyboard that writes Arabic digits gives the same PIN.
    await page.getByLabel('PIN, six digits').fill('٢٤٦٨١٠')
    expect(await page.getByLabel('PIN, six digits').inputValue()).toBe('246810')
    await page.getByRole('button', { name: 'Join' }).click()
    const handle = (await page.locator('.handle').textContent()) ?? ''
    await audit('welcome')
    await page.getByRole('link', { name: 'To the work' }).click()
    const offer = page.locator('a.offer').filter({ hasText: TITLE })
    expect(await offer.textContent()).toMatch(
      /\$1\.20[\s\S]*4\smin[\s\S]*about \$18\.00 an hour[\s\S]*teach robots/,
    )
    await audit('inbox')

    await offer.click()
    // WR-1 and WR-4: all of it before anything is accepted.
    for (const text of ['$1.20', '4 min', '$18.00', 'What it is for', 'Who gets it', '2 years'])
      await says(page, text)
    await audit('brief')
    await page.getByRole('button', { name: 'I want to do this' }).click()
    const [no, yes] = [
      page.getByRole('button', { name: 'No, thanks' }),
      page.getByRole('button', { name: 'Yes, I agree' }),
    ]
    await yes.waitFor()
    expect((await no.boundingBox())?.width).toBeCloseTo((await yes.boundingBox())?.width ?? 0, 0)
    expect(await no.getAttribute('class')).toBe(await yes.getAttribute('class'))
    await says(page, /cannot unlearn/)
    await audit('consent')
    await yes.click()

    await page.locator('.film[data-ready=true]').waitFor()
    await says(page, 'Looks good')
    await audit('viewfinder')
    await filmGoodTake(phone)
    await audit('take')
    await cutTheEnd(page)
    await prepareTake(phone)
    await says(page, 'There is no sound in it, no place and no time of day.')
    await audit('result')
    const raw = await filmedTake(page)
    await page.evaluate(fillDevice)
    await page.getByRole('button', { name: 'Send' }).click()
    await says(page, 'This phone has no room left.')
    await page.evaluate(() => (globalThis as unknown as { makeRoom: () => void }).makeRoom())
    await page.getByRole('button', { name: 'Send' }).click()
    await page.waitForURL(/\/sent\//)
    await says(page, 'Accepted. Thank you!')
    await audit('sent')
    await page.waitForSelector('a.balance:has-text("$1.20")')

    for (const where of ['/earnings', '/data', '/data/recordings', '/data/decisions', '/help', '/settings']) {
      await goTo(page, where)
      await audit(where)
    }
    await seesTheAction(page)
    await goTo(page, '/data/recordings')
    await page.getByRole('link', { name: 'Watch' }).click()
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0)
    expect(await placesOf(raw, { page, home: instance.home })).toEqual([])
    await comeBack(phone, handle)
    expect(wrong).toEqual([])
  },
  FILMING_MS,
)

/** However long the page is, what can be done stands above the ways. */
async function seesTheAction(page: Page): Promise<void> {
  await goTo(page, '/earnings')
  const { width, height } = page.viewportSize()!
  await page.setViewportSize({ width, height: 360 })
  const action = (await page.getByRole('link', { name: 'Ask for a payout' }).boundingBox())!
  const ways = (await page.getByRole('navigation', { name: 'Main ways' }).boundingBox())!
  expect(action.y + action.height).toBeLessThanOrEqual(ways.y)
  await page.setViewportSize({ width, height })
}

/** Films again, as a person would, while a busy machine drops the camera's pictures. */
async function filmGoodTake(phone: Phone): Promise<void> {
  const { page } = phone
  const good = page.getByText('This take is good. It can go.')
  for (let take = 1; ; take += 1) {
    await filmTake(phone, 4000)
    await good.or(page.getByText('This take may come back.')).waitFor()
    if (await good.isVisible()) return
    const why = await page.locator('.reason strong').allTextContents()
    if (take === MAX_TAKES) throw new Error(`no take was good; the last one: ${why.join(', ')}`)
    await page.getByRole('link', { name: 'Film again' }).click()
    await page.locator('.film').waitFor()
  }
}

/** On the page: nothing more can be kept until there is room again. */
function fillDevice(): void {
  const keep = IDBObjectStore.prototype.put
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('no room', 'QuotaExceededError')
  }
  Object.assign(globalThis, {
    makeRoom: () => {
      IDBObjectStore.prototype.put = keep
    },
  })
}

/** The right handle, moved by keys: what it leaves out does not leave the phone. */
async function cutTheEnd(page: Page): Promise<void> {
  const whole = await page.locator('.trim-head .figure').textContent()
  await page.getByRole('slider', { name: 'Where it ends' }).focus()
  for (let press = 0; press < 10; press += 1) await page.keyboard.press('ArrowLeft')
  expect(await page.locator('.trim-head .figure').textContent()).not.toBe(whole)
}

async function comeBack({ page }: Phone, handle: string): Promise<void> {
  await goTo(page, '/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/come-back/)
  await page.getByLabel('Your handle').fill(handle)
  await page.getByLabel('PIN, six digits').fill('111111')
  await page.getByRole('button', { name: 'Come in' }).click()
  await says(page, 'That does not fit.')
  await page.getByLabel('PIN, six digits').fill('246810')
  await page.getByRole('button', { name: 'Come in' }).click()
  await page.waitForSelector('a.balance:has-text("$1.20")')
}

onPhone(
  'a dark take is told of while filming and before sending, and comes back',
  async () => {
    const phone = await phoneOf(dark)
    const { page } = phone
    await join(phone, instance, 'Dalia')
    await openCamera(phone, TITLE)
    await says(page, 'More light')
    expect(await page.locator('.film').getAttribute('data-ready')).toBe('false')
    await filmTake(phone, 3000)
    await says(page, 'This take may come back.')
    await says(page, 'It is too dark')
    expect(await seriousFaults(page)).toEqual([])
    await prepareTake(phone)
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('link', { name: 'See why and film again' }).click()
    await says(page, 'Turn on a light or go nearer to the window.')
    await page
      .getByRole('button', { name: /See it at/ })
      .first()
      .waitFor()
    await page.waitForSelector('video')
    expect(await seriousFaults(page)).toEqual([])
    await goTo(page, '/')
    await page.getByRole('heading', { name: 'Came back to you' }).waitFor()
    await page.locator('a.held-returned').click()
    await page.getByRole('button', { name: 'Film again' }).click()
    await page.locator('.film').waitFor()
    expect(page.url()).toContain('/do/')
  },
  FILMING_MS,
)

onPhone(
  'an upload cut off by closing the page arrives when the page is opened again',
  async () => {
    const phone = await phoneOf(bright)
    const { page, context } = phone
    await join(phone, instance, 'Karim')
    await openCamera(phone, TITLE)
    await filmTake(phone, 4000)
    await prepareTake(phone)
    const network = await context.newCDPSession(page)
    await network.send('Network.enable')
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 50,
      downloadThroughput: -1,
      uploadThroughput: 20_000,
    })
    const leaving = page.waitForRequest((request) => request.method() === 'PATCH')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.waitForURL(/\/sent\//)
    await leaving
    await says(page, 'Safe on this phone')
    await says(page, 'Sending…')
    const sent = page.url()
    await page.close()

    const again = await context.newPage()
    await again.goto(instance.url)
    await again
      .getByText(/saved here, not sent yet|Sending…|All sent/)
      .first()
      .waitFor()
    await again.getByText('All sent. Nothing is waiting here.').waitFor()
    await again.goto(sent)
    await again.getByText('Accepted. Thank you!').waitFor()
  },
  FILMING_MS,
)

onPhone('questions are answered by keys and by touch, one right after the other', async () => {
  const phone = await phoneOf(bright)
  const { page } = phone
  await join(phone, instance, 'Bilal')
  await page.locator('a.offer').filter({ hasText: 'Judge the outcome' }).click()
  await page.getByRole('button', { name: 'I want to do this' }).click()
  await page.waitForURL(/\/do\//)
  await page.getByRole('radiogroup', { name: 'Did it work?' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.keyboard.press('3')
  await page.getByRole('heading', { name: 'What went wrong first?' }).waitFor()
  await page.reload()
  // What was chosen survives the page.
  await page.getByRole('heading', { name: 'What went wrong first?' }).waitFor()
  await page.keyboard.press('2')
  const send = page.getByRole('button', { name: 'Send answer' })
  await expect.poll(() => send.isEnabled()).toBe(true)
  const first = page.url()
  await send.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.href !== first && url.pathname.startsWith('/do/'))
  const second = page.url()
  await page.getByText('Success', { exact: true }).tap()
  await page.getByRole('button', { name: 'Send answer' }).tap()
  await page.waitForURL((url) => url.href !== second)
  await goTo(page, '/earnings')
  await says(page, '$0.20')
})

onPhone(
  'taking a yes back takes no more taps than giving it, and freezes at once',
  async () => {
    const phone = await phoneOf(bright)
    const { page, context } = phone
    await join(phone, instance, 'Farah')
    await openCamera(phone, TITLE)
    await filmTake(phone, 3500)
    await prepareTake(phone)
    await page.getByRole('button', { name: 'Send' }).click()
    await says(page, 'Accepted. Thank you!')
    await goTo(page, '/data/recordings')
    const watch = page.getByRole('link', { name: 'Watch' })
    const episodeId = (await watch.getAttribute('href'))?.split('play=')[1] ?? ''
    const video = `${instance.url}/api/worker/episodes/${episodeId}/video`
    expect((await context.request.get(video)).status()).toBe(200)
    await goTo(page, '/data')
    await page.getByRole('link', { name: 'Take my yes back' }).tap()
    await page.getByRole('button', { name: 'Take it back' }).tap()
    await says(page, 'Taken back')
    expect((await context.request.get(video)).status()).toBeGreaterThanOrEqual(400)
    await goTo(page, '/data/recordings')
    await says(page, 'Frozen: nobody can open it, and it is being deleted.')
    expect(await watch.count()).toBe(0)
    // Pay is kept.
    await page.waitForSelector('a.balance:has-text("$1.20")')
  },
  FILMING_MS,
)

onPhone('Arabic runs from right to left, and clips do not', async () => {
  const phone = await phoneOf(bright, { locale: 'ar-EG', dark: true })
  const { page } = phone
  await page.goto(instance.inviteLink)
  await page.getByLabel('بماذا نناديك؟').fill('أمينة')
  const html = page.locator('html')
  expect([await html.getAttribute('dir'), await html.getAttribute('lang')]).toEqual(['rtl', 'ar'])
  // The country was guessed from the language of the phone.
  expect(await page.getByLabel('البلد').inputValue()).toBe('EG')
  await page.getByRole('button', { name: 'انضم' }).click()
  await page.getByRole('link', { name: 'إلى العمل' }).click()
  await page.locator('a.offer').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(wide).toBe(false)
  await page.locator('a.offer').filter({ hasText: 'احكم' }).or(page.locator('a.offer').last()).first().click()
  const accept = page.getByRole('button', { name: 'أريد القيام بهذا' })
  await accept.waitFor()
  expect(await seriousFaults(page)).toEqual([])
  // What is said where a clip cannot be shown is text, and runs as the text around it does.
  await page.route(/\/video(\?|$)/, (route) => route.abort())
  await accept.click()
  const said = page.getByText('لا يمكن عرض هذا المقطع هنا.')
  await said.waitFor()
  const directionOf = (each: Element) => getComputedStyle(each).direction
  expect(await said.evaluate(directionOf)).toBe('rtl')
  expect(await page.locator('.clip').first().evaluate(directionOf)).toBe('ltr')
})

onPhone('one task, two tabs: the second says so, and takes over when asked', async () => {
  const phone = await phoneOf(bright)
  const { page, context } = phone
  await join(phone, instance, 'Tariq')
  await openCamera(phone, TITLE)
  const other = await context.newPage()
  await other.goto(page.url())
  await other.getByText('This task is open in another tab').waitFor()
  await other.getByRole('button', { name: 'Go on here' }).click()
  await other.locator('.film').waitFor()
  await says(page, 'This task is open in another tab')
})

onPhone('without a network the app opens, shows what it knew, and says what waits here', async () => {
  const phone = await phoneOf(bright)
  const { page, context } = phone
  await join(phone, instance, 'Omar')
  await page.locator('a.offer').first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  // Of seven languages the phone keeps the one it speaks.
  const keptWords = () =>
    page.evaluate(async () =>
      (await (await caches.open('parts')).keys()).flatMap(
        ({ url }) => /language-[a-z]+(-task)?(?=-)/.exec(url)?.[0] ?? [],
      ),
    )
  await expect.poll(async () => (await keptWords()).sort()).toEqual(['language-en', 'language-en-task'])
  await context.setOffline(true)
  await page.reload()
  await page.locator('a.offer').first().waitFor()
  await says(page, 'No connection. Go on: it is saved here and sent later.')
  await context.setOffline(false)
  await expect.poll(() => page.getByText('No connection.').count()).toBe(0)
})

onPhone('a wrong clock, a page over http and a camera that is not allowed are said plainly', async () => {
  const phone = await phoneOf(bright)
  const { page, context } = phone
  await join(phone, instance, 'Yara')
  const late = await context.newPage()
  await late.addInitScript(() => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + 86_400_000
  })
  await late.goto(instance.url)
  await late.getByText('The clock of this phone is wrong by 1 day.').waitFor()
  await late.close()

  const insecure = await context.newPage()
  await insecure.addInitScript(() => Object.defineProperty(globalThis, 'isSecureContext', { value: false }))
  await insecure.goto(instance.url)
  await insecure.getByText('This page has no camera, because its address starts with http.').waitFor()
  await insecure.close()

  await context.clearPermissions()
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('no', 'NotAllowedError')
    }
  })
  await goTo(page, '/')
  await page.locator('a.offer').filter({ hasText: TITLE }).click()
  await page.getByRole('button', { name: 'I want to do this' }).click()
  await page.getByRole('button', { name: 'Yes, I agree' }).click()
  await page.getByRole('button', { name: 'Open the camera' }).click()
  await says(page, 'The camera is not allowed yet')
  await says(page, 'Tap Permissions, then Camera, then Allow.')
  await page.getByRole('button', { name: 'Try again' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
})
