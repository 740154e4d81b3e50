import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { createEchoes } from './echoes.ts'
import { constantClock, type FrameClock, timedClock } from './frame-clock.ts'
import { createPlayback, type Playback, type PlaybackState } from './playback.ts'

export type ClipTiming = {
  /** Frames a second. */
  fps: number
  frameCount: number
  durationMs: number
  /** Start of each frame in milliseconds, for clips whose frames stand unevenly. */
  startsMs?: readonly number[]
}

/** The clock of a clip's timing. */
export function clockOf({ fps, frameCount, durationMs, startsMs }: ClipTiming): FrameClock {
  return startsMs ? timedClock({ startsMs, durationMs }) : constantClock({ fps, frameCount, durationMs })
}

type PlaybackOptions = ClipTiming & {
  /** Makes a fresh playback when it changes: the clips' addresses. */
  clipKey: string
  /** Where each clip begins on the clock, in seconds; the first has to end last. */
  startsSec?: readonly number[]
  currentFrame?: number
  onFrame?: (frame: number) => void
}

/** One playback for the life of a clip, its state, and refs for its video elements. */
export function usePlayback(options: PlaybackOptions) {
  const { fps, frameCount, durationMs, startsMs, startsSec, clipKey, currentFrame } = options
  const onFrame = useRef(options.onFrame)
  onFrame.current = options.onFrame
  const asked = useRef(currentFrame)
  asked.current = currentFrame
  const clock: FrameClock = useMemo(
    () => clockOf({ fps, frameCount, durationMs, ...(startsMs && { startsMs }) }),
    [fps, frameCount, durationMs, startsMs],
  )
  const [, redraw] = useState(0)
  const { echoes, playback } = useMemo(() => {
    const echoes = createEchoes()
    const events = {
      onState: () => redraw((count) => count + 1),
      onFrame: (frame: number) => {
        echoes.report(frame, asked.current)
        onFrame.current?.(frame)
      },
    }
    const playback = createPlayback(clock, events, startsSec)
    return { echoes, playback }
  }, [clock, clipKey, startsSec?.join()])
  useEffect(() => {
    if (currentFrame === undefined) return
    const { playing, frame, presentedFrame } = playback.state()
    const moving = playing || frame !== presentedFrame
    if (echoes.isEcho(currentFrame, moving)) return
    if (moving || presentedFrame !== currentFrame) playback.seek(currentFrame)
  }, [currentFrame, playback, echoes])
  return { clock, playback, state: playback.state() as PlaybackState }
}

/** A ref for the video element at a place, tied to the playback while it is mounted. */
export function useVideoRef(playback: Playback, place: number): (video: HTMLVideoElement | null) => void {
  return useTied<HTMLVideoElement>((video) => playback.attach(place, video), [playback, place])
}

/** A ref for the canvas over that video, on which two that play in step are seen. */
export function usePictureRef(playback: Playback, place: number): (canvas: HTMLCanvasElement | null) => void {
  return useTied<HTMLCanvasElement>((canvas) => playback.lay(place, canvas), [playback, place])
}

/** `tie` returns what unties the element again. */
function useTied<Element>(tie: (element: Element) => () => void, of: readonly unknown[]) {
  const untie = useRef<(() => void) | null>(null)
  return useCallback((element: Element | null) => {
    untie.current?.()
    untie.current = element ? tie(element) : null
  }, of)
}
