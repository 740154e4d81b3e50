import { type ClipSeeker, createClipSeeker, type Shown } from './clip-seeker.ts'
import { type FrameClock, shiftedClock } from './frame-clock.ts'
import { MIN_RATE, type Spot, type StepKeeper } from './keep-step.ts'

/** Two clips that are further apart than this are set right by a jump. */
const MAX_APART_SEC = 1
/** Of a clip that has reported nothing for so long (it stalls, or is scrolled out of sight) the element's time is believed. */
const FRESH_MS = 120
/** One that begins is waited for so long. */
const BEGIN_WAIT_MS = 1_000

/** One video of a playback. */
export type PlayedClip = {
  video: HTMLVideoElement
  seeker: ClipSeeker
  /** Stays true while a seek takes readyState back. */
  loaded: boolean
  /** Where it begins on the clock of the playback. */
  startSec: number
  /** The clip that ends last has no end of its own: the clock's is its. */
  endsLast: boolean
  /** What was shown last since it plays. */
  spot?: Spot | undefined
  /** When it was last told to play, in milliseconds of the page. */
  begunMs: number
}
export type PlayedClips = readonly (PlayedClip | undefined)[]

type ClipEvents = {
  /** A frame of the clock came on the screen. */
  onPresented: (clip: PlayedClip, frame: number, shown: Shown) => void
  onLoaded: (clip: PlayedClip) => void
  /** The latest seek is done. */
  onSettled: () => void
  onFailed: () => void
  onEnded: (clip: PlayedClip) => unknown
  /** It stands still, and is not at its end: we did it, or the browser itself (a call comes in, the battery is low). */
  onPaused: (clip: PlayedClip) => unknown
}

/** Makes a video element a clip on a clock; `untie` lets it go. */
export function tieClip(
  video: HTMLVideoElement,
  { clock, startSec, endsLast }: { clock: FrameClock; startSec: number; endsLast: boolean },
  events: ClipEvents,
): { clip: PlayedClip; untie: () => void } {
  const seeker = createClipSeeker(video, shiftedClock(clock, startSec), {
    onPresented: (frame, shown) => events.onPresented(clip, frame, shown),
    onSettled: events.onSettled,
  })
  const clip: PlayedClip = { video, seeker, loaded: false, startSec, endsLast, begunMs: 0 }
  const unlisten = listen(video, {
    loadeddata: () => events.onLoaded(clip),
    error: events.onFailed,
    ended: () => events.onEnded(clip),
    pause: () => video.paused && !video.ended && events.onPaused(clip),
  })
  const untie = () => {
    unlisten()
    seeker.stop()
  }
  return { clip, untie }
}

function listen(video: HTMLVideoElement, handlers: Record<string, () => unknown>): () => void {
  for (const [name, handler] of Object.entries(handlers)) video.addEventListener(name, handler)
  return () => {
    for (const [name, handler] of Object.entries(handlers)) video.removeEventListener(name, handler)
  }
}

/** Who tells where the playback is: the first, and the second until the first has begun. */
export const leaderAt = ([first, second]: PlayedClips, sec: number): PlayedClip | undefined =>
  first && second && sec < first.startSec ? second : first

/** Whether a clip stands still though it has a picture at that time. */
const isDue = (clip: PlayedClip, sec: number): boolean => {
  const isOver = clip.video.ended && !clip.seeker.isSeeking()
  return clip.video.paused && !isOver && isWithin(clip, sec)
}

/** Lets those play that have a picture at that time; true when any begins. */
export function startDue(
  clips: PlayedClips,
  { sec, speed, onRefused }: { sec: number; speed: number; onRefused: () => void },
): boolean {
  let hasBegun = false
  for (const clip of clips) {
    if (!clip) continue
    const { video } = clip
    if (!isDue(clip, sec)) continue
    clip.spot = undefined
    clip.begunMs = performance.now()
    hasBegun = true
    setRate(clip, speed)
    video.play().catch(() => video.paused && onRefused())
  }
  return hasBegun
}

/** Shows a frame of the clock in each clip that has one there, else the nearest of its own, standing still. */
export function seekAll(clips: PlayedClips, clock: FrameClock, frame: number): void {
  for (const clip of clips) {
    if (!clip) continue
    if (!isWithin(clip, clock.middleSec(frame))) clip.video.pause()
    clip.seeker.seek(ownFrame(clip, clock, frame))
  }
}

export function setRate({ video }: PlayedClip, rate: number): void {
  if (video.playbackRate !== rate) video.playbackRate = rate
}

/** When a clip ends on the shared clock. */
const endSec = ({ video, startSec, endsLast }: PlayedClip): number =>
  endsLast || Number.isNaN(video.duration) ? Number.POSITIVE_INFINITY : startSec + video.duration

const isWithin = (clip: PlayedClip, sec: number): boolean => sec >= clip.startSec && sec < endSec(clip)

/** The frame nearest to one of the shared clock at which the clip has a picture of its own. */
export function ownFrame(clip: PlayedClip, clock: FrameClock, frame: number): number {
  const halfFrameMs = clock.durationMs / Math.max(1, clock.frameCount) / 2
  const first = clip.startSec === 0 ? 0 : clock.frameAtMs(clip.startSec * 1000 + halfFrameMs)
  const last = clock.frameAtMs(Math.min(clock.durationMs, endSec(clip) * 1000) - halfFrameMs)
  return Math.min(clip.endsLast ? clock.frameCount - 1 : last, Math.max(first, frame))
}

/** What is on the screen of a clip; where the browser does not report it, what the element says. */
const spotOf = ({ spot, video, startSec }: PlayedClip, nowMs: number): Spot =>
  spot && nowMs - spot.atMs < FRESH_MS ? spot : { sec: video.currentTime + startSec, atMs: nowMs }

/** Whether a clip was told to play and has shown nothing yet. */
const isBeginning = ({ spot, seeker, begunMs }: PlayedClip, nowMs: number): boolean =>
  seeker.reports && spot === undefined && nowMs - begunMs < BEGIN_WAIT_MS

/** Where two play, the one that is ahead plays more slowly; see `createStepKeeper`. */
export function keepInStep([first, second]: PlayedClips, step: StepKeeper, speed: number): void {
  if (!first || !second) return
  const moves = ({ video, seeker }: PlayedClip) => !video.paused && !seeker.isSeeking()
  if (!moves(first) || !moves(second)) return
  const apartSec = first.video.currentTime + first.startSec - second.video.currentTime - second.startSec
  if (Math.abs(apartSec) > MAX_APART_SEC) {
    second.video.currentTime += apartSec
    step.forget()
    return
  }
  const nowMs = performance.now()
  const begins = [isBeginning(first, nowMs), isBeginning(second, nowMs)] as const
  if (begins[0] || begins[1]) {
    // Who is on already waits for who begins, as nearly as browsers let it.
    setRate(first, begins[0] ? speed : Math.min(speed, MIN_RATE))
    setRate(second, begins[1] ? speed : Math.min(speed, MIN_RATE))
    step.forget()
    return
  }
  const [firstRate, secondRate] = step.rates([spotOf(first, nowMs), spotOf(second, nowMs)], speed)
  setRate(first, firstRate)
  setRate(second, secondRate)
}
