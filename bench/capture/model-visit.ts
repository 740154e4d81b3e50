import { launchBrowser } from '../../tests/e2e/browser.ts'
import { join, openCamera, openPhone, publishFilming, signInAsMember } from '../../tests/e2e/worker-phone.ts'
import { startInstance } from '../../tests/instance.ts'

const TITLE = 'Wave with one hand'
const CONFIG = { minSeconds: 1, maxSeconds: 30, fps: 15, minHeight: 240, orientation: 'any' }
const PATIENCE_MS = 240_000
const MODELS = /\/assets\/models\/[^/]+$/

/** Requests for files of the detector, and which of them the device keeps. `files`: how many there are. */
export type ModelVisit = {
  files: number
  beforeAcceptance: number
  afterAcceptance: number
  keptOffline: number
}

/** A phone's way through the real app: to the brief, into the viewfinder, then without a network. */
export async function visitForModels(camera: string): Promise<ModelVisit> {
  const instance = await startInstance()
  try {
    const call = await signInAsMember(instance, 'manager')
    await publishFilming(call, { title: TITLE, config: CONFIG })
    const browser = await launchBrowser({ camera })
    try {
      const phone = await openPhone(browser)
      const asked: string[] = []
      phone.context.on('request', (request) => {
        if (MODELS.test(request.url())) asked.push(request.url())
      })
      await join(phone, instance, 'Ada')
      await phone.page.getByRole('heading', { name: TITLE, exact: true }).click()
      await phone.page.getByRole('button', { name: 'I want to do this' }).waitFor()
      const beforeAcceptance = asked.length
      await phone.page.goBack()
      await openCamera(phone, TITLE)
      const files = await phone.page.evaluate(waitForModels, PATIENCE_MS)
      const afterAcceptance = new Set(asked).size
      await phone.context.setOffline(true)
      const keptOffline = await phone.page.evaluate(countReadable)
      return { files, beforeAcceptance, afterAcceptance, keptOffline }
    } finally {
      await browser.close()
    }
  } finally {
    await instance.stop()
  }
}

/** Until as many files are kept as there are; the app names five. */
async function waitForModels(patienceMs: number): Promise<number> {
  const FILES = 5
  const untilMs = performance.now() + patienceMs
  for (;;) {
    const kept = await (await caches.open('models')).keys()
    if (kept.length >= FILES) return FILES
    if (performance.now() > untilMs) return FILES
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function countReadable(): Promise<number> {
  const cache = await caches.open('models')
  let count = 0
  for (const { url } of await cache.keys()) {
    const bytes = await fetch(url).then(
      async (response) => (response.ok ? (await response.arrayBuffer()).byteLength : 0),
      () => 0,
    )
    if (bytes > 0) count += 1
  }
  return count
}
