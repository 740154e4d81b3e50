import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  accountRoutes,
  campaignRoutes,
  leaderboardRoutes,
  mediaPaths,
  payRoutes,
  policyRoutes,
  rolloutRoutes,
  suiteRoutes,
} from '@chiron/contract'
import { ffmpegPath } from '@chiron/formats/node'
import { LANGUAGES } from '@chiron/worker/languages'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { sendWhole } from '../faults/tus-sender.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { accessFaults, join, newId, openPhone, type Phone, signInAsMember } from './worker-phone.ts'

const missing = whyNoBrowser()
const onPhone = test.skipIf(missing !== '')
const TITLE = 'Which robot tidied better?'
const INSTRUCTION = 'Put the cup into the box.'
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
  board = await publishComparing()
  if (PICTURES) mkdirSync(PICTURES, { recursive: true })
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
})

/** Seconds of a moving picture; the two robots take differently long. */
function clipOf(seconds: number, filter: string): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'chiron-compare-'))
  const file = path.join(folder, 'clip.mp4')
  const source = `testsrc2=size=480x360:rate=30:duration=${seconds}${filter}`
  const quiet = ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'lavfi', '-i', source]
  execFileSync(ffmpegPath(), [
    ...quiet,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    file,
  ])
  const bytes = readFileSync(file)
  rmSync(folder, { recursive: true, force: true })
  return bytes
}

/** Two policy versions with a run each on a frozen suite, and people asked to compare them. */
async function publishComparing() {
  const call = await signInAsMember(instance, 'manager')
  const owner = await signInAsMember(instance, 'owner')
  const { secret } = await owner(accountRoutes.makeKey, { body: { name: 'runs', role: 'manager' } })
  const target = {
    url: `${instance.url}${mediaPaths.uploads}`,
    headers: { authorization: `Bearer ${secret}` },
  }
  const { items } = await call(campaignRoutes.list)
  const demo = items.find(({ kind }) => kind === 'choose')
  expect(demo, 'the demo campaign of questions').toBeDefined()
  const { id: _, state, termsVersion, noticeVersion, createdAt, publishedAt, counts, ...draft } = demo!
  const { ontologyId, ontologyVersion } = draft
  const suite = await call(suiteRoutes.create, { body: { name: 'Tidying', ontologyId, ontologyVersion } })
  const params = { suiteId: suite.suiteId, version: 1 }
  const content = {
    factors: [],
    impossible: [],
    scenarios: [{ key: 'cup', instruction: { en: INSTRUCTION, ar: 'ضع الكوب في الصندوق.' }, settings: {} }],
    criteria: { success: { en: 'It is in the box.' }, milestones: [], timeLimitMs: null },
    outcomeIds: ['outcome.success', 'outcome.failure'],
    failureIds: ['failure.dropped'],
  }
  const changed = await call(suiteRoutes.change, { params, body: { revision: suite.revision, content } })
  await call(suiteRoutes.freeze, { params, body: { revision: changed.revision } })
  const policy = await call(policyRoutes.create, { body: { name: 'secret-policy' } })
  const policyVersionIds: string[] = []
  for (const [at, bytes] of [clipOf(3, ''), clipOf(4.5, ',hue=h=90')].entries()) {
    const version = await call(policyRoutes.addVersion, {
      params: { policyId: policy.id },
      body: { label: `secret-${at}` },
    })
    policyVersionIds.push(version.id)
    const { uploadId } = await sendWhole(target, { bytes, metadata: { purpose: 'rollout' } })
    await call(rolloutRoutes.add, {
      body: {
        digest: createHash('sha256').update(bytes).digest('hex'),
        policyVersionId: version.id,
        world: 'real',
        suiteId: params.suiteId,
        suiteVersion: 1,
        scenarioKey: 'cup',
        success: null,
        streams: [{ name: 'front', kind: 'video', uploadId }],
      },
    })
  }
  const amount = { amountMinor: 100_000, currency: draft.terms.currency ?? 'USD' }
  await call(payRoutes.fund, { body: { id: newId(), amount, reference: 'for a test' } })
  const made = await call(campaignRoutes.create, {
    body: {
      ...draft,
      kind: 'compare',
      title: Object.fromEntries(Object.keys(draft.briefs).map((locale) => [locale, TITLE])),
      quota: 20,
      sourceCampaignId: null,
      config: {
        ...params,
        suiteVersion: 1,
        world: 'real',
        policyVersionIds,
        stream: null,
        whyTermIds: ['failure.dropped', 'failure.collision'],
        asksProgress: true,
        until: 'never',
      },
      flow: { ...draft.flow, answers: { min: 1, max: 1, sureAt: 0.5 } },
    },
  })
  await call(campaignRoutes.publish, { params: { campaignId: made.id } })
  return () => call(leaderboardRoutes.read, { params })
}

async function openPair({ page }: Phone, words: (key: string) => string): Promise<void> {
  await page.goto(instance.url)
  await page.locator('a.offer').filter({ hasText: TITLE }).click()
  await page.getByRole('button', { name: words('brief.accept') }).click()
  await page.locator('.player-pair').waitFor()
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].every((video) => video.readyState >= 2),
  )
}

const timesOf = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('video')].map(({ currentTime }) => currentTime))

onPhone(
  'UI-12 a pair is watched in step, judged and counted; the next one comes at once',
  async () => {
    const said = await LANGUAGES.find(({ code }) => code === 'en')!.load()
    const phone = await openPhone(browser)
    const { page } = phone
    await join(phone, instance, 'Petra')
    await openPair(phone, (key) => said[key] ?? key)
    await page.getByText(INSTRUCTION).waitFor()
    expect(await page.locator('body').textContent()).not.toMatch(/secret|front/)
    await page.getByRole('button', { name: 'Play' }).first().click()
    // The shorter one waits at its last picture while the longer goes on; both end there.
    await page.waitForFunction(() => {
      const videos = [...document.querySelectorAll('video')]
      return videos.every((video) => video.paused && video.currentTime > video.duration - 0.2)
    })
    const send = page.getByRole('button', { name: 'Send answer' })
    expect(await send.isDisabled()).toBe(true)
    // Where the bar is pressed both clips stand at the same time.
    await page.locator('.scrubber').click({ position: { x: 60, y: 24 } })
    await page.waitForFunction(() => {
      const [one = 0, other = 9] = [...document.querySelectorAll('video')].map((video) => video.currentTime)
      return Math.abs(one - other) < 0.034 && one > 0.1 && one < 2.5
    })
    const [one = 0, other = 9] = await timesOf(page)
    expect(Math.abs(one - other)).toBeLessThan(0.034)
    await page.getByText('A is better').click()
    await page.getByRole('checkbox', { name: /Dropped/ }).check({ force: true })
    const before = page.url()
    await send.click()
    await page.waitForURL((url) => url.pathname.startsWith('/do/') && url.href !== before)
    await page.locator('.player-pair').waitFor()
    await expect.poll(async () => (await board()).voteCount, { timeout: 30_000 }).toBe(1)
    expect(phone.faults).toEqual([])
    expect(phone.strayRequests).toEqual([])
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
        const { overflow, small } = await page.evaluate(measure)
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

function measure(): { overflow: number; small: string[] } {
  const targets = 'button, a[href], input[type=range], [role=slider], label:has(input)'
  const small = [...document.querySelectorAll<HTMLElement>(targets)]
    .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 47.5)
    .map((target) => target.outerHTML.slice(0, 100))
  return { overflow: document.documentElement.scrollWidth - innerWidth, small }
}
