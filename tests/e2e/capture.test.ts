import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  DEFAULT_TAKE_LIMITS,
  downscaleLuma,
  frameSignals,
  judgeTake,
  serverLimits,
  type TimedSignals,
  timingSignals,
} from '@chiron/core/episode'
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ffmpeg, HANDS, makeCamera, whyNot } from './capture-browser.ts'
import { type CaptureLab, openCaptureLab } from './capture-lab.ts'
import type { CapturePage } from './pages/capture-page.ts'

declare const window: { capture: CapturePage }
declare const document: {
  body: { append: (element: unknown) => void }
  createElement: (name: string) => never
}

const skip = whyNot(HANDS)
const filmed = test.skipIf(skip !== '')
if (skip !== '') process.stderr.write(`Filming in a browser is skipped: ${skip}.\n`)

let lab: CaptureLab

beforeAll(async () => {
  if (skip !== '') return
  lab = await openCaptureLab()
  makeCamera(join(lab.folder, 'good.mjpeg'), 'null', 8)
  makeCamera(join(lab.folder, 'dark.mjpeg'), 'eq=brightness=-0.3', 3)
})

afterAll(async () => {
  await lab?.close()
})

/** Films for some seconds in the page; the film comes back as base64. */
const film = (page: Page, seconds: number) =>
  page.evaluate(async (filmSeconds) => {
    const { openCamera, isRefusal, createRecorder, DEFAULT_TAKE_LIMITS } = window.capture
    const camera = await openCamera({ facing: 'environment' })
    if (isRefusal(camera)) throw new Error(camera.refused)
    const recorder = createRecorder(camera, { limits: DEFAULT_TAKE_LIMITS, context: { leaseId: 'l1' } })
    await recorder.start()
    await new Promise((resolve) => setTimeout(resolve, filmSeconds * 1000))
    const take = await recorder.stop()
    recorder.close()
    camera.close()
    Object.assign(window, { take })
    const { file, ...facts } = take
    return facts
  }, seconds)

const fileOf = async (page: Page, which = 'take'): Promise<Buffer> =>
  Buffer.from(
    await page.evaluate(async (name) => {
      const { file } = (window as unknown as Record<string, { file: Blob }>)[name]!
      const bytes = new Uint8Array(await file.arrayBuffer())
      let text = ''
      for (let at = 0; at < bytes.length; at += 8192)
        text += String.fromCharCode(...bytes.subarray(at, at + 8192))
      return btoa(text)
    }, which),
    'base64',
  )

async function probe(bytes: Buffer) {
  const input = new Input({ source: new BufferSource(new Uint8Array(bytes)), formats: ALL_FORMATS })
  const track = (await input.getPrimaryVideoTrack())!
  const times: number[] = []
  const order: number[] = []
  const keys: number[] = []
  for await (const packet of new EncodedPacketSink(track).packets()) {
    order.push(packet.timestamp)
    times.push(packet.timestamp * 1000)
    if (packet.type === 'key') keys.push(packet.timestamp)
  }
  const size = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() }
  return {
    codec: await track.getCodec(),
    ...size,
    times,
    keys,
    inOrder: order.every((time, at) => at === 0 || time > order[at - 1]!),
    trackCount: (await input.getTracks()).length,
  }
}

function signalsOf(bytes: Buffer): TimedSignals[] {
  const path = join(lab.folder, 'probe.mp4')
  writeFileSync(path, bytes)
  const raw = ffmpeg(['-i', path, '-vf', 'fps=10,format=gray', '-f', 'rawvideo', '-'])
  const signals: TimedSignals[] = []
  let before: Uint8Array | undefined
  for (let at = 0; at * 1280 * 720 < raw.length; at++) {
    const small = downscaleLuma(raw.subarray(at * 1280 * 720, (at + 1) * 1280 * 720), 1280, 720)
    signals.push({ timeMs: at * 100, ...frameSignals(small.luma, small.width, small.height, before) })
    before = small.luma
  }
  return signals
}

