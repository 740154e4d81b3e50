import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { frameSignals } from '@chiron/core/episode'
import { ALL_FORMATS, EncodedPacketSink, Input } from 'mediabunny'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ByteSource, bytesSource } from '../io.ts'
import { commonVideo, nativeTimesMs, planVideo, probeVideo, remuxForLeRobot } from '../video/index.ts'
import { mediaSource } from '../video/probe-video.ts'
import { probeBlob } from '../web/index.ts'
import { extractFrame, fileSource, probeFile, readFrameSignals, transcodeForLeRobot } from './index.ts'
import { runFfmpeg } from './run-ffmpeg.ts'
import { handsClip, makeClip, PHONE } from './testing/index.ts'

const TARGET = { fps: 30, width: 320, height: 240 }
const PLACE = ['-metadata', 'creation_time=2026-01-02T03:04:05Z', '-metadata', 'location=+48.1234+011.5678/']
let work = ''
const at = (name: string) => join(work, name)

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'chiron-video-test-'))
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast']
  const phone = await makeClip(at('phone.mp4'), { seconds: 2 })
  await makeClip(at('placed.mov'), { encoder: [...PHONE, ...PLACE] })
  await runFfmpeg(['-i', phone, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', '-y', at('turned.mp4')])
  await runFfmpeg(['-i', phone, '-f', 'lavfi', '-i', 'sine=duration=2', '-c:v', 'copy', '-y', at('loud.mp4')])
  await runFfmpeg(['-f', 'lavfi', '-i', 'sine=duration=1', '-y', at('sound.mp4')])
  await makeClip(at('b.mp4'), { encoder: [...h264, '-bf', '2', '-pix_fmt', 'yuv420p'] })
  await makeClip(at('full.mov'), { encoder: [...h264, '-pix_fmt', 'yuvj420p'] })
  await makeClip(at('444.mp4'), { encoder: [...h264, '-pix_fmt', 'yuv444p'] })
  await makeClip(at('uneven.mp4'), { filter: "select='not(eq(mod(n,5),3))'" })
  await makeClip(at('wide.mp4'), { filter: 'setsar=4/3' })
  await makeClip(at('v.webm'), { encoder: ['-c:v', 'libvpx'], seconds: 3 })
  await makeClip(at('ntsc.mp4'), { fps: '30000/1001', seconds: 8 })
  await makeClip(at('old.mov'), { encoder: ['-c:v', 'mpeg4'] })
  await makeClip(at('rare.mp4'), { seconds: 4, encoder: [...PHONE, '-g', '999'] })
}, 60_000)
afterAll(() => rm(work, { recursive: true, force: true }))

