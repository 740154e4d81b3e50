import type { LookPlan } from '@chiron/core/sight'
import type { CDPSession, Page } from 'playwright-core'
import type { CapturePage } from '../../tests/e2e/pages/capture-page.ts'

declare const window: { capture: CapturePage }

const SIZE = { width: 640, height: 480 }
const FPS = 30
/** Pictures that come in the first and the last part of a second are no whole second. */
const SECOND_MS = 1000

/** One take, filmed with everything on that the app has on; rates are of the filmed time. */
export type Filmed = {
  tier: string
  plan: LookPlan
  seconds: number
  looksPerSecond: number
  /** How many cheap looks one after the other would fit into a second of the page, as the device was measured. */
  looksThatFit: number
  handsPerSecond: number
  /** Of the camera's pictures, those the recording has no place of their own for. */
  dropped: number
  /** Pictures of the camera, and those recorded, in the poorest whole second. */
  cameraFpsMin: number
  recordedFpsMin: number
}

/** How long the second pass over a take took, part by part, in seconds of film for each second of work. */
export type Passed = { filmSeconds: number; looking: number; covering: number; whole: number; covers: number }

/** Slows the page's own thread; workers (the detector) and the browser's encoder are not slowed by it. */
export const slow = (devtools: CDPSession, rate: number): Promise<unknown> =>
  devtools.send('Emulation.setCPUThrottlingRate', { rate })

/** Films for so long in the page; the take stays there. */
export async function filmAt(page: Page, seconds: number): Promise<Filmed> {
  const filmed = await page.evaluate(filmInPage, { ...SIZE, fps: FPS, seconds })
  const { cameraTimesMs, sourceTimesMs, ...facts } = filmed
  const startMs = cameraTimesMs[0] ?? 0
  return {
    ...facts,
    dropped: Math.max(0, cameraTimesMs.length - sourceTimesMs.length),
    cameraFpsMin: poorestSecond(cameraTimesMs.map((timeMs) => timeMs - startMs)),
    recordedFpsMin: poorestSecond(sourceTimesMs),
  }
}

/** The second pass over the page's take; with `body` each of its looks is for the body, too. */
export const passOver = (page: Page, body: boolean): Promise<Passed> => page.evaluate(passInPage, body)

function poorestSecond(timesMs: readonly number[]): number {
  const whole = Math.floor((timesMs.at(-1) ?? 0) / SECOND_MS)
  const counts = Array.from({ length: whole }, () => 0)
  for (const timeMs of timesMs) {
    const second = Math.floor(timeMs / SECOND_MS)
    if (second < whole) counts[second]! += 1
  }
  return counts.length === 0 ? 0 : Math.min(...counts)
}

async function filmInPage(order: { width: number; height: number; fps: number; seconds: number }) {
  const { openCamera, isRefusal, createRecorder, openDetector, models } = window.capture
  const { measureDevice, deviceTier, lookPlan, DEFAULT_TAKE_LIMITS } = window.capture
  const detector = await openDetector(models, { want: { hands: true, faces: true } })
  const probe = await measureDevice(detector)
  const tier = deviceTier(probe)
  const plan = lookPlan(tier)
  const camera = await openCamera({ facing: 'environment', ...order })
  if (isRefusal(camera)) throw new Error(camera.refused)
  const limits = { ...DEFAULT_TAKE_LIMITS, maxDurationMs: 600_000 }
  let looks = 0
  const recorder = createRecorder(camera, {
    limits,
    fps: order.fps,
    eyes: () => ({ detector, plan }),
    onLook: () => {
      looks++
    },
  })
  const cameraTimesMs: number[] = []
  await recorder.start()
  const stop = camera.onFrame((_frame, timeMs) => {
    cameraTimesMs.push(timeMs)
  })
  looks = 0
  while (recorder.elapsedMs() < order.seconds * 1000) await new Promise((resolve) => setTimeout(resolve, 50))
  const counted = looks
  stop()
  const take = await recorder.stop()
  recorder.close()
  camera.close()
  Object.assign(window, { take, detector })
  const seconds = (take.sourceTimesMs.at(-1) ?? 0) / 1000
  const firstMs = take.cameraStartMs
  const lastMs = firstMs + (take.sourceTimesMs.at(-1) ?? 0)
  return {
    tier,
    plan,
    seconds,
    looksPerSecond: counted / seconds,
    looksThatFit: 1000 / probe.lookMs,
    handsPerSecond: take.hands.length / seconds,
    cameraTimesMs: cameraTimesMs.filter((timeMs) => timeMs >= firstMs && timeMs <= lastMs),
    sourceTimesMs: take.sourceTimesMs,
  }
}

async function passInPage(withBody: boolean) {
  const { examineTake, redactTake, attachSight, models, DEFAULT_TAKE_LIMITS } = window.capture
  const { take, detector } = window as unknown as Pick<Parameters<typeof redactTake>[0], 'take' | 'detector'>
  const startMs = performance.now()
  const body = withBody ? { every: 1, sha256: models.body.sha256 } : undefined
  const examined = await examineTake(take, { detector, known: take.hands, body })
  const lookedMs = performance.now()
  const cut = { fromMs: 0, toMs: take.durationMs }
  const limits = { ...DEFAULT_TAKE_LIMITS, maxDurationMs: 600_000 }
  const made = await redactTake({
    take,
    examined,
    sheets: [],
    cut,
    removeBackground: false,
    detector,
    limits,
  })
  await attachSight(made.take, made)
  const endMs = performance.now()
  if (withBody && (made.body === undefined || 'absent' in made.body))
    throw new Error('the body was not looked for')
  return {
    filmSeconds: take.durationMs / 1000,
    looking: take.durationMs / (lookedMs - startMs),
    covering: take.durationMs / (endMs - lookedMs),
    whole: take.durationMs / (endMs - startMs),
    covers: made.redaction.covers.length,
  }
}
