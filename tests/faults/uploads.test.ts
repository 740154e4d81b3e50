import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { NewOutboxItem, Outbox } from '@chiron/client/outbox'
import { taskRoutes } from '@chiron/contract'
import { seededRandom } from '@chiron/core/kit'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { whyNoBrowser } from '../e2e/browser.ts'
import { bundle } from '../e2e/capture-browser.ts'
import type { LinePage } from '../e2e/pages/line-page.ts'
import { changedBytes, filesUnder } from './audit.ts'
import { type BadLine, openBadLine } from './bad-line.ts'
import { makeClip, sha256Of, unlike } from './clips.ts'
import { Device } from './device.ts'
import { agree, type Lab, openLab, takeAnswer, takes, type Worker } from './lab.ts'
import { pause } from './load.ts'
import { ServerProcess } from './server-process.ts'

declare const window: { linePage: LinePage; outbox: Outbox }

const SEED = process.env.CHIRON_FAULT_SEED ?? 'bad line'
/** 200 where there is time for it: CHIRON_FAULT_UPLOADS=200. */
const UPLOAD_COUNT = Number(process.env.CHIRON_FAULT_UPLOADS ?? 6)
const BROKEN_RATIO = 0.3
const WEB_COUNT = 2
/** A worker holds at most ten tasks. */
const AT_ONCE = 8
/** Of few uploads nearly each meets a death; of many, every fifth or so. */
const CALM_PIECES = UPLOAD_COUNT > 50 ? 12 : 2
const CLIP_MS = 600
/** Of a server that was killed, another takes up the looks when they count as lost. */
const LOOK_PATIENCE_MS = 240_000
const LIMIT_MS = 240_000 + UPLOAD_COUNT * 20_000

const home = await mkdtemp(path.join(tmpdir(), 'chiron-line-'))
const keeper = await ServerProcess.at({ home })
const webs = await Promise.all(
  Array.from({ length: WEB_COUNT }, () => ServerProcess.at({ home, env: { ROLE: 'web' } })),
)
const dice = seededRandom(SEED)
const kills = { tabs: 0, phones: 0, servers: 0 }

