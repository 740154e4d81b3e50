import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server as TusServer } from '@tus/server'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle, openBrowser } from './capture-browser.ts'
import type { OutboxPage } from './pages/outbox-page.ts'

declare const window: { outboxPage: OutboxPage }

const BYTES = 6 * 1024 * 1024
const canRun = process.platform === 'linux' && process.arch === 'x64'
const inBrowser = test.skipIf(!canRun)

let folder = ''
let server: Server
let url = ''
let context: BrowserContext | undefined
const patches: { offset: number; id: string }[] = []
const posted: { id: string; answer: Record<string, unknown> }[] = []
let creations = 0

beforeAll(async () => {
  if (!canRun) return
  folder = mkdtempSync(join(tmpdir(), 'chiron-outbox-'))
  await bundle(join(import.meta.dirname, 'pages/outbox-page.ts'), join(folder, 'page'))
  server = await serveOutbox()
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})

afterAll(async () => {
  await context?.close().catch(() => undefined)
  server?.closeAllConnections()
  server?.close()
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

/** The page, tus, and a route for answers that loses its first reply on the way. */
async function serveOutbox(): Promise<Server> {
  const tus = new TusServer({
    path: '/api/uploads',
    datastore: new FileStore({ directory: join(folder, 'uploads') }),
  })
  const http = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path.startsWith('/api/uploads')) {
      if (request.method === 'POST') creations++
      if (request.method === 'PATCH') {
        patches.push({ offset: Number(request.headers['upload-offset']), id: path.split('/').at(-1)! })
      }
      void tus.handle(request, response)
    } else if (path === '/submissions') {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        posted.push(JSON.parse(Buffer.concat(pieces).toString()))
        if (posted.length === 1) request.socket.destroy()
        else response.end(JSON.stringify({ submission: {} }))
      })
    } else if (path === '/') {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>outbox</title><script type="module" src="/page.js"></script>')
    } else {
      response.setHeader('content-type', 'text/javascript')
      response.end(readFileSync(join(folder, 'page', path.slice(1))))
    }
  })
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  return http
}

async function openPage(): Promise<Page> {
  context = await openBrowser(join(folder, 'profile'), undefined)
  const page = await context.newPage()
  page.on('pageerror', (error) => process.stderr.write(`page: ${error.stack}\n`))
  await page.goto(url)
  await page.waitForFunction(() => 'outboxPage' in window)
  return page
}

/** A slow link, so that there is a middle in which to kill the page. */
async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: 4_000_000,
    uploadThroughput: 1_000_000,
    connectionType: 'cellular3g',
  })
}

/** How much of the upload lies on the server's disk. */
function keptBytes(): number {
  const id = patches[0]?.id
  return id === undefined ? 0 : (statSync(join(folder, 'uploads', id), { throwIfNoEntry: false })?.size ?? 0)
}

const listed = (page: Page) =>
  page.evaluate(async () => {
    const opened = (window as unknown as { opened?: ReturnType<OutboxPage['open']> }).opened
    return (await opened!.list()).map(({ takeFile, ...item }) => ({
      ...item,
      hasTake: takeFile !== undefined,
    }))
  })

inBrowser(
  'OUT-1 OUT-2 OUT-5 a browser killed in mid-upload goes on where it was, and one answer arrives',
  async () => {
    let page = await openPage()
    await slowDown(page)
    const hash = await page.evaluate(async (bytes) => {
      const outbox = window.outboxPage.open()
      Object.assign(window, { opened: outbox })
      const takeFile = window.outboxPage.makeTake(bytes)
      const uploadMetadata = { purpose: 'episode', filetype: 'video/mp4' }
      const answer = { recordedAt: '2026-11-22T10:00:00Z' }
      await outbox.add({ id: 's1', leaseId: 'l1', answer, activeMs: 9_000, takeFile, uploadMetadata })
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await takeFile.arrayBuffer()))
      return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    }, BYTES)
    await expect.poll(keptBytes, { timeout: 60_000, interval: 20 }).toBeGreaterThan(1_000_000)
    expect(await listed(page)).toMatchObject([{ id: 's1', state: 'uploading', totalBytes: BYTES }])
    await context!.close()

    const before = patches.length
    page = await openPage()
    await page.evaluate(() => Object.assign(window, { opened: window.outboxPage.open() }) && undefined)
    await expect.poll(async () => (await listed(page))[0]?.state, { timeout: 60_000 }).toBe('sent')
    expect(creations).toBe(1)
    const resumedAt = patches[before]!.offset
    expect(resumedAt).toBeGreaterThan(500_000)
    expect(resumedAt).toBeLessThan(BYTES)
    const uploadId = patches[0]!.id
    expect(new Set(patches.map(({ id }) => id))).toEqual(new Set([uploadId]))
    const kept = readFileSync(join(folder, 'uploads', uploadId))
    expect(createHash('sha256').update(kept).digest('hex')).toBe(hash)
    // The first reply was lost: the same id was posted again, and nothing else.
    expect(posted.length).toBeGreaterThanOrEqual(2)
    for (const body of posted) expect(body).toMatchObject({ id: 's1', answer: { uploadId } })
    expect(await listed(page)).toMatchObject([{ id: 's1', hasTake: false }])
    process.stderr.write(
      `  killed, then resumed at ${resumedAt} of ${BYTES} bytes; ${posted.length} posts of one id\n`,
    )
  },
)

inBrowser('OUT-6 of two tabs one sends', async () => {
  const first = context!.pages().at(-1)!
  const second = await context!.newPage()
  await second.goto(url)
  await second.waitForFunction(() => 'outboxPage' in window)
  const before = patches.length
  const add = (page: Page, id: string) =>
    page.evaluate(async (itemId) => {
      const holder = window as unknown as { opened?: ReturnType<OutboxPage['open']> }
      holder.opened ??= window.outboxPage.open()
      const takeFile = window.outboxPage.makeTake(4096)
      await holder.opened.add({ id: itemId, leaseId: itemId, answer: {}, activeMs: 1, takeFile })
    }, id)
  await Promise.all([add(first, 's2'), add(second, 's3'), add(first, 's4')])
  const states = async () => (await listed(second)).filter(({ id }) => id !== 's1').map(({ state }) => state)
  await expect.poll(states, { timeout: 30_000 }).toEqual(['sent', 'sent', 'sent'])
  expect(
    posted
      .filter(({ id }) => id !== 's1')
      .map(({ id }) => id)
      .sort(),
  ).toEqual(['s2', 's3', 's4'])
  expect(patches.length - before).toBe(3)
})
