import { Icon } from '../controls/Icon.tsx'
import { IconButton } from '../controls/IconButton.tsx'
import { useI18n } from '../i18n/context.tsx'
import { formatClipTime } from '../i18n/formats.ts'
import type { usePlayback } from './use-playback.ts'

type Playing = ReturnType<typeof usePlayback>

/** For a thumb: a frame back, play, a frame on, and where one is. */
export function ThumbControls({ clock, playback, state }: Playing) {
  const { t } = useI18n()
  return (
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
  )
}

/** The large triangle on a picture that stands still. */
export function PlayOver({ playback, state }: Playing) {
  const { t } = useI18n()
  if (state.playing || !state.ready) return null
  return (
    <button type="button" class="clip-play" aria-label={t('ui.player.play')} onClick={playback.toggle}>
      <Icon name="play" size={32} />
    </button>
  )
}
