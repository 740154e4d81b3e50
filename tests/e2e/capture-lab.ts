import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { bundle, openBrowser, serve } from './capture-browser.ts'

/** The recorder's page, served on loopback, and the phones that are opened on it. */
export interface CaptureLab {
  /** For what the tests make, cameras' pictures among it. What lies in `page/` the page can fetch. */
  folder: string
  /**
   * A phone: a browser with a profile of its own, before a camera that plays a file of the folder (none without), showing the
   * page with the recorder's functions in `window.capture`.
   */
  open(camera?: string): Promise<Page>
  /** Another tab of such a phone. */
  openTab(phone: Page): Promise<Page>
  close(): Promise<void>
}

export async function openCaptureLab(): Promise<CaptureLab> {
  const folder = mkdtempSync(join(tmpdir(), 'chiron-capture-'))
  await bundle(join(import.meta.dirname, 'pages/capture-page.ts'), join(folder, 'page'))
  const { server, url } = await serve(join(folder, 'page'))
  const contexts: BrowserContext[] = []
  const show = async (page: Page): Promise<Page> => {
    page.on('pageerror', (error) => process.stderr.write(`page: ${error.stack}\n`))
    await page.goto(url)
    await page.waitForFunction(() => 'capture' in globalThis)
    return page
  }
  return {
    folder,
    async open(camera) {
      const profile = mkdtempSync(join(folder, 'profile-'))
      const context = await openBrowser(profile, camera === undefined ? undefined : join(folder, camera))
      contexts.push(context)
      return show(await context.newPage())
    },
    openTab: async (phone) => show(await phone.context().newPage()),
    async close() {
      for (const context of contexts) await context.close().catch(() => undefined)
      server.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}
