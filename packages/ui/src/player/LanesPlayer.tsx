import { useEffect, useMemo } from 'preact/hooks'
import { IconButton } from '../controls/IconButton.tsx'
import { useKeys } from '../controls/use-keys.ts'
import { useI18n } from '../i18n/context.tsx'
import { formatClipTime } from '../i18n/formats.ts'
import { playheadRatio } from './EpisodePlayer.tsx'
import { Lanes } from './Lanes.tsx'
import type { Lane } from './lane.ts'
import { Scrubber } from './Scrubber.tsx'
import { type ClipTiming, usePlayback } from './use-playback.ts'

type LanesPlayerProps = ClipTiming & {
  lanes: readonly Lane[]
  /** Where to be. An app may echo onFrame back; a value of its own is a seek. */
  currentFrame?: number
  onFrame?: (frame: number) => void
}

/** Lanes of something that was not filmed: one walks along them, nothing plays. `fps` is how fine a step is. */
export function LanesPlayer({ lanes, onFrame, ...timing }: LanesPlayerProps) {
  const { t } = useI18n()
  const clipKey = useMemo(() => lanes.map(({ id }) => id).join(' '), [lanes])
  const { clock, playback, state } = usePlayback({ ...timing, clipKey })
  // Without a picture nothing is presented: where one is, is what is wished.
  useEffect(() => onFrame?.(state.frame), [state.frame])
  useKeys([
    { keys: ',', label: t('ui.player.previousFrame'), run: () => playback.step(-1) },
    { keys: '.', label: t('ui.player.nextFrame'), run: () => playback.step(1) },
  ])
  return (
    <section
      class="player"
      aria-label={t('ui.player.group')}
      style={{ '--playhead': playheadRatio(clock, state) }}
    >
      <div class="player-axis">
        <div class="lane">
          <div class="lane-label" />
          <Scrubber clock={clock} state={state} playback={playback} />
        </div>
        <Lanes lanes={lanes} clock={clock} playback={playback} frame={state.frame} />
      </div>
      <div class="player-controls" dir="ltr">
        <div class="player-buttons">
          <IconButton
            icon="frame-back"
            label={t('ui.player.previousFrame')}
            keys=","
            onClick={() => playback.step(-1)}
          />
          <IconButton
            icon="frame-forward"
            label={t('ui.player.nextFrame')}
            keys="."
            onClick={() => playback.step(1)}
          />
        </div>
        <div class="player-place figure">
          <span>{formatClipTime(clock.startMs(state.frame))}</span>
        </div>
      </div>
    </section>
  )
}
