import { readdirSync, readFileSync } from 'node:fs'
import type { BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../e2e/capture-browser.ts'
import type { Person } from './lab.ts'

const PATIENCE_MS = 60_000

/** A phone whose browser keeps its profile through every death. */
export class Device {
  readonly #profile: string
  readonly #url: string
  readonly #worker: Person
  #context: BrowserContext | undefined
  #page: Page | undefined

  constructor({ profile, url, worker }: { profile: string; url: string; worker: Person }) {
    this.#profile = profile
    this.#url = url
    this.#worker = worker
  }

  async on(): Promise<void> {
    const context = await openBrowser(this.#profile, undefined)
    this.#context = context
    const [name = '', value = ''] = (this.#worker.headers.cookie ?? '').split('=')
    await context.addCookies([{ name, value, url: this.#url }])
    // A line this bad calls itself slow: uploads go in small pieces.
    await context.addInitScript(() => {
      Object.defineProperty(navigator, 'connection', { value: { effectiveType: '3g' } })
    })
    await this.#open()
  }

  async #open(): Promise<void> {
    const page = await this.#context!.newPage()
    await page.goto(this.#url, { timeout: PATIENCE_MS })
    await page.waitForFunction(() => 'outbox' in window, undefined, { timeout: PATIENCE_MS })
    this.#page = page
  }

  /** Tries again in the next tab when this one dies under it. */
  async until(work: (page: Page) => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const page = this.#page
        if (page) return await work(page)
      } catch (cause) {
        if (tries >= 60) throw cause
      }
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }

  /** What its outbox says, for a report. */
  async said(): Promise<string> {
    const listed = await this.#page
      ?.evaluate(() => (window as unknown as { outbox: { list(): Promise<unknown[]> } }).outbox.list())
      .catch(String)
    return JSON.stringify(listed)
  }

  /** The browser ends the tab's process without a word to it, and the person opens the page again. */
  async loseTab(): Promise<void> {
    const page = this.#page
    this.#page = undefined
    if (!page) return
    const gone = page.waitForEvent('crash', { timeout: PATIENCE_MS }).catch(() => undefined)
    void page.goto('chrome://crash').catch(() => undefined)
    await gone
    await this.#open()
    await page.close().catch(() => undefined)
  }

  /** The battery is empty: every process of the browser is gone at once. Later it is on again. */
  async dieAndReturn(): Promise<void> {
    this.#page = undefined
    for (const pid of processesOf(this.#profile)) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It went with its parent.
      }
    }
    await this.#context?.close().catch(() => undefined)
    await this.on()
  }

  async off(): Promise<void> {
    this.#page = undefined
    await this.#context?.close().catch(() => undefined)
  }
}

/** Processes whose command line names this profile: those of this browser alone. */
function processesOf(profile: string): number[] {
  const ids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return ids.filter((id) => {
    try {
      return (
        id !== process.pid &&
        readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`)
      )
    } catch {
      return false
    }
  })
}