async function packetsOf(source: ByteSource): Promise<{ timeMs: number; bytes: string }[]> {
  const input = new Input({ source: mediaSource(source), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  const packets: { timeMs: number; bytes: string }[] = []
  for await (const packet of new EncodedPacketSink(track!).packets()) {
    packets.push({ timeMs: packet.timestamp * 1000, bytes: Buffer.from(packet.data).toString('base64') })
  }
  input.dispose()
  return packets
}

test('VID-1 a phone clip is described, from a file and from a Blob alike', async () => {
  const probe = await probeFile(at('phone.mp4'))
  expect(probe).toMatchObject({
    container: 'mp4',
    codec: 'avc',
    pixelFormat: 'yuv420p',
    width: 320,
    height: 240,
    rotationDeg: 0,
    frameCount: 60,
    fps: 30,
    constantRate: true,
    hasBFrames: false,
    hasAudio: false,
    startMs: 0,
    keyFrameIntervalMax: 30,
    hasSquarePixels: true,
  })
  expect(probe.durationMs).toBeCloseTo(2000)
  expect(await probeBlob(new Blob([await readFile(at('phone.mp4'))]))).toEqual(probe)
})

test('VID-1 rotation, B-frames, full range, uneven rate, stretched pixels and sound are seen', async () => {
  const turned = await probeFile(at('turned.mp4'))
  expect([turned.width, turned.height]).toEqual([240, 320])
  expect([90, 270]).toContain(turned.rotationDeg)
  expect((await probeFile(at('b.mp4'))).hasBFrames).toBe(true)
  expect((await probeFile(at('full.mov'))).pixelFormat).toBe('yuvj420p')
  expect((await probeFile(at('444.mp4'))).pixelFormat).toBe('other')
  expect(await probeFile(at('uneven.mp4'))).toMatchObject({ constantRate: false, fps: 30 })
  expect(await probeFile(at('wide.mp4'))).toMatchObject({ hasSquarePixels: false })
  expect(await probeFile(at('loud.mp4'))).toMatchObject({ hasAudio: true })
})

test('VID-1 whole-millisecond clocks do not make an even rate uneven', async () => {
  const webm = await probeFile(at('v.webm'))
  expect(webm).toMatchObject({ container: 'webm', codec: 'vp8', fps: 30, constantRate: true, frameCount: 90 })
  const ntsc = await probeFile(at('ntsc.mp4'))
  expect(ntsc.constantRate).toBe(true)
  expect(ntsc.fps).toBeCloseTo(29.97, 2)
})

test('VID-2 each kind of bad file has a code of its own and a sentence', async () => {
  const whole = new Uint8Array(await readFile(at('phone.mp4')))
  const webm = new Uint8Array(await readFile(at('v.webm')))
  const poster = await extractFrame(at('phone.mp4'), 0)
  const bad: [string, Uint8Array<ArrayBuffer>][] = [
    ['video-empty', new Uint8Array(0)],
    ['video-not-a-video', new TextEncoder().encode('Dear team, here is my video.')],
    ['video-not-a-video', poster],
    ['video-truncated', whole.slice(0, whole.length - 1)],
    ['video-truncated', whole.slice(0, whole.length / 2)],
    ['video-truncated', whole.slice(0, 40)],
    ['video-truncated', webm.slice(0, webm.length / 2)],
    ['video-no-track', new Uint8Array(await readFile(at('sound.mp4')))],
    ['video-codec-unsupported', new Uint8Array(await readFile(at('old.mov')))],
  ]
  for (const [code, bytes] of bad) {
    const refusal = await probeVideo(bytesSource(bytes)).catch((error) => error)
    expect(refusal.code, `${code}, ${bytes.length} bytes`).toBe(code)
    expect(refusal.message).toMatch(/^[A-Z].*\.$/)
  }
  await expect(probeFile(at('phone.mp4'), { maxDurationMs: 1000 })).rejects.toMatchObject({
    code: 'video-too-long',
  })
})

test('VID-2 a damaged file never crashes the probe', async () => {
  const whole = new Uint8Array(await readFile(at('phone.mp4')))
  for (let byte = 0; byte < 1200; byte += 7) {
    const changed = whole.slice()
    changed[byte]! ^= 0xff
    const outcome = await probeVideo(bytesSource(changed)).catch((error) => error)
    expect(outcome.code ?? 'probed', `byte ${byte}: ${outcome.stack ?? ''}`).toMatch(
      /^(video-[a-z-]+|probed)$/,
    )
  }
})

test('VID-3 the plan copies what the loader can use and says why it cannot use the rest', async () => {
  const plan = async (name: string, target = TARGET) => planVideo(await probeFile(at(name)), target)
  expect((await plan('phone.mp4')).kind).toBe('remux')
  const reasons: [string, RegExp][] = [
    ['turned.mp4', /240×320|turned/],
    ['b.mp4', /order/],
    ['full.mov', /yuvj420p/],
    ['444.mp4', /other/],
    ['uneven.mp4', /uneven/],
    ['wide.mp4', /square/],
    ['v.webm', /vp8/],
    ['ntsc.mp4', /29.97/],
  ]
  for (const [name, words] of reasons) {
    const { kind, reason } = await plan(name)
    expect([kind, reason]).toEqual(['transcode', expect.stringMatching(words)])
  }
  expect((await plan('phone.mp4', { ...TARGET, fps: 25 })).reason).toMatch(
    /30 frames a second, the release 25/,
  )
  expect((await plan('rare.mp4')).reason).toMatch(/4.0 s apart/)
  const probes = await Promise.all(
    ['phone.mp4', 'uneven.mp4', 'turned.mp4'].map((name) => probeFile(at(name))),
  )
  expect(commonVideo(probes)).toEqual(TARGET)
})

test('VID-4 copying keeps every byte of every frame, and neither place nor time of day nor sound', async () => {
  const before = await packetsOf(await fileSource(at('loud.mp4')))
  const copied = await remuxForLeRobot(await fileSource(at('loud.mp4')), 30)
  const after = await packetsOf(bytesSource(copied))
  expect(after.map(({ bytes }) => bytes)).toEqual(before.map(({ bytes }) => bytes))
  expect(after.every(({ timeMs }, frame) => Math.abs(timeMs - (frame * 1000) / 30) < 1e-6)).toBe(true)
  expect(await readFile(at('placed.mov'), 'latin1')).toContain('+48.1234')
  const text = Buffer.from(await remuxForLeRobot(await fileSource(at('placed.mov')), 30)).toString('latin1')
  expect(text).not.toContain('+48.1234')
  for (const box of ['mvhd', 'tkhd', 'mdhd']) {
    const times = text.indexOf(box) + 8 // after the box's type, version and flags
    expect(text.slice(times, times + 8), box).toBe('\0'.repeat(8))
  }
  expect((await probeVideo(bytesSource(copied))).hasAudio).toBe(false)
  expect(text.indexOf('moov')).toBeLessThan(text.indexOf('mdat'))
  const again = await remuxForLeRobot(await fileSource(at('loud.mp4')), 30)
  expect(Buffer.from(again).equals(Buffer.from(copied))).toBe(true)
})

test('VID-5 encoding anew turns, evens and cleans every kind of clip', async () => {
  for (const name of [
    'turned.mp4',
    'b.mp4',
    'full.mov',
    '444.mp4',
    'uneven.mp4',
    'wide.mp4',
    'v.webm',
    'ntsc.mp4',
  ]) {
    await transcodeForLeRobot(at(name), at('made.mp4'), TARGET)
    const probe = await probeFile(at('made.mp4'))
    expect(planVideo(probe, TARGET), name).toMatchObject({ kind: 'remux' })
    expect(probe.keyFrameIntervalMax, name).toBe(2)
    const source = await probeFile(at(name))
    expect(Math.abs(probe.durationMs - source.durationMs), name).toBeLessThan(70)
  }
  await transcodeForLeRobot(at('placed.mov'), at('made.mp4'), TARGET)
  expect(await readFile(at('made.mp4'), 'latin1')).not.toMatch(/\+48\.1234|2026-01-02/)
})

test('VID-6 a resampled frame tells when it was really filmed', async () => {
  const source = await probeFile(at('uneven.mp4')) // frames 3, 8, 13 … of 30 a second are missing
  const times = nativeTimesMs(source, 30, 10)
  const frames = [0, 1, 2, 2, 4, 5, 6, 7, 7, 9]
  expect([...times].map((timeMs) => Math.round((timeMs * 30) / 1000))).toEqual(frames)
  const even = await probeFile(at('phone.mp4'))
  expect([...nativeTimesMs(even, 30, 60)]).toEqual([...even.packetTimesMs])
})

test('VID-7 signals are the shared arithmetic on upright pictures at full range', async () => {
  for (const [colour, level] of [
    ['black', 0],
    ['white', 255],
    ['gray', 128],
  ] as const) {
    const source = `color=c=${colour}:size=320x180:rate=30:duration=1`
    await runFfmpeg(['-f', 'lavfi', '-i', source, ...PHONE, '-y', at('plain.mp4')])
    const signals = await readFrameSignals(at('plain.mp4'))
    expect(signals.map(({ timeMs }) => timeMs)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
    const wanted = frameSignals(new Uint8Array(160 * 90).fill(level), 160, 90)
    for (const found of signals) {
      expect(found.brightness).toBeCloseTo(wanted.brightness, 2)
      expect(found).toMatchObject({ clippedRatio: wanted.clippedRatio, motion: 0 })
    }
  }
  const full = await readFrameSignals(at('full.mov'))
  const studio = await readFrameSignals(at('b.mp4'))
  expect(full[3]!.brightness).toBeCloseTo(studio[3]!.brightness, 1.5)
})

test.skipIf(handsClip() === undefined)('VID-7 a real clip has light, sharpness and motion', async () => {
  const signals = await readFrameSignals(handsClip()!, { everyMs: 500 })
  expect(signals.length).toBeGreaterThanOrEqual(41)
  for (const { brightness, sharpness } of signals) {
    expect(brightness).toBeGreaterThan(0.2)
    expect(brightness).toBeLessThan(0.9)
    expect(sharpness).toBeGreaterThan(1)
  }
  expect(Math.max(...signals.map(({ motion }) => motion))).toBeGreaterThan(0.005)
})

test('a poster is an upright JPEG, and a moment after the end is refused', async () => {
  const poster = await extractFrame(at('turned.mp4'), 500)
  expect([...poster.slice(0, 3)]).toEqual([0xff, 0xd8, 0xff])
  await writeFile(at('poster.jpg'), poster)
  await expect(extractFrame(at('phone.mp4'), 60_000)).rejects.toMatchObject({ code: 'frame-missing' })
})
