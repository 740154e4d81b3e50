import type { Shown } from './clip-seeker.ts'
import {
  keepInStep,
  leaderAt,
  ownFrame,
  type PlayedClip,
  seekAll,
  setRate,
  startDue,
  tieClip,
} from './clips-in-step.ts'
import type { FrameClock } from './frame-clock.ts'
import { createStepKeeper } from './keep-step.ts'
import { createPairStage } from './pair-stage.ts'

export const SPEEDS: readonly number[] = [0.1, 0.25, 0.5, 1, 1.5, 2, 4]

/** HTMLMediaElement.HAVE_CURRENT_DATA: a picture is there. */
const HAVE_CURRENT_DATA = 2

export type PlaybackState = {
  /** Where the person is: the latest wish while seeking, else what is on the screen. */
  frame: number
  /** What is on the screen; -1 before the first frame. */
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
  /** Ties a video element to a place (0 leads); returns what unties it. */
  attach(place: number, video: HTMLVideoElement): () => void
  /** Where two play in step: the canvas over the video at a place; see `createPairStage`. */
  lay(place: number, canvas: HTMLCanvasElement): () => void
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

type PlaybackEvents = {
  onState: (state: PlaybackState) => void
  /** A frame came on the screen. */
  onFrame?: (frame: number) => void
}

/**
 * Plays one clip, or two on one clock, frame by frame or at any speed. Knows video elements, not screens. `startsSec` says
 * where each clip begins on the clock, 0 where nothing is said; the one at place 0 has to end last. Before its
 * beginning and after its end a clip stands still.
 */
export function createPlayback(
  clock: FrameClock,
  events: PlaybackEvents,
  startsSec: readonly number[] = [],
): Playback {
  const playback = createPlayer(clock, events, startsSec)
  return {
    ...playback,
    step: (frames) => {
      playback.pause()
      playback.seek(playback.state().frame + frames)
    },
    toggle: () => (playback.state().playing ? playback.pause() : playback.play()),
  }
}

function createPlayer(
  clock: FrameClock,
  { onState, onFrame }: PlaybackEvents,
  startsSec: readonly number[],
): Omit<Playback, 'step' | 'toggle'> {
  const clips: (PlayedClip | undefined)[] = []
  const step = createStepKeeper()
  const stage = createPairStage(clips, clock)
  let state = AT_START
  const update = (change: Partial<PlaybackState>) => {
    state = { ...state, ...change }
    onState(state)
  }
  const nowSec = () => clock.middleSec(state.frame)
  const leader = () => leaderAt(clips, nowSec())
  const onRefused = () => update({ playing: false })
  const begin = () => {
    if (startDue(clips, { sec: nowSec(), speed: state.speed, onRefused })) step.forget()
  }
  const seek = (frame: number) => {
    const target = Math.min(clock.frameCount - 1, Math.max(0, Math.round(frame)))
    update({ frame: target })
    step.forget()
    seekAll(clips, clock, target)
  }
  const stopAt = (frame: number) => {
    update({ playing: false })
    for (const clip of clips) clip?.video.pause()
    seek(frame)
  }
  const pause = () => {
    if (state.playing) stopAt(Math.max(0, stage.seenFrame(leader(), state.presentedFrame)))
  }
  const play = () => {
    stage.open(state.speed)
    if (!canGoOn(state, clock)) seek(state.loop?.fromFrame ?? 0)
    update({ playing: true })
    begin()
  }
  const onPresented = (clip: PlayedClip, frame: number, shown: Shown) => {
    clip.spot = { sec: shown.mediaSec + clip.startSec, atMs: shown.atMs }
    stage.draw()
    if (clip === leader()) {
      const moving = state.playing && !clip.seeker.isSeeking()
      const seen = moving ? stage.seenFrame(clip, frame) : frame
      update({ presentedFrame: seen, frame: moving ? seen : state.frame })
      onFrame?.(seen)
      if (moving && state.loop && frame >= state.loop.toFrame) seek(state.loop.fromFrame)
      else if (moving) begin()
    }
    if (state.playing) keepInStep(clips, step, state.speed)
  }
  const onSettled = () => {
    update({})
    if (!state.playing) stage.close()
  }
  const onLoaded = (clip: PlayedClip) => {
    clip.loaded = true
    update({ ready: clips.every((each) => each?.loaded ?? true), failed: false })
    clip.seeker.seek(ownFrame(clip, clock, state.frame))
  }
  const attach = (place: number, video: HTMLVideoElement) => {
    const where = { clock, startSec: startsSec[place] ?? 0, endsLast: place === 0 }
    const { clip, untie } = tieClip(video, where, {
      onPresented,
      onLoaded,
      onSettled,
      onFailed: () => update({ failed: true, playing: false }),
      // At its very end, even where the last pictures came too late to be shown: to play again is to begin again.
      onEnded: (ended) => ended === leader() && (state.loop ? play() : stopAt(clock.frameCount - 1)),
      onPaused: (it) => it === leader() && state.playing && update({ playing: false }),
    })
    clips[place] = clip
    if (video.readyState >= HAVE_CURRENT_DATA) onLoaded(clip)
    return () => {
      untie()
      clips[place] = undefined
    }
  }
  const setSpeed = (speed: number) => {
    update({ speed })
    if (state.playing) stage.open(speed)
    step.forget()
    for (const clip of clips) if (clip) setRate(clip, speed)
  }
  const retry = () => {
    update({ failed: false })
    for (const clip of clips) clip?.video.load()
  }
  const setLoop = (loop: FrameSpan | null) => update({ loop })
  return { state: () => state, setLoop, attach, lay: stage.lay, seek, play, pause, setSpeed, retry }
}

/** Whether there is something to play from here on: of the stretch that repeats, else until the end. */
function canGoOn({ loop, frame }: PlaybackState, clock: FrameClock): boolean {
  return loop ? frame >= loop.fromFrame && frame < loop.toFrame : frame < clock.frameCount - 1
}

/** The next faster (1) or slower (-1) speed. */
export function nextSpeed(speed: number, way: 1 | -1): number {
  const at = SPEEDS.findIndex((candidate) => candidate >= speed - 1e-9)
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + way))] ?? 1
}
