import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FREEZE, ffmpeg, HANDS, JITTER, makeCamera, PEOPLE, SMALL, whyNot } from './capture-browser.ts'
import { type CaptureLab, openCaptureLab } from './capture-lab.ts'
import type { CapturePage } from './pages/capture-page.ts'

declare const window: { capture: CapturePage }

const skip = whyNot(HANDS, PEOPLE)
if (skip !== '') process.stderr.write(`The coach is not tried on real footage in a browser: ${skip}.\n`)
const coached = test.skipIf(skip !== '')

const SECONDS = 4

let lab: CaptureLab

beforeAll(async () => {
  if (skip !== '') return
  lab = await openCaptureLab()
})

afterAll(async () => {
  await lab?.close()
})

/** A still group photograph behind the hand's clip, moved a little so that it is not frozen. */
function makePeople(file: string, crop: string): void {
  const people = `[1:v]${crop},scale=640:360:force_original_aspect_ratio=increase,crop=640:360[p]`
  const hand = `[0:v]${SMALL},crop=120:150:300:90[h]`
  const filter = `${people};${hand};[p][h]overlay=20:200:shortest=1,noise=alls=4:allf=t`
  const inputs = ['-t', `${SECONDS}`, '-i', HANDS, '-loop', '1', '-i', PEOPLE]
  ffmpeg([...inputs, '-filter_complex', filter, '-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg', file])
}

type Said = { instruction: string; afterMs: number }

/**
 * What the coach says of a camera: its first instruction with the detector open that is not one of `before`, and
 * how long after its first look; then what it says at the end.
 */
async function coachOn(camera: string, wanted: string): Promise<{ first: Said | null; last: string }> {
  const page = await lab.open(camera)
  const said = await page.evaluate(async (instruction) => {
    const { openCamera, isRefusal, openDetector, models, watchCamera, DEFAULT_TAKE_LIMITS } = window.capture
    const detector = await openDetector(models, { want: { hands: true, faces: true } })
    const opened = await openCamera({ facing: 'environment', width: 640, height: 360, fps: 15 })
    if (isRefusal(opened)) throw new Error(opened.refused)
    const plan = { cheap: 10, hands: 4, faces: 2 }
    let startMs: number | undefined
    let first: { instruction: string; afterMs: number } | null = null
    let last = ''
    const limits = { ...DEFAULT_TAKE_LIMITS, minFps: 5 }
    const watch = watchCamera(opened, {
      limits,
      eyes: () => ({ detector, plan }),
      onLook: ({ coach }) => {
        startMs ??= performance.now()
        last = coach.instruction
        if (first === null && last === instruction)
          first = { instruction: last, afterMs: performance.now() - startMs }
      },
    })
    // Until it was said, and a while longer, to see whether it stays.
    const over = () => first !== null && performance.now() - startMs! > first.afterMs + 700
    const endMs = performance.now() + 6_000
    while (!over() && performance.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 50))
    watch.close()
    opened.close()
    return { first: first as { instruction: string; afterMs: number } | null, last }
  }, wanted)
  await page.context().close()
  return said
}

const scenes: [name: string, instruction: string, make: (file: string) => void][] = [
  ['good', 'ready', (file) => makeCamera(file, SMALL, SECONDS)],
  ['dark', 'too-dark', (file) => makeCamera(file, `${SMALL},eq=brightness=-0.4`, SECONDS)],
  ['blurred', 'blurred', (file) => makeCamera(file, `gblur=sigma=14,${SMALL}`, SECONDS)],
  ['shaking', 'shaking', (file) => makeCamera(file, `${JITTER},${SMALL}`, SECONDS)],
  ['frozen', 'frozen', (file) => makeCamera(file, `${FREEZE},${SMALL}`, 2)],
  [
    'out-of-frame',
    'no-hands',
    (file) => makeCamera(file, `crop=560:315:0:405,${SMALL},noise=alls=3:allf=t`, SECONDS),
  ],
  ['face-in-frame', 'face-visible', (file) => makePeople(file, 'crop=iw*0.22:ih*0.22:iw*0.6:ih*0.16')],
  ['two-people', 'several-people', (file) => makePeople(file, 'crop=iw*0.7:ih*0.4:iw*0.15:ih*0.05')],
]

for (const [name, instruction, make] of scenes) {
  coached(`CAP-3 a ${name} take: the coach says ${instruction} within two seconds`, async () => {
    make(join(lab.folder, `${name}.mjpeg`))
    const { first, last } = await coachOn(`${name}.mjpeg`, instruction)
    expect(first, `it ended with ${last}`).not.toBeNull()
    expect(first!.afterMs).toBeLessThan(2_000)
    expect(last).toBe(instruction)
  })
}
