import type { ComponentChildren } from 'preact'
import { useI18n } from '../i18n/context.tsx'
import { type Clip, ClipFrame } from './ClipFrame.tsx'
import { playheadRatio } from './EpisodePlayer.tsx'
import { Lights } from './Lanes.tsx'
import type { LaneSpan } from './lane.ts'
import { Scrubber } from './Scrubber.tsx'
import { PlayOver, ThumbControls } from './ThumbControls.tsx'
import { type ClipTiming, usePlayback } from './use-playback.ts'

type ClipPlayerProps = ClipTiming & {
  clip: Clip
  /** The take's traffic lights, under the bar. */
  lights?: readonly LaneSpan[]
  currentFrame?: number
  /** Drawn over the picture at its moment. */
  over?: (timeMs: number) => ComponentChildren
  onFrame?: (frame: number) => void
}

/** The phone's player: tap the picture to play, a bar for the thumb, frame by frame. */
export function ClipPlayer(props: ClipPlayerProps) {
  const { clip, lights, over } = props
  const { t } = useI18n()
  const playing = usePlayback({ ...props, clipKey: clip.src })
  const { clock, playback, state } = playing
  return (
    <section
      class="player player-simple"
      aria-label={t('ui.player.group')}
      style={{ '--playhead': playheadRatio(clock, state) }}
    >
      <ClipFrame clip={clip} place={0} playback={playback} state={state} onPress={playback.toggle}>
        {over?.(clock.startMs(state.presentedFrame ?? state.frame))}
        <PlayOver {...playing} />
      </ClipFrame>
      {lights && lights.length > 0 && (
        <div class="player-lights" dir="ltr">
          <Lights spans={lights} durationMs={clock.durationMs} />
        </div>
      )}
      <Scrubber clock={clock} state={state} playback={playback} />
      <ThumbControls {...playing} />
    </section>
  )
}
