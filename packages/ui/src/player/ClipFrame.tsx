import type { ComponentChildren } from 'preact'
import { Button } from '../controls/Button.tsx'
import { ErrorNote } from '../controls/ErrorNote.tsx'
import { useI18n } from '../i18n/context.tsx'
import type { Playback, PlaybackState } from './playback.ts'
import { usePictureRef, useVideoRef } from './use-playback.ts'

export type Clip = {
  src: string
  /** Names the clip when there are two: 'A', 'B'. */
  label?: string
  poster?: string
}

type ClipFrameProps = {
  clip: Clip
  place: number
  playback: Playback
  state: PlaybackState
  /** One of two that are shown in step while they play. */
  inStep?: boolean
  onPress?: () => void
  /** Drawn over the picture. */
  children?: ComponentChildren
}

/** One video's picture, never mirrored, with what is said while it is not there. */
export function ClipFrame({ clip, place, playback, state, inStep, onPress, children }: ClipFrameProps) {
  const { t } = useI18n()
  const video = useVideoRef(playback, place)
  const picture = usePictureRef(playback, place)
  return (
    <div class="clip" dir="ltr">
      <video
        ref={video}
        src={clip.src}
        poster={clip.poster}
        class="clip-video"
        playsInline
        muted
        preload="auto"
        disablePictureInPicture
        disableRemotePlayback
        data-presented-frame={place === 0 ? state.presentedFrame : undefined}
        aria-label={t('ui.player.clip', { label: clip.label ?? '' }).trim()}
        onClick={onPress}
      />
      {inStep && <canvas ref={picture} class="clip-video clip-picture" hidden />}
      {clip.label && <span class="clip-name">{clip.label}</span>}
      {!state.ready && !state.failed && (
        <span class="clip-loading" role="status" dir="auto">
          {t('ui.player.loading')}
        </span>
      )}
      {state.failed && place === 0 && (
        <div class="clip-failed" dir="auto">
          <ErrorNote
            happened={t('ui.player.error')}
            next={t('ui.player.errorNext')}
            action={<Button onClick={playback.retry}>{t('ui.action.retry')}</Button>}
          />
        </div>
      )}
      {children}
    </div>
  )
}
