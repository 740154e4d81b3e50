import { useKeys } from '../controls/use-keys.ts'
import { useI18n } from '../i18n/context.tsx'
import { type Clip, ClipFrame } from './ClipFrame.tsx'
import { playheadRatio } from './EpisodePlayer.tsx'
import { pairTiming } from './pair-timing.ts'
import { Scrubber } from './Scrubber.tsx'
import { PlayOver, ThumbControls } from './ThumbControls.tsx'
import { type ClipTiming, usePlayback } from './use-playback.ts'

/** `startMs`: where the clip begins on the pair's clock. */
export type PairedClip = Clip & ClipTiming & { startMs: number }

type PairPlayerProps = {
  /** Shown one over the other where it is narrow, else side by side. */
  clips: readonly [PairedClip, PairedClip]
}

/** Two clips on one clock for a thumb: one bar, one play button. Who is not on yet or over already stands still. */
export function PairPlayer({ clips }: PairPlayerProps) {
  const { t } = useI18n()
  const { leading, timing, startsSec } = pairTiming(clips)
  const clipKey = clips.map(({ src }) => src).join(' ')
  const playing = usePlayback({ ...timing, clipKey, startsSec })
  const { clock, playback, state } = playing
  useKeys([
    { keys: ' ', label: t('ui.player.play'), run: playback.toggle },
    { keys: ',', label: t('ui.player.previousFrame'), run: () => playback.step(-1) },
    { keys: '.', label: t('ui.player.nextFrame'), run: () => playback.step(1) },
  ])
  return (
    <section
      class="player player-simple player-pair"
      aria-label={t('ui.player.group')}
      style={{ '--playhead': playheadRatio(clock, state) }}
    >
      <div class="player-clips player-clips-pair" dir="ltr">
        {clips.map((clip, at) => (
          <ClipFrame
            key={`${at} ${clip.src}`}
            clip={clip}
            place={at === leading ? 0 : 1}
            playback={playback}
            state={state}
            inStep
            onPress={playback.toggle}
          >
            {at === 0 && <PlayOver {...playing} />}
          </ClipFrame>
        ))}
      </div>
      <Scrubber clock={clock} state={state} playback={playback} />
      <ThumbControls {...playing} />
    </section>
  )
}
