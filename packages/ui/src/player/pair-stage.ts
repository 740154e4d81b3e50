import type { PlayedClip, PlayedClips } from './clips-in-step.ts'
import type { FrameClock } from './frame-clock.ts'
import { chooseShown, type Reach } from './show-in-step.ts'

/** Two that found nothing in common for so long go on each for itself: a film with gaps must not stand for good. */
const PATIENCE_MS = 1_000
/** Times are told in microseconds: one frame apart is one frame, not a hair more. */
const HAIR_SEC = 0.001
const MICROSECONDS = 1_000_000

export type PairStage = {
  /** A canvas that lies over the clip's video. Returns what takes it away. */
  lay(place: number, canvas: HTMLCanvasElement): () => void
  /**
   * From now on the canvases show the pictures; at more than normal speed so many times as far apart counts as one frame.
   * To be called before a seek: while a video seeks, it has no picture to hand over.
   */
  open(speed: number): void
  /** The videos are seen again, unless one of them is still on its way to where it is to stand. */
  close(): void
  /** To be called whenever either video has a new picture. */
  draw(): void
  /** Which frame of the clock a person sees of a clip: on its canvas, else what its video presented. */
  seenFrame(clip: PlayedClip | undefined, presented: number): number
}

/**
 * Shows two clips that play so that what is on the screen is never further apart than a frame. Browsers put a video's
 * pictures on the screen when they are decoded, each video for itself: where one is late, the pictures of the other run on
 * before anybody can stop it. So the pictures of both go on canvases, in one and the same refresh of the screen, and who
 * is ahead stands still for as long as the other has nothing that fits. Where the browser hands over no pictures of a
 * video (`VideoFrame`, Chromium 94, Safari 16.4, Firefox 130), the videos stay to be seen as they come.
 */
export function createPairStage(clips: PlayedClips, clock: FrameClock): PairStage {
  const frameSec = clock.durationMs / 1000 / clock.frameCount
  const canvases: (HTMLCanvasElement | undefined)[] = []
  let shown: [number | undefined, number | undefined] = [undefined, undefined]
  let withinSec = frameSec
  let isOpen = false
  let drawnMs = 0
  const close = () => {
    if (clips.some((clip) => clip?.seeker.isSeeking())) return
    isOpen = false
    shown = [undefined, undefined]
    for (const canvas of canvases) if (canvas) canvas.hidden = true
  }
  const draw = () => {
    const [first, second] = clips
    if (!isOpen || !first || !second) return
    const frames = [takeFrame(first), takeFrame(second)] as const
    const ready = [secOf(first, frames[0]), secOf(second, frames[1])] as const
    const reaches = [reachOf(first, frameSec), reachOf(second, frameSec)] as const
    const nowMs = performance.now()
    const isTired = nowMs - drawnMs > PATIENCE_MS && !isWaiting(first) && !isWaiting(second)
    const chosen = chooseShown(shown, ready, {
      reaches,
      withinSec: isTired ? Number.POSITIVE_INFINITY : withinSec,
    })
    for (const place of [0, 1] as const) {
      const canvas = canvases[place]
      const frame = frames[place]
      if (chosen[place] && canvas && frame) {
        paint(canvas, frame)
        shown[place] = ready[place]
        drawnMs = nowMs
      }
      frame?.close()
    }
  }
  return {
    lay: (place, canvas) => {
      canvases[place] = canvas
      canvas.hidden = true
      return () => {
        canvases[place] = undefined
      }
    },
    open: (speed) => {
      withinSec = frameSec * Math.max(1, speed) + HAIR_SEC
      if (isOpen || typeof VideoFrame !== 'function' || !canvases[0] || !canvases[1]) return
      isOpen = true
      drawnMs = performance.now()
      draw()
    },
    close,
    draw,
    seenFrame: (clip, presented) => {
      const sec = shown[clips.indexOf(clip)]
      return sec === undefined ? presented : clock.frameOfMediaTime(sec)
    },
  }
}

/** The picture that the video is at; none where it has none, or may not hand it over. */
function takeFrame({ video }: PlayedClip): VideoFrame | undefined {
  try {
    return new VideoFrame(video)
  } catch {
    return undefined
  }
}

const secOf = ({ startSec }: PlayedClip, frame: VideoFrame | undefined): number | undefined =>
  frame && frame.timestamp / MICROSECONDS + startSec

const reachOf = ({ startSec, endsLast, video }: PlayedClip, frameSec: number): Reach => ({
  firstSec: startSec,
  lastSec:
    endsLast || Number.isNaN(video.duration)
      ? Number.POSITIVE_INFINITY
      : startSec + video.duration - frameSec,
})

/** Whether it has nothing to go on with: what it waits for comes from the network. */
const isWaiting = ({ video }: PlayedClip): boolean =>
  !video.paused && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA

function paint(canvas: HTMLCanvasElement, frame: VideoFrame): void {
  const { displayWidth, displayHeight } = frame
  // To set a size empties a canvas, also where it is the same.
  if (canvas.width !== displayWidth) canvas.width = displayWidth
  if (canvas.height !== displayHeight) canvas.height = displayHeight
  canvas.getContext('2d', { alpha: false })?.drawImage(frame, 0, 0)
  canvas.hidden = false
}