/** Every frame at exactly n / 30, as whole numbers of the file's tick allow. */
function expectConstantRate(times: number[]): void {
  times.forEach((timeMs, frame) => {
    expect(timeMs).toBeCloseTo((frame * 1000) / 30, 6)
  })
}

filmed(
  'CAP-1 CAP-5 a filmed take is H.264 at a constant rate, passes on the server’s limits, and its cuts do too',
  async () => {
    const page = await lab.open('good.mjpeg')
    const can = await page.evaluate(() => window.capture.capabilities())
    expect(can).toMatchObject({ secureContext: true, camera: true, recording: 'avc', keepsTakes: true })
    const take = await film(page, 4)
    const bytes = await fileOf(page)
    const found = await probe(bytes)
    expect(found).toMatchObject({ codec: 'avc', width: 1280, height: 720, trackCount: 1, inOrder: true })
    expectConstantRate(found.times)
    expect(found.times.length).toBe(take.frameCount)
    expect(found.times.length).toBeGreaterThan(100)
    // A key frame every second, so that cutting is cheap.
    found.keys.forEach((key, at) => {
      expect(key).toBeCloseTo(at, 6)
    })
    const timing = timingSignals(found.times)
    expect(timing).toMatchObject({ droppedRatio: 0, constantRate: true })
    process.stderr.write(
      `  filmed ${take.frameCount} frames in ${take.durationMs} ms, ${take.repeatedFrames} repeated, ${take.bytes} bytes, ${take.signals.length} looks\n`,
    )
    expect(take.signals.length).toBeGreaterThan(20)
    const limits = serverLimits(DEFAULT_TAKE_LIMITS)
    const container = { durationMs: take.durationMs, width: found.width, height: found.height, ...timing }
    expect(judgeTake({ probe: container, signals: signalsOf(bytes), limits })).toEqual({
      passes: true,
      faults: [],
    })
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(take.sha256)
    expect(bytes.length).toBe(take.bytes)
    await checkDates(bytes)
    await checkCuts(page, take.durationMs)
  },
)

async function checkDates(bytes: Buffer): Promise<void> {
  for (const type of ['mvhd', 'tkhd', 'mdhd']) {
    const at = bytes.indexOf(type)
    expect(at).toBeGreaterThan(0)
    expect(bytes.readBigUInt64BE(at + 8)).toBe(0n)
  }
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
}

/** CAP-5: cuts at a key frame and exact ones start at 0 and keep the rate. */
async function checkCuts(page: Page, durationMs: number): Promise<void> {
  for (const start of ['key-frame', 'exact'] as const) {
    const cut = await page.evaluate(async (how) => {
      const { trimTake, DEFAULT_TAKE_LIMITS } = window.capture
      const { take } = window as unknown as { take: Parameters<typeof trimTake>[0] }
      // How many of the camera's pictures a busy machine misses is not what is tried here.
      const limits = { ...DEFAULT_TAKE_LIMITS, minFps: 1, maxDroppedRatio: 1, maxGapMs: 60_000 }
      const made = await trimTake(take, { fromMs: 1500, toMs: 3500, start: how }, limits)
      Object.assign(window, { cut: made })
      const { file, ...facts } = made
      return facts
    }, start)
    const bytes = await fileOf(page, 'cut')
    const found = await probe(bytes)
    expectConstantRate(found.times)
    expect(found.times.length).toBe(start === 'exact' ? 60 : 75)
    expect(cut.trim.fromMs).toBeCloseTo(start === 'exact' ? 1500 : 1000, 3)
    expect(cut.trim.toMs).toBeCloseTo(3500, 3)
    expect(cut.durationMs).toBeLessThan(durationMs)
    expect(cut.verdict.passes).toBe(true)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(cut.sha256)
    expect(cut.signals[0]!.timeMs).toBeLessThan(150)
  }
}

