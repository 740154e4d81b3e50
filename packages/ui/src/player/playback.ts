import { type ClipSeeker, createClipSeeker } from './clip-seeker.ts'
import type { FrameClock } from './frame-clock.ts'

export const SPEEDS: readonly number[] = [0.1, 0.25, 0.5, 1, 1.5, 2, 4]

/** Two clips may drift this many frames apart while playing before the second is set right. */
const MAX_DRIFT_FRAMES = 2
/** From this many on, the second is eased back by playing this much slower or faster. */
const EASED_DRIFT_FRAMES = 0.4
const EASING = 0.08

/** HTMLMediaElement.HAVE_CURRENT_DATA: a picture is there. */
const HAVE_CURRENT_DATA = 2

export type PlaybackState = {
  /** Where the person is: the latest wish while seeking, else what is on the screen. */
  frame: number
  /** What the browser says is on the screen; -1 before the first frame. */
  presentedFrame: number
  playing: boolean
  speed: number
  ready: boolean
  failed: boolean
  loop: FrameSpan | null
}

/** Frames from and to, both inside. */
export type FrameSpan = { fromFrame: number; toFrame: number }

export type Playback = {
  state(): PlaybackState
  /** Ties a video element to a place (0 leads, 1 follows); returns what unties it. */
  attach(place: number, video: HTMLVideoElement): () => void
  seek(frame: number): void
  /** Pauses and moves by frames. */
  step(frames: number): void
  play(): void
  pause(): void
  toggle(): void
  setSpeed(speed: number): void
  setLoop(loop: FrameSpan | null): void
  retry(): void
}

const AT_START: PlaybackState = {
  frame: 0,
  presentedFrame: -1,
  playing: false,
  speed: 1,
  ready: false,
  failed: false,
  loop: null,
}

/** `loaded` stays true while a seek takes readyState back. */
type Clip = { video: HTMLVideoElement; seeker: ClipSeeker; loaded: boolean }

type PlaybackEvents = {
  onState: (state: PlaybackState) => void
  /** A frame came on the screen. */
  onFrame?: (frame: number) => void
}

/** Plays one clip, or two on one clock, frame by frame or at any speed. Knows video elements, not screens. */
export function createPlayback(clock: FrameClock, { onState, onFrame }: PlaybackEvents): Playback {
  const clips: (Clip | undefined)[] = []
  let state = AT_START
  const update = (change: Partial<PlaybackState>) => {
    state = { ...state, ...change }
    onState(state)
  }
  const each = (run: (clip: Clip) => void) => {
    for (const clip of clips) if (clip) run(clip)
  }
  const seek = (frame: number) => {
    const target = Math.min(clock.frameCount - 1, Math.max(0, Math.round(frame)))
    update({ frame: target })
    each(({ seeker }) => seeker.seek(target))
  }
  const pause = () => {
    const played = state.playing
    update({ playing: false })
    each(({ video }) => video.pause())
    if (played) seek(Math.max(0, clips[0]?.seeker.presentedFrame() ?? state.frame))
  }
  const play = () => {
    const { loop, frame } = state
    const outside = loop && (frame < loop.fromFrame || frame >= loop.toFrame)
    if (loop && outside) seek(loop.fromFrame)
    else if (frame >= clock.frameCount - 1) seek(0)
    update({ playing: true })
    startAll(clips, state.speed, () => update({ playing: false }))
  }
  const onLeadPresented = (frame: number) => {
    const lead = clips[0]
    const moving = state.playing && !lead?.seeker.isSeeking()
    update({ presentedFrame: frame, frame: moving ? frame : state.frame })
    onFrame?.(frame)
    if (!moving) return
    if (state.loop && frame >= state.loop.toFrame) seek(state.loop.fromFrame)
    else followLead(lead, clips[1], { clock, speed: state.speed })
  }
  const attach = (place: number, video: HTMLVideoElement) => {
    const leads = place === 0
    const seeker = createClipSeeker(video, clock, {
      onPresented: (frame) => leads && onLeadPresented(frame),
      onSettled: () => update({}),
    })
    clips[place] = { video, seeker, loaded: false }
    const unlisten = listen(video, {
      loadeddata: () => onLoaded(place),
      error: () => update({ failed: true, playing: false }),
      ended: () => leads && (state.loop ? play() : pause()),
      // The browser itself may stop a clip (a call comes in, the battery is low).
      pause: () => leads && state.playing && video.paused && !video.ended && update({ playing: false }),
    })
    if (video.readyState >= HAVE_CURRENT_DATA) onLoaded(place)
    return () => {
      unlisten()
      seeker.stop()
      clips[place] = undefined
    }
  }
  const onLoaded = (place: number) => {
    const clip = clips[place]
    if (!clip) return
    clip.loaded = true
    update({ ready: clips.every((each) => !each || each.loaded), failed: false })
    clip.seeker.seek(state.frame)
  }
  return {
    state: () => state,
    attach,
    seek,
    step: (frames) => {
      if (state.playing) pause()
      seek(state.frame + frames)
    },
    play,
    pause,
    toggle: () => (state.playing ? pause() : play()),
    setSpeed: (speed) => {
      update({ speed })
      each((clip) => setRate(clip, speed))
    },
    setLoop: (loop) => update({ loop }),
    retry: () => {
      update({ failed: false })
      each(({ video }) => video.load())
    },
  }
}

function startAll(clips: readonly (Clip | undefined)[], speed: number, onRefused: () => void): void {
  for (const clip of clips) if (clip && !isPastEnd(clips[0], clip)) start(clip, speed, onRefused)
}

function start(clip: Clip, speed: number, onRefused: () => void): void {
  setRate(clip, speed)
  clip.video.play().catch(() => clip.video.paused && onRefused())
}

function setRate({ video }: Clip, speed: number): void {
  video.playbackRate = speed
}

/** A shorter clip waits at its last picture until the longer one is done: played on, it would begin anew. */
const isPastEnd = (lead: Clip | undefined, clip: Clip): boolean =>
  lead !== undefined && clip !== lead && lead.video.currentTime >= clip.video.duration

function followLead(
  lead: Clip | undefined,
  second: Clip | undefined,
  { clock, speed }: { clock: FrameClock; speed: number },
): void {
  if (!lead || !second || second.seeker.isSeeking() || isPastEnd(lead, second)) return
  const frameSec = clock.durationMs / 1000 / Math.max(1, clock.frameCount)
  const driftFrames = (second.video.currentTime - lead.video.currentTime) / frameSec
  if (Math.abs(driftFrames) > MAX_DRIFT_FRAMES) second.video.currentTime = lead.video.currentTime
  // A little slower or faster brings it back without a jump that anybody sees.
  const lag = Math.abs(driftFrames) > EASED_DRIFT_FRAMES ? Math.sign(driftFrames) * EASING : 0
  const rate = speed * (1 - lag)
  if (second.video.playbackRate !== rate) setRate(second, rate)
}

function listen(video: HTMLVideoElement, handlers: Record<string, () => unknown>): () => void {
  for (const [name, handler] of Object.entries(handlers)) video.addEventListener(name, handler)
  return () => {
    for (const [name, handler] of Object.entries(handlers)) video.removeEventListener(name, handler)
  }
}

/** The next faster (1) or slower (-1) speed. */
export function nextSpeed(speed: number, way: 1 | -1): number {
  const at = SPEEDS.findIndex((candidate) => candidate >= speed - 1e-9)
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + way))] ?? 1
}
