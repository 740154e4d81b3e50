import { join } from 'node:path'
import { BODY_LANDMARKS, type BodyNote, type BodyStream, bodyNotesSchema } from '@chiron/core/sight'
import { readFilmNotes } from '@chiron/formats/node'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ffmpeg, HANDS, PEOPLE, whyNot } from './capture-browser.ts'
import { type CaptureLab, openCaptureLab } from './capture-lab.ts'
import type { CapturePage } from './pages/capture-page.ts'

declare const window: { capture: CapturePage }

const skip = whyNot(HANDS, PEOPLE)
if (skip !== '') process.stderr.write(`The body is not looked for in a browser: ${skip}.\n`)
const seen = test.skipIf(skip !== '')

const SIZE = { width: 640, height: 480 }
const FPS = 15
/** The crossing: pixels a second, from its beginning. */
const SPEED = 60
let lab: CaptureLab
let page: Page

beforeAll(async () => {
  if (skip !== '') return
  lab = await openCaptureLab()
  const film = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '15', '-bf', '0', '-r', `${FPS}`]
  const wall = `color=c=0x8a8a80:s=${SIZE.width}x${SIZE.height}:r=${FPS}`
  const people = ['-f', 'lavfi', '-i', wall, '-loop', '1', '-i', PEOPLE, '-loop', '1', '-i', PEOPLE]
  const to = (name: string, seconds: number): string[] => [
    '-t',
    `${seconds}`,
    ...film,
    join(lab.folder, 'page', name),
  ]
  // The person on the left of a group, cut out of it, and another one in the back.
  const near = '[1:v]crop=350:1000:105:143,scale=-2:460[near]'
  const far = '[2:v]crop=350:1000:605:143,scale=-2:330[far]'
  const walk = `${near};[0:v][near]overlay=x='60+${SPEED}*t':y=10:shortest=1`
  ffmpeg([...people, '-filter_complex', walk, ...to('one.mp4', 4)])
  const both = `${near};${far};[0:v][far]overlay=x=400:y=120[back];[back][near]overlay=x='60+10*t':y=10`
  ffmpeg([...people, '-filter_complex', both, ...to('two.mp4', 2)])
  const hand = ['-i', HANDS, '-vf', `scale=640:360,fps=${FPS}`]
  ffmpeg([...hand, ...to('hand.mp4', 2)])
  page = await lab.open()
})

afterAll(async () => {
  await lab?.close()
})

type Asked = {
  seconds: number
  body?: { every: number } | { absent: 'device' }
  cut?: { fromMs: number; toMs: number }
  /** The model's file is not there. */
  isBroken?: boolean
}
type Sent = { note: BodyNote | undefined; sha256: string }

/** The second pass over a film in the page, as the app makes it; what lies behind the film that would be sent. */
async function bodyIn(name: string, asked: Asked): Promise<Sent> {
  const { film, sha256 } = await page.evaluate(
    async ({ url, size, fps, seconds, body: asks, cut, isBroken }) => {
      const { openDetector, examineTake, redactTake, attachSight, models, DEFAULT_TAKE_LIMITS } =
        window.capture
      const files = isBroken ? { ...models, body: { ...models.body, url: '/nowhere.task' } } : models
      const detector = await openDetector(files, { want: { hands: true, faces: true } })
      const file = await (await fetch(url)).blob()
      const durationMs = seconds * 1000
      const take = {
        takeId: `t-${url}`,
        name: `t-${url}.film`,
        file: new Blob([file], { type: 'video/mp4' }),
        bytes: file.size,
        sha256: '',
        mimeType: 'video/mp4' as const,
        recording: 'avc' as const,
        constantRate: true,
        durationMs,
        frameCount: seconds * fps,
        repeatedFrames: 0,
        ...size,
        fps,
        recordedAt: new Date(0).toISOString(),
        context: {},
        signals: [],
        sights: [],
        hands: [],
        cameraStartMs: 0,
        sourceTimesMs: [],
        verdict: { passes: true, faults: [] },
        trim: { fromMs: 0, toMs: durationMs },
      }
      const { sha256 } = models.body
      const body = asks && 'every' in asks ? { ...asks, sha256 } : asks
      const examined = await examineTake(take, { detector, known: [], body })
      const made = await redactTake({
        take,
        examined,
        sheets: [],
        cut: cut ?? { fromMs: 0, toMs: durationMs },
        removeBackground: false,
        detector,
        limits: DEFAULT_TAKE_LIMITS,
      })
      const sent = await attachSight(made.take, made)
      detector.close()
      const bytes = new Uint8Array(await sent.file.arrayBuffer())
      let text = ''
      for (let at = 0; at < bytes.length; at += 8192)
        text += String.fromCharCode(...bytes.subarray(at, at + 8192))
      return { film: btoa(text), sha256 }
    },
    { url: `/${name}`, size: SIZE, fps: FPS, ...asked },
  )
  const bytes = Uint8Array.from(Buffer.from(film, 'base64'))
  const source = { sizeBytes: bytes.length, read: async (from: number, to: number) => bytes.slice(from, to) }
  const notes = bodyNotesSchema.parse(await readFilmNotes(source))
  return { note: notes.body ?? undefined, sha256 }
}