filmed('CAP-3 in the dark the person is told within two seconds', async () => {
  const page = await lab.open('dark.mjpeg')
  const said = await page.evaluate(async () => {
    const { openCamera, isRefusal, createRecorder, DEFAULT_TAKE_LIMITS } = window.capture
    const camera = await openCamera({ facing: 'environment' })
    if (isRefusal(camera)) throw new Error(camera.refused)
    const since = performance.now()
    const looks: { atMs: number; instruction: string; brightness: number }[] = []
    const recorder = createRecorder(camera, {
      limits: DEFAULT_TAKE_LIMITS,
      onLook: ({ coach, signals }) => {
        const { brightness } = signals
        looks.push({ atMs: performance.now() - since, instruction: coach.instruction, brightness })
      },
    })
    await new Promise((resolve) => setTimeout(resolve, 2500))
    recorder.close()
    camera.close()
    return looks
  })
  const first = said.find(({ instruction }) => instruction === 'too-dark')
  process.stderr.write(`  too-dark after ${first?.atMs.toFixed(0)} ms, ${said.length} looks in 2.5 s\n`)
  expect(first?.atMs).toBeLessThan(2_000)
  expect(said.length).toBeGreaterThan(10)
})

filmed(
  'CAP-4 a take cut off by a killed tab is found again, and loses at most the last two seconds',
  async () => {
    const page = await lab.open('good.mjpeg')
    await page.evaluate(async () => {
      const { openCamera, isRefusal, createRecorder, DEFAULT_TAKE_LIMITS } = window.capture
      const camera = await openCamera({ facing: 'environment' })
      if (isRefusal(camera)) throw new Error(camera.refused)
      const recorder = createRecorder(camera, { limits: DEFAULT_TAKE_LIMITS, context: { leaseId: 'l7' } })
      await recorder.start()
      await new Promise((resolve) => setTimeout(resolve, 4500))
    })
    const other = await lab.openTab(page)
    // Filming goes on in the first tab: the second must not take it for cut off.
    expect(
      await other.evaluate(async () => (await (await window.capture.openTakes()).unfinished()).length),
    ).toBe(0)
    await page.close({ runBeforeUnload: false })
    // The browser lets the dead page's lock go a moment later.
    await expect
      .poll(
        () => other.evaluate(async () => (await (await window.capture.openTakes()).unfinished()).length),
        { timeout: 20_000 },
      )
      .toBe(1)
    const again = await other.evaluate(async () => {
      const takes = await window.capture.openTakes()
      const unfinished = await takes.unfinished()
      const take = await takes.recover(unfinished[0]!.takeId, window.capture.DEFAULT_TAKE_LIMITS)
      Object.assign(window, { take })
      const { file, ...facts } = take
      const left = {
        unfinished: (await takes.unfinished()).length,
        finished: (await takes.finished()).length,
      }
      return { count: unfinished.length, facts, left, bytesKept: (await takes.open(take.name))?.size }
    })
    expect(again).toMatchObject({
      count: 1,
      left: { unfinished: 0, finished: 1 },
      bytesKept: again.facts.bytes,
    })
    expect(again.facts).toMatchObject({ context: { leaseId: 'l7' }, constantRate: true })
    expect(again.facts.durationMs).toBeGreaterThanOrEqual(2_500)
    const found = await probe(await fileOf(other))
    expectConstantRate(found.times)
    process.stderr.write(`  recovered ${again.facts.durationMs} ms of about 4500\n`)
  },
)

filmed('CAP-2 without a camera there is a code, not an exception', async () => {
  const page = await lab.open()
  const refused = await page.evaluate(() => window.capture.openCamera({ facing: 'user' }))
  expect(refused).toMatchObject({ refused: 'no-camera' })
})

filmed(
  'CAP-6 without H.264 in WebCodecs the browser’s own recorder films, and the take says so',
  async () => {
    const page = await lab.open('good.mjpeg')
    await page.evaluate(() => {
      Object.assign(window, { VideoEncoder: undefined })
    })
    const take = await film(page, 3)
    expect(take).toMatchObject({ recording: 'media-recorder', constantRate: false })
    const found = await probe(await fileOf(page))
    expect(found.times[0]).toBe(0)
    expect(found.times.length).toBe(take.frameCount)
    process.stderr.write(
      `  the browser's recorder: ${found.codec}, ${take.frameCount} frames in ${take.durationMs} ms\n`,
    )
  },
)