afterAll(async () => {
  await Promise.all(webs.map((web) => web.kill()))
  await keeper.stop()
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

test.skipIf(whyNoBrowser() !== '')(
  `MED-1 MED-15 OUT-5 ${UPLOAD_COUNT} uploads over a line that breaks, with killed tabs, phones and servers, arrive byte by byte`,
  async () => {
    await keeper.start()
    const lab = await openLab(keeper)
    const campaignId = await lab.publish({ ...takes, flow: { ...takes.flow, answers: null } })
    const worker = await lab.worker('Wanda')
    await agree(worker, campaignId)
    await Promise.all(webs.map((web) => web.start()))

    const films = new Map<string, Buffer>()
    const pageFolder = path.join(home, '..', `${path.basename(home)}-page`)
    await bundle(path.resolve(import.meta.dirname, '../e2e/pages/line-page.ts'), pageFolder)
    const line = await openBadLine({
      ports: () => webs.filter(({ runs }) => runs).map(({ port }) => port),
      brokenRatio: BROKEN_RATIO,
      dice,
      own: (address, response) => serveOwn(address, response, { films, pageFolder }),
    })
    const device = new Device({ profile: `${pageFolder}/profile`, url: line.url, worker })
    try {
      await device.on()
      const chaos = new AbortController()
      const weather = Promise.all([killPhones(device, line, chaos.signal), killServers(line, chaos.signal)])
      try {
        await sendAll({ lab, worker, campaignId, device, films })
      } finally {
        chaos.abort()
        await weather
      }
      await checkAll(lab, films)
      process.stderr.write(
        `  ${UPLOAD_COUNT} uploads, ${line.counts.pieces} pieces; broken ${JSON.stringify(line.counts)}; killed ${JSON.stringify(kills)}\n`,
      )
      expect(line.counts.cut + line.counts.deaf + line.counts.mute).toBeGreaterThan(0)
      expect(Math.min(kills.tabs, kills.servers)).toBeGreaterThan(0)
    } catch (cause) {
      console.error(`CHIRON_FAULT_SEED='${SEED}'\n${JSON.stringify(line.counts)} ${JSON.stringify(kills)}`)
      console.error(webs.map(({ output }) => output.slice(-1500)).join('\n'))
      throw cause
    } finally {
      await device.off()
      line.close()
      await rm(pageFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    }
  },
  LIMIT_MS + 120_000,
)

function serveOwn(
  address: string,
  response: ServerResponse,
  { films, pageFolder }: { films: ReadonlyMap<string, Buffer>; pageFolder: string },
): boolean {
  const name = address.slice(1)
  if (address === '/') {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>line</title><script type="module" src="/page.js"></script>')
    return true
  }
  const film = films.get(name.replace('films/', ''))
  if (film) response.end(film)
  else if (/^[\w.-]+\.js$/.test(name)) {
    response.setHeader('content-type', 'text/javascript')
    response.end(readFileSync(path.join(pageFolder, name)))
  } else return false
  return true
}

/** An answer with a film by its name. */
type Sent = NewOutboxItem & { takeFile: string }

async function openDatabase(): Promise<pg.Client> {
  const database = new pg.Client({ connectionString: keeper.databaseUrl() })
  // Whoever asks next is told; a connection that ends while nobody asks is no fault of the test.
  database.on('error', () => undefined)
  await database.connect()
  return database
}

interface Run {
  lab: Lab
  worker: Worker
  campaignId: string
  device: Device
  films: Map<string, Buffer>
}

/** Batch after batch: tasks taken, films put on the device, answers in its outbox; until the server has them all. */
async function sendAll(run: Run): Promise<void> {
  const plain = makeClip(`testsrc2=size=320x240:rate=10:duration=${CLIP_MS / 1000}`)
  const deadlineMs = performance.now() + LIMIT_MS
  const database = await openDatabase()
  const arrived = async (): Promise<number> => {
    const { rows } = await database.query<{ n: string }>('select count(*) as n from submission')
    return Number(rows[0]?.n)
  }
  try {
    while (run.films.size < UPLOAD_COUNT) {
      const items: Sent[] = []
      const count = Math.min(AT_ONCE, UPLOAD_COUNT - run.films.size)
      for (let at = 0; at < count; at += 1) items.push(await nextItem(run, plain))
      await run.device.until(async (page) => put(page, items))
      while ((await arrived()) < run.films.size) {
        if (performance.now() > deadlineMs)
          throw new Error(`${await arrived()} of ${run.films.size} arrived: ${await run.device.said()}`)
        await pause(300)
      }
    }
  } finally {
    await database.end()
  }
}

async function nextItem({ worker, campaignId, films }: Run, plain: Buffer): Promise<Sent> {
  const { lease } = await worker.client.call(taskRoutes.claim, { body: { campaignId, termsVersion: 1 } })
  if (!lease) throw new Error('there are tasks enough')
  const bytes = unlike(plain, 100_000 + dice.int(1_500_000))
  const name = `${randomUUID()}.film`
  films.set(name, bytes)
  const sha256 = sha256Of(bytes)
  const { uploadId, ...answer } = takeAnswer({ uploadId: '', sha256, bytes: bytes.length }, CLIP_MS)
  return {
    id: randomUUID(),
    leaseId: lease.id,
    activeMs: 1000,
    takeFile: name,
    uploadMetadata: { purpose: 'episode', sha256, campaignId },
    answer,
  }
}

const put = (page: Page, items: Sent[]): Promise<void> =>
  page.evaluate(async (added) => {
    for (const { takeFile } of added) await window.linePage.keep(takeFile, `/films/${takeFile}`)
    await window.linePage.add(window.outbox, added)
  }, items)

/** After every few pieces the tab is gone, or the whole phone, and comes back. */
async function killPhones(device: Device, line: BadLine, signal: AbortSignal): Promise<void> {
  while (await piecesPass(line, CALM_PIECES + dice.int(4), signal)) {
    const isPhone = dice.next() < 0.2
    if (isPhone) await device.dieAndReturn()
    else await device.loseTab()
    kills[isPhone ? 'phones' : 'tabs'] += 1
  }
}

/** After every few pieces one of the servers dies in the middle of its work; another is left to go on with. */
async function killServers(line: BadLine, signal: AbortSignal): Promise<void> {
  for (let at = 0; await piecesPass(line, CALM_PIECES + dice.int(6), signal); at += 1) {
    const web = webs[at % webs.length]
    if (!web || webs.filter(({ runs }) => runs).length < 2) continue
    await web.kill()
    kills.servers += 1
    await web.start()
  }
}

/** Waits until so many more pieces have come by, wherever each of them is by then; false when it is over. */
async function piecesPass({ counts }: BadLine, count: number, signal: AbortSignal): Promise<boolean> {
  const until = counts.pieces + count
  while (!signal.aborted && counts.pieces < until) await pause(20)
  return !signal.aborted
}

async function checkAll(lab: Lab, films: ReadonlyMap<string, Buffer>): Promise<void> {
  const database = await openDatabase()
  try {
    const { rows } = await database.query<{ sha256: string }>('select sha256 from episode')
    const sent = [...films.values()].map(sha256Of)
    expect(rows.map(({ sha256 }) => sha256).sort()).toEqual(sent.sort())
    expect(await changedBytes(lab, database)).toEqual([])
    // A film that is being looked at lies in scratch for as long as that takes.
    await untilLookedAt(database)
  } finally {
    await database.end()
  }
  expect(plainBytesUnder(home, films)).toEqual([])
}

async function untilLookedAt(database: pg.Client): Promise<void> {
  const untilMs = Date.now() + LOOK_PATIENCE_MS
  for (;;) {
    const { rows } = await database.query("select id from episode where state = 'arrived'")
    if (rows.length === 0) return
    if (Date.now() > untilMs) throw new Error(`${rows.length} films were never looked at`)
    await pause(250)
  }
}

/** Files of the server's storage in which bytes of a film can be read as they were filmed. */
function plainBytesUnder(folder: string, films: ReadonlyMap<string, Buffer>): string[] {
  const marks = [...films.values()].map((film) => film.subarray(-64))
  return filesUnder(folder).filter((file) => {
    const bytes = readFileSync(path.join(folder, file))
    return marks.some((mark) => bytes.includes(mark))
  })
}
