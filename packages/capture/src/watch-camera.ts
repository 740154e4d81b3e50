import {
  type CoachState,
  cameraShift,
  coachState,
  type FrameSignals,
  frameSignals,
  type LumaPlane,
  type TakeLimits,
  type TimedSight,
} from '@chiron/core/episode'
import { CLEAR_FACE, type HandFrame, handsInView, type LookPlan, likelyFaces } from '@chiron/core/sight'
import type { Detector, Found } from './detect/detector.ts'
import { EARLY_MS, type LookKind, lookPace } from './look-pace.ts'
import type { CameraHandle } from './open-camera.ts'
import { readLuma } from './read-luma.ts'

/**
 * One look through the viewfinder. `timeMs` is the camera's clock, `fps` what it delivered in the last second,
 * `hands` what the detector saw last, `sight` that in numbers. Those of kind `beat` are `SIGNAL_INTERVAL_MS` apart.
 */
export type Look = {
  timeMs: number
  kind: LookKind
  signals: FrameSignals
  fps: number
  coach: CoachState
  sight?: TimedSight | undefined
  hands?: HandFrame | undefined
}

/** A detector and how often to ask it; asked for with each picture, as it may come later than the camera. */
export type Eyes = { detector: Detector; plan: LookPlan }

export type WatchOptions = {
  limits: TakeLimits
  eyes?: (() => Eyes | undefined) | undefined
  onLook: (look: Look) => void
  onSight?: (sight: TimedSight, hands: HandFrame | undefined) => void
}

/** `hold`: from now on the picture as it is must stay where it is, until `letGo`. */
export type Watch = { hold: () => void; letGo: () => void; close: () => void }

/** Looking whether the camera has moved costs as much as three cheap looks. */
const SHIFT_INTERVAL_MS = 400

/**
 * Looks at the camera's picture up to twenty times a second, with core's signals and core's coach, and tells
 * `onLook`; with a detector also for hands and faces, as often as the plan says. Slower phones simply look less often.
 */
export function watchCamera(camera: CameraHandle, options: WatchOptions): Watch {
  const arrivals: number[] = []
  const seer = liveSeer(options.eyes ?? (() => undefined))
  const stand = tripod()
  const pace = lookPace()
  const before: Partial<Record<LookKind, LumaPlane>> = {}
  let coach: CoachState | undefined
  let sight: TimedSight | undefined
  let tookMs = 0
  let busy = false
  let ended = false
  const see = (change: Partial<TimedSight> & { timeMs: number }, frame?: HandFrame): void => {
    if (ended) return
    sight = { ...(sight ?? UNSEEN), ...change }
    options.onSight?.(sight, frame)
  }
  const look = async (frame: VideoFrame, timeMs: number, kind: LookKind): Promise<void> => {
    const startMs = performance.now()
    try {
      const now = await readLuma(frame)
      const signals = frameSignals(now.luma, now.width, now.height, (before[kind] ?? before.beat)?.luma)
      before[kind] = now
      const fps = rate(arrivals)
      const shift = stand.shift(now, timeMs)
      if (shift !== undefined) see({ timeMs, cameraShift: shift })
      coach = coachState(coach, { timeMs, signals, fps, sight }, options.limits)
      if (!ended) options.onLook({ timeMs, kind, signals, fps, coach, sight, hands: seer.lastHands() })
    } finally {
      frame.close()
      tookMs = performance.now() - startMs
      busy = false
    }
  }
  const stop = camera.onFrame((frame, timeMs) => {
    arrivals.push(timeMs)
    while (arrivals[0]! < timeMs - 1000) arrivals.shift()
    seer.offer(frame, timeMs, see)
    const kind = busy ? undefined : pace.due(timeMs, tookMs)
    if (kind === undefined) return
    busy = true
    void look(frame.clone(), timeMs, kind)
  })
  return {
    hold: () => stand.hold(),
    letGo: () => stand.letGo(),
    close: () => {
      ended = true
      stop()
    },
  }
}

const UNSEEN = { handCount: null, cutOffCount: 0, faceCount: null, cameraShift: null }

/** Hands the detector a frame when one is due and it is free. */
function liveSeer(eyesNow: () => Eyes | undefined) {
  let busy = false
  let handsMs = Number.NEGATIVE_INFINITY
  let facesMs = Number.NEGATIVE_INFINITY
  let lastHands: HandFrame | undefined
  type OnSeen = (seen: Partial<TimedSight> & { timeMs: number }, frame?: HandFrame) => void
  const settle = ({ hands, faces }: Found, timeMs: number, onSeen: OnSeen): void => {
    if (hands !== undefined) lastHands = { timeMs, hands }
    const inView = hands && handsInView(hands)
    const people = faces && likelyFaces(faces, lastHands?.hands ?? []).filter(isClear)
    onSeen(
      {
        timeMs,
        ...(inView && { handCount: inView.count, cutOffCount: inView.cutOffCount }),
        ...(people && { faceCount: people.length }),
      },
      hands && lastHands,
    )
  }
  return {
    lastHands: () => lastHands,
    offer: (frame: VideoFrame, timeMs: number, onSeen: OnSeen): void => {
      const eyes = eyesNow()
      if (busy || !eyes) return
      const { detector, plan } = eyes
      const hands = plan.hands > 0 && timeMs - handsMs >= 1000 / plan.hands - EARLY_MS
      const faces = plan.faces > 0 && timeMs - facesMs >= 1000 / plan.faces - EARLY_MS
      if (!hands && !faces) return
      busy = true
      if (hands) handsMs = timeMs
      if (faces) facesMs = timeMs
      // A detector that breaks on the way leaves the cheap looks as they are.
      const end = (): void => {
        busy = false
      }
      void detector
        .look(frame.clone(), { hands, faces })
        .then((found) => settle(found, timeMs, onSeen))
        .then(end, end)
    },
  }
}

/** What is told to the person is told of clear faces; what is covered afterwards is covered at less. */
const isClear = ({ score }: { score: number }): boolean => score >= CLEAR_FACE

/** Compares the picture, now and then, with the one that was held. */
function tripod() {
  let wanted = false
  let held: LumaPlane | undefined
  let lastMs = Number.NEGATIVE_INFINITY
  return {
    hold: () => {
      wanted = true
    },
    letGo: () => {
      wanted = false
      held = undefined
    },
    shift: (now: LumaPlane, timeMs: number): number | undefined => {
      if (!wanted || timeMs - lastMs < SHIFT_INTERVAL_MS) return undefined
      lastMs = timeMs
      held ??= now
      return held === now ? 0 : cameraShift(held, now)
    },
  }
}

/** Frames a second over the last second; 0, meaning not known yet, before half a second was seen. */
function rate(arrivals: readonly number[]): number {
  const spanMs = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)
  return spanMs < 500 ? 0 : ((arrivals.length - 1) * 1000) / spanMs
}
