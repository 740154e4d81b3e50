import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { serveFolder } from './serve-folder.ts'

const GALLERY = path.resolve(import.meta.dirname, '../../packages/ui/gallery')
const missing = whyNoBrowser()
if (missing) console.log(`the components are not tested in a browser: ${missing}`)
const onChromium = test.skipIf(missing !== '')

let folder = ''
let server: Server
let browser: Browser
let url = ''

beforeAll(async () => {
  if (missing) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-components-'))
  const configFile = path.join(GALLERY, 'vite.config.ts')
  await build({
    configFile,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, copyPublicDir: false },
  })
  const served = await serveFolder(folder)
  server = served.server
  url = served.url
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

async function open(query: string, size: 'desk' | 'phone' = 'desk'): Promise<Page> {
  const viewport = size === 'desk' ? { width: 1280, height: 800 } : { width: 360, height: 740 }
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' })
  await page.goto(`${url}?${query}`)
  await page.waitForSelector('#gallery > *')
  return page
}

onChromium('UI-5 a table of 50 000 rows holds a few dozen, and asks for what is scrolled to', async () => {
  const page = await open('page=console')
  const rows = page.locator('tbody tr[aria-rowindex]')
  await page.waitForSelector('tr[data-row="c0"]')
  expect(await rows.count()).toBeLessThan(60)
  await page.locator('.table-scroll').focus()
  await page.keyboard.press('End')
  await page.waitForSelector('tr[data-row="c49999"][aria-current=true]')
  expect(await rows.count()).toBeLessThan(60)
  await page.evaluate(() => document.querySelector('.table-scroll')?.scrollTo(0, 36 * 25_000))
  await page.waitForSelector('tr[data-row="c25000"]')
  const asked = Number(await page.getAttribute('[data-asked]', 'data-asked'))
  expect(asked).toBeLessThanOrEqual(5)
  await page.close()
})

onChromium('UI-5 j, k and Enter walk and open rows from anywhere on the page', async () => {
  const page = await open('page=console')
  await page.waitForSelector('tr[data-row="c0"]')
  for (const key of ['j', 'j', 'j', 'k', 'Enter']) await page.keyboard.press(key)
  expect(await page.textContent('[data-opened]')).toContain(' 3')
  await page.close()
})

onChromium('UI-8 no key fires while the person types or a dialog is open', async () => {
  const page = await open('page=console')
  await page.waitForSelector('tr[data-row="c0"]')
  await page.keyboard.press('/')
  await page.keyboard.type('jjj?')
  expect(await page.inputValue('.table-filter input')).toBe('jjj?')
  expect(await page.locator('dialog').count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.waitForSelector('tr[data-row="c0"][aria-current=true]')
  await page.keyboard.press('?')
  await page.waitForSelector('dialog:modal')
  for (const key of ['j', 'j']) await page.keyboard.press(key)
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog', { state: 'detached' })
  expect(await page.getAttribute('tr[aria-current=true]', 'data-row')).toBe('c0')
  await page.close()
})

onChromium('the command palette finds by letters and runs by Enter', async () => {
  const page = await open('page=console')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('dtst')
  await page.keyboard.press('Enter')
  expect(await page.textContent('[data-opened]')).toBe('Datasets')
  expect(await page.locator('dialog').count()).toBe(0)
  await page.close()
})

onChromium('a dialog keeps the focus inside, answers Escape, and gives the focus back', async () => {
  const page = await open('page=controls')
  await page.click('text=Sheet')
  await page.waitForSelector('dialog:modal')
  for (let press = 0; press < 8; press += 1) {
    await page.keyboard.press('Tab')
    const outside = () =>
      document.activeElement !== document.body && !document.activeElement?.closest('dialog')
    expect(await page.evaluate(outside)).toBe(false)
  }
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog', { state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Sheet')
  await page.close()
})

onChromium('questions follow answers by number keys, and what is open is said', async () => {
  const page = await open('page=phone', 'phone')
  await page.keyboard.press('3')
  await page.waitForSelector('text=What went wrong?')
  expect(await page.locator('.action-bar button').isDisabled()).toBe(true)
  await page.keyboard.press('2')
  await page.click('.moment button')
  await page.waitForSelector('.moment-set')
  expect(await page.locator('.action-bar button').isEnabled()).toBe(true)
  await page.click('.choice >> nth=0')
  expect(await page.locator('text=What went wrong?').count()).toBe(0)
  await page.close()
})

const PAGES = ['page=controls', 'page=console', 'page=episode', 'page=phone', 'page=phone&inbox']
const LOOKS = ['theme=light&locale=en', 'theme=dark&locale=ar']
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

for (const look of LOOKS) {
  onChromium(`axe finds nothing wrong with any page, ${look}`, async () => {
    const found: string[] = []
    for (const query of PAGES) {
      const page = await open(`${query}&${look}`, query.includes('phone') ? 'phone' : 'desk')
      await page.evaluate(axeSource)
      const violations = await page.evaluate(auditPage)
      found.push(...violations.map((violation) => `${query}: ${violation}`))
      await page.close()
    }
    expect(found).toEqual([])
  })
}

async function auditPage(): Promise<string[]> {
  type Node = { html: string; failureSummary?: string }
  type Audit = { violations: { id: string; nodes: Node[] }[] }
  const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<Audit> } }
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await axe.run({ runOnly: tags, rules: { region: { enabled: false } } })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

onChromium('UI-7 every coloured meaning also has a picture or a height of its own', async () => {
  const controls = await open('page=controls')
  const coloured = '.tag:not(.tag-neutral), .note, .stacked-item[class*=tone-], .field-error'
  const bare = await controls
    .locator(coloured)
    .evaluateAll((all) => all.filter((each) => !each.querySelector('svg')).length)
  expect(bare).toBe(0)
  expect(await controls.locator(coloured).count()).toBeGreaterThan(12)
  await controls.close()
  const episode = await open('page=episode')
  const heightOf = async (name: string) =>
    (await episode.locator(`.light-${name}`).first().boundingBox())?.height ?? 0
  const heights = [await heightOf('good'), await heightOf('attention'), await heightOf('bad')]
  expect(new Set(heights.map(Math.round)).size).toBe(3)
  await episode.close()
})

onChromium(
  'UI-9 nothing is wider than a phone, and every target there is at least 48 pixels high',
  async () => {
    const faults: string[] = []
    for (const query of ['page=phone', 'page=phone&inbox', 'page=controls&density=touch']) {
      for (const look of LOOKS) {
        const page = await open(`${query}&${look}`, 'phone')
        const { width, small } = await page.evaluate(measureTargets)
        if (width > 360) faults.push(`${query}&${look} is ${width} pixels wide`)
        if (query.includes('page=phone')) faults.push(...small.map((target) => `${query}&${look}: ${target}`))
        await page.close()
      }
    }
    expect(faults).toEqual([])
  },
)

function measureTargets(): { width: number; small: string[] } {
  const targets = [...document.querySelectorAll('button, a[href], label, summary, [role=slider], select')]
  const small = targets
    .filter((target) => target.getBoundingClientRect().height < 47.5)
    .map((target) => target.outerHTML.slice(0, 120))
  return { width: document.documentElement.scrollWidth, small }
}
