import { join } from 'node:path'
import { sha256, toHex } from '@chiron/core/kit'
import { type MotionStream, motionNotesSchema, motionOnFilm } from '@chiron/core/motion'
import { readFilmNotes } from '@chiron/formats/node'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HANDS, makeCamera, whyNot } from './capture-browser.ts'
import { type CaptureLab, openCaptureLab } from './capture-lab.ts'
import type { CapturePage } from './pages/capture-page.ts'

declare const window: { capture: CapturePage }

const skip = whyNot(HANDS)
const filmed = test.skipIf(skip !== '')
if (skip !== '') process.stderr.write(`Feeling motion in a browser is skipped: ${skip}.\n`)

let lab: CaptureLab
let page: Page

beforeAll(async () => {
  if (skip !== '') return
  lab = await openCaptureLab()
  makeCamera(join(lab.folder, 'good.mjpeg'), 'null', 8)
  page = await lab.open('good.mjpeg')
  await page.context().grantPermissions(['accelerometer', 'gyroscope', 'magnetometer'])
}, 60_000)

afterAll(async () => {
  await lab?.close()
})

/** Films while the browser's sensors speak fifty times a second, then cuts a second off the front. */
const filmFeeling = () =>
  page.evaluate(async () => {
    const { openCamera, openMotion, isRefusal, createRecorder, trimTake, DEFAULT_TAKE_LIMITS } =
      window.capture
    const motion = await openMotion()
    if ('refused' in motion) throw new Error(motion.refused)
    const camera = await openCamera({ facing: 'environment' })
    if (isRefusal(camera)) throw new Error(camera.refused)
    const feel = setInterval(() => {
      const accelerationIncludingGravity = { x: 0.5, y: 9.8, z: -0.25 }
      const rotationRate = { alpha: 90, beta: 180, gamma: -90 }
      dispatchEvent(new DeviceMotionEvent('devicemotion', { accelerationIncludingGravity, rotationRate }))
      dispatchEvent(new DeviceOrientationEvent('deviceorientation', { alpha: 0, beta: 90, gamma: 0 }))
      dispatchEvent(new DeviceMotionEvent('devicemotion')) // as a desktop sends it: nulls
    }, 20)
    const recorder = createRecorder(camera, { limits: DEFAULT_TAKE_LIMITS, motion })
    await recorder.start()
    await new Promise((resolve) => setTimeout(resolve, 4000))
    const take = await recorder.stop()
    const cut = await trimTake(take, { fromMs: 1000, toMs: take.durationMs }, DEFAULT_TAKE_LIMITS)
    clearInterval(feel)
    recorder.close()
    motion.close()
    camera.close()
    const told = async ({ file, ...facts }: typeof take) => {
      const bytes = new Uint8Array(await file.arrayBuffer())
      let text = ''
      for (const byte of bytes) text += String.fromCharCode(byte)
      return { ...facts, base64: btoa(text) }
    }
    return { take: await told(take), cut: await told(cut) }
  })

async function streamIn(base64: string): Promise<MotionStream> {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  const notes = await readFilmNotes({
    sizeBytes: bytes.length,
    read: async (from, to) => bytes.subarray(from, to),
  })
  return motionNotesSchema.parse(notes).motion as MotionStream
}

filmed(
  'CAP-7 what the phone feels lies behind the pictures of the same file, on its own clock, and a cut keeps its part',
  async () => {
    const { take, cut } = await filmFeeling()
    expect(toHex(sha256(new Uint8Array(Buffer.from(take.base64, 'base64'))))).toBe(take.sha256)
    const stream = await streamIn(take.base64)
    expect(stream).toEqual(take.motion)
    expect(stream.motion.acceleration[0]).toEqual([0.5, 9.8, -0.25])
    // alpha turns about z, beta about x, gamma about y; in radians.
    expect(stream.motion.rotationRate[0]?.map((value) => Math.round((value * 180) / Math.PI))).toEqual([
      180, -90, 90,
    ])
    const half = Math.SQRT1_2
    expect(stream.orientation.quaternion[0]?.map((value) => Math.abs(value - half) < 1e-4)).toEqual([
      true,
      false,
      false,
      true,
    ])
    const { motion, errorMs } = motionOnFilm(stream)
    const inside = motion.timesMs.filter((timeMs) => timeMs >= 0 && timeMs <= take.durationMs)
    expect(inside.length).toBeGreaterThan(take.durationMs / 100)
    // It was felt from the first picture to the last, give or take what the alignment says of itself.
    expect(inside[0]).toBeLessThan(errorMs + 500)
    expect(inside.at(-1)).toBeGreaterThan(take.durationMs - errorMs - 500)
    expect(stream.toCamera.count).toBeGreaterThan(20)
    expect(errorMs).toBeLessThan(250)

    const kept = await streamIn(cut.base64)
    expect(kept).toEqual(cut.motion)
    expect(kept.cameraStartMs - stream.cameraStartMs).toBeCloseTo(cut.trim.fromMs, 3)
    expect(kept.motion.timesMs.length).toBeLessThan(stream.motion.timesMs.length)
    expect(kept.toCamera).toEqual(stream.toCamera)
  },
  60_000,
)
