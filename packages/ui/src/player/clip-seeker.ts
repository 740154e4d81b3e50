import type { FrameClock } from './frame-clock.ts'

/** If the browser presents nothing this long after a seek (a hidden tab), the aim is taken as reached. */
const PRESENT_WAIT_MS = 250
const MAX_NUDGES = 2

/** What was presented: its time in the film, in seconds, and when it came on the screen, in milliseconds of the page. */
export type Shown = { mediaSec: number; atMs: number }

export type ClipSeeker = {
  /** Whether the browser reports each picture that it presents; else the element's time is all there is. */
  readonly reports: boolean
  /** Shows a frame; while a seek is under way only the latest wish is kept. */
  seek(frame: number): void
  /** The frame on the screen, as the browser reported it; -1 before the first. */
  presentedFrame(): number
  isSeeking(): boolean
  stop(): void
}

type SeekerEvents = {
  /** A frame came on the screen. */
  onPresented: (frame: number, shown: Shown) => void
  /** The latest wish is on the screen. */
  onSettled: () => void
}

/**
 * Makes one video element show exactly the frame it is asked for. It aims at the middle of the frame's
 * time, reads the media time of the frame that was presented (requestVideoFrameCallback), and when that is
 * another frame, aims again a little further into it.
 */
export function createClipSeeker(
  video: HTMLVideoElement,
  clock: FrameClock,
  { onPresented, onSettled }: SeekerEvents,
): ClipSeeker {
  const reports = typeof video.requestVideoFrameCallback === 'function'
  let presented = -1
  let aim: number | null = null
  let next: number | null = null
  let nudges = 0
  let seeked = false
  let callback = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const begin = (frame: number) => {
    aim = frame
    nudges = 0
    aimAt(clock.middleSec(frame))
  }
  const aimAt = (seconds: number) => {
    seeked = false
    video.currentTime = seconds
  }
  const settle = (frame: number) => {
    clearTimeout(timer)
    if (aim === null) return
    if (next !== null) {
      const wish = next
      next = null
      return begin(wish)
    }
    if (frame !== aim && nudges < MAX_NUDGES && video.paused) {
      nudges += 1
      const frameSec = clock.durationMs / 1000 / clock.frameCount
      return aimAt(clock.middleSec(aim) + Math.sign(aim - frame) * nudges * 0.2 * frameSec)
    }
    aim = null
    onSettled()
  }
  const show = (frame: number, shown: Shown = { mediaSec: video.currentTime, atMs: performance.now() }) => {
    presented = frame
    onPresented(frame, shown)
    if (aim !== null && seeked) settle(frame)
  }
  const watch = () => {
    callback = video.requestVideoFrameCallback((_, { mediaTime, expectedDisplayTime }) => {
      watch()
      show(clock.frameOfMediaTime(mediaTime), { mediaSec: mediaTime, atMs: expectedDisplayTime })
    })
  }
  const onSeeked = () => {
    seeked = true
    if (next !== null || presented === aim) return settle(presented)
    if (!reports) return show(clock.frameAtMs(video.currentTime * 1000))
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (aim !== null && seeked) show(aim)
    }, PRESENT_WAIT_MS)
  }
  const onTime = () => {
    if (!reports && aim === null) show(clock.frameAtMs(video.currentTime * 1000))
  }
  if (reports) watch()
  video.addEventListener('seeked', onSeeked)
  video.addEventListener('timeupdate', onTime)
  return {
    reports,
    seek: (frame) => {
      if (aim === null) begin(frame)
      else next = frame
    },
    presentedFrame: () => presented,
    isSeeking: () => aim !== null,
    stop: () => {
      clearTimeout(timer)
      if (reports) video.cancelVideoFrameCallback(callback)
      video.removeEventListener('seeked', onSeeked)
      video.removeEventListener('timeupdate', onTime)
    },
  }
}