function streamOf(note: BodyNote | undefined): BodyStream {
  if (note === undefined || 'absent' in note) throw new Error(`no stream: ${JSON.stringify(note)}`)
  return note
}

/** Pixels of the film. */
const place = (stream: BodyStream, look: number, name: string): { x: number; y: number } => {
  const [x, y] = stream.frames[look]!.body![BODY_LANDMARKS.indexOf(name)]!
  return { x: x * SIZE.width, y: y * SIZE.height }
}

seen(
  'CAP-17 a body is told by its landmarks, where it is and as it moves, at the times of the pictures',
  async () => {
    const { note, sha256 } = await bodyIn('one.mp4', { seconds: 4, body: { every: 1 } })
    const stream = streamOf(note)
    expect(stream.tool).toEqual({
      name: '@mediapipe/tasks-vision',
      version: '0.10.35',
      model: 'pose_landmark_lite',
      sha256,
    })
    expect(stream.frames.length).toBe(20)
    expect(stream.frames.map(({ count }) => count)).toEqual(stream.frames.map(() => 1))
    for (const look of stream.frames.keys()) {
      const at = (name: string) => place(stream, look, name)
      // She faces the camera, so her left is at the picture's right.
      expect(at('left_shoulder').x - at('right_shoulder').x).toBeGreaterThan(40)
      for (const side of ['left', 'right']) {
        const down = ['nose', `${side}_shoulder`, `${side}_hip`, `${side}_knee`].map((name) => at(name).y)
        expect(down).toEqual([...down].sort((a, b) => a - b))
      }
    }
    const [first, last] = [stream.frames[0]!, stream.frames.at(-1)!]
    const moved = place(stream, stream.frames.length - 1, 'nose').x - place(stream, 0, 'nose').x
    expect(moved / ((last.timeMs - first.timeMs) / 1000)).toBeCloseTo(SPEED, -1)
  },
)

seen(
  'CAP-17 a cut keeps the times of the take as filmed, and says at which of them the film begins',
  async () => {
    const cut = { fromMs: 1000, toMs: 3000 }
    const whole = streamOf((await bodyIn('one.mp4', { seconds: 4, body: { every: 2 } })).note)
    const stream = streamOf((await bodyIn('one.mp4', { seconds: 4, body: { every: 2 }, cut })).note)
    expect(Math.abs(stream.filmStartMs - 1000)).toBeLessThan(1000 / FPS)
    expect(stream.frames).toEqual(whole.frames.filter(({ timeMs }) => timeMs >= 1000 && timeMs <= 3000))
    expect(stream.frames.length).toBe(5)
  },
)

seen('CAP-17 of two people the larger is followed, and both are counted', async () => {
  const stream = streamOf((await bodyIn('two.mp4', { seconds: 2, body: { every: 2 } })).note)
  expect(stream.frames.map(({ count }) => count)).toEqual([2, 2, 2, 2, 2])
  // The one in the back stands at the right.
  for (const look of stream.frames.keys()) expect(place(stream, look, 'nose').x).toBeLessThan(300)
})

seen('CAP-17 a bare hand is no body', async () => {
  const stream = streamOf((await bodyIn('hand.mp4', { seconds: 2, body: { every: 1 } })).note)
  expect(stream.frames.map(({ count, body }) => [count, body])).toEqual(
    Array.from({ length: 10 }, () => [0, null]),
  )
})

seen('CAP-18 a film goes without the body where that cannot be looked for, and says why', async () => {
  const broken = await bodyIn('hand.mp4', { seconds: 2, body: { every: 1 }, isBroken: true })
  expect(broken.note).toEqual({ absent: 'failed' })
  expect((await bodyIn('hand.mp4', { seconds: 2, body: { absent: 'device' } })).note).toEqual({
    absent: 'device',
  })
  expect((await bodyIn('hand.mp4', { seconds: 2 })).note).toBeUndefined()
})
