// The worker app's first task on a slow phone behind a slow link: see README.md.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser, whyNoBrowser } from '../tests/e2e/browser.ts'
import { openLab, takes, type Worker } from '../tests/faults/lab.ts'
import { ServerProcess } from '../tests/faults/server-process.ts'
import { DIST, shellFiles } from './capture/app-size.ts'

const MAX_SHELL_BYTES = 60_000
const CPU_SLOWDOWN = 4
const LINK = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 }
const PATIENCE_MS = 180_000
const RUNS = 3

const say = (line: string): void => console.log(line)

function reportShell(): boolean {
  const files = shellFiles()
  const total = files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0)
  say('shell, largest language                bytes      gzip')
  for (const { file, bytes, gzipBytes } of files)
    say(`  ${file.padEnd(32)}${String(bytes).padStart(9)}${String(gzipBytes).padStart(10)}`)
  const holds = total <= MAX_SHELL_BYTES
  say(
    `  ${'together'.padEnd(32)}${''.padStart(9)}${String(total).padStart(10)}  (at most ${MAX_SHELL_BYTES}: ${holds ? 'holds' : 'DOES NOT HOLD'})\n`,
  )
  return holds
}

interface Reached {
  words: string
  ms: number
  bytes: number
}

/** The first visit of a phone that has nothing yet: until its inbox, then until a brief can be read. */
async function firstVisit(server: ServerProcess, worker: Worker): Promise<Reached[]> {
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
      locale: 'en',
    })
    const [name = '', value = ''] = (worker.headers.cookie ?? '').split('=')
    await context.addCookies([{ name, value, url: server.url }])
    const page = await context.newPage()
    const bytes = await slowDown(page)
    const reached: Reached[] = []
    const startMs = performance.now()
    const note = (words: string) => reached.push({ words, ms: performance.now() - startMs, bytes: bytes() })
    await page.goto(server.url, { waitUntil: 'commit', timeout: PATIENCE_MS })
    await page.locator('#app > *').first().waitFor({ timeout: PATIENCE_MS })
    note('something shows')
    const offer = page.locator('a[href^="/task/"]').first()
    await offer.waitFor({ timeout: PATIENCE_MS })
    note('the inbox shows its offer')
    await offer.click({ timeout: PATIENCE_MS })
    await page.getByText('Pick up the cup.').first().waitFor({ timeout: PATIENCE_MS })
    note('the brief can be read')
    return reached
  } finally {
    await browser.close()
  }
}

/** A processor four times slower and a thin, distant link; gives a count of the bytes that came over it. */
async function slowDown(page: Page): Promise<() => number> {
  const devtools = await page.context().newCDPSession(page)
  let received = 0
  devtools.on('Network.dataReceived', ({ encodedDataLength }) => {
    received += encodedDataLength
  })
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', LINK)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
  return () => received
}

async function main(): Promise<void> {
  if (!existsSync(path.join(DIST, 'index.html'))) {
    say('The worker app is not built yet. Build it with:  npm run build')
    process.exitCode = 2
    return
  }
  const holds = reportShell()
  if (!holds) process.exitCode = 1
  const why = whyNoBrowser()
  if (why) {
    say(`The visit is left out: ${why}.`)
    return
  }
  const home = await mkdtemp(path.join(tmpdir(), 'chiron-bench-phone-'))
  const server = await ServerProcess.at({ home })
  try {
    await server.start()
    const lab = await openLab(server, 'Bench lab')
    await lab.publish({ ...takes, quota: 10 })
    const runs: Reached[][] = []
    for (let run = 0; run < RUNS; run += 1)
      runs.push(await firstVisit(server, await lab.worker(`Phone ${run}`)))
    say(
      `first visit, processor ${CPU_SLOWDOWN} times slower, 400 kbit/s, 400 ms there and back (best of ${RUNS}):`,
    )
    say('                              seconds      kB received')
    for (const [at, { words }] of (runs[0] ?? []).entries()) {
      const ms = Math.min(...runs.map((run) => run[at]?.ms ?? Number.NaN))
      const bytes = Math.min(...runs.map((run) => run[at]?.bytes ?? Number.NaN))
      say(
        `  ${words.padEnd(26)}${(ms / 1000).toFixed(1).padStart(8)}${(bytes / 1000).toFixed(1).padStart(17)}`,
      )
    }
  } finally {
    await server.stop()
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

await main()
