import type { ComponentChildren } from 'preact'
import { useI18n } from '../i18n/context.tsx'
import { formatClipTime } from '../i18n/formats.ts'
import type { FrameClock } from './frame-clock.ts'
import type { Playback, PlaybackState } from './playback.ts'

type ScrubberProps = {
  clock: FrameClock
  state: PlaybackState
  playback: Playback
  /** Drawn along the bar: lights, marks. */
  children?: ComponentChildren
}

/** The bar one drags through a clip with a finger, a mouse or the arrow keys. Always left to right, as film. */
export function Scrubber({ clock, state, playback, children }: ScrubberProps) {
  const { t } = useI18n()
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: 10, PageDown: -10 }[event.key]
    if (step) playback.step(step)
    else if (event.key === 'Home') playback.step(-clock.frameCount)
    else if (event.key === 'End') playback.step(clock.frameCount)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      class="scrubber"
      dir="ltr"
      role="slider"
      tabIndex={0}
      aria-label={t('ui.player.scrub')}
      aria-valuemin={1}
      aria-valuemax={clock.frameCount}
      aria-valuenow={state.frame + 1}
      aria-valuetext={`${formatClipTime(clock.startMs(state.frame))}, ${t('ui.player.frame', {
        frame: state.frame + 1,
        count: clock.frameCount,
      })}`}
      onKeyDown={onKeyDown}
      {...scrubHandlers(clock, playback)}
    >
      <div class="scrubber-track">
        {children}
        <div class="scrubber-fill" />
      </div>
      <div class="scrubber-thumb" />
    </div>
  )
}

/** Pointer handlers that turn a press or drag along an element into a place in the clip. */
export function scrubHandlers(clock: FrameClock, playback: Playback) {
  const seekTo = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const ratio = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    playback.seek(Math.min(clock.frameCount - 1, clock.frameAtMs(ratio * clock.durationMs)))
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
      if (playback.state().playing) playback.pause()
      seekTo(event)
    },
    onPointerMove: (event: PointerEvent) => {
      if ((event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId)) seekTo(event)
    },
  }
}
