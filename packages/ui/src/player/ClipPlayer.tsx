import { Icon } from '../controls/Icon.tsx'
import { IconButton } from '../controls/IconButton.tsx'
import { useI18n } from '../i18n/context.tsx'
import { formatClipTime } from '../i18n/formats.ts'
import { type Clip, ClipFrame } from './ClipFrame.tsx'
import { playheadRatio } from './EpisodePlayer.tsx'
import { Lights } from './Lanes.tsx'
import type { LaneSpan } from './lane.ts'
import { Scrubber } from './Scrubber.tsx'
import { type ClipTiming, usePlayback } from './use-playback.ts'

type ClipPlayerProps = ClipTiming & {
  clip: Clip
  /** The take's traffic lights, under the bar. */
  lights?: readonly LaneSpan[]
  currentFrame?: number
  onFrame?: (frame: number) => void
}

/** The phone's player: tap the picture to play, a bar for the thumb, frame by frame. */
export function ClipPlayer(props: ClipPlayerProps) {
  const { clip, lights } = props
  const { t } = useI18n()
  const { clock, playback, state } = usePlayback({ ...props, clipKey: clip.src })
  return (
    <section
      class="player player-simple"
      aria-label={t('ui.player.group')}
      style={{ '--playhead': playheadRatio(clock, state) }}
    >
      <ClipFrame clip={clip} place={0} playback={playback} state={state} onPress={playback.toggle}>
        {!state.playing && state.ready && (
          <button type="button" class="clip-play" aria-label={t('ui.player.play')} onClick={playback.toggle}>
            <Icon name="play" size={32} />
          </button>
        )}
      </ClipFrame>
      {lights && lights.length > 0 && (
        <div class="player-lights" dir="ltr">
          <Lights spans={lights} durationMs={clock.durationMs} />
        </div>
      )}
      <Scrubber clock={clock} state={state} playback={playback} />
      <div class="player-controls" dir="ltr">
        <IconButton
          size="touch"
          icon="frame-back"
          label={t('ui.player.previousFrame')}
          onClick={() => playback.step(-1)}
        />
        <IconButton
          size="touch"
          icon={state.playing ? 'pause' : 'play'}
          label={t(state.playing ? 'ui.player.pause' : 'ui.player.play')}
          onClick={playback.toggle}
        />
        <IconButton
          size="touch"
          icon="frame-forward"
          label={t('ui.player.nextFrame')}
          onClick={() => playback.step(1)}
        />
        <span class="player-place figure">
          {formatClipTime(clock.startMs(state.frame), 1)}
          <span class="quiet"> / {formatClipTime(clock.durationMs, 1)}</span>
        </span>
      </div>
    </section>
  )
}
