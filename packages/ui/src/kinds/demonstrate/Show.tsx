import type { Fault, TakeLimits, TimedSignals, TrafficLight } from '@chiron/core/episode'
import type { BodyStream, HandStream } from '@chiron/core/sight'
import { useMemo } from 'preact/hooks'
import { useI18n } from '../../i18n/context.tsx'
import { BodyOverlay } from '../../player/BodyOverlay.tsx'
import type { Clip } from '../../player/ClipFrame.tsx'
import { EpisodePlayer } from '../../player/EpisodePlayer.tsx'
import { HandsOverlay } from '../../player/HandsOverlay.tsx'
import type { Lane } from '../../player/lane.ts'
import type { ClipTiming } from '../../player/use-playback.ts'
import { TakeFactList, type TakeFacts } from './TakeFactList.tsx'
import { takeLanes } from './take-lanes.ts'

type ShowProps = {
  clip: Clip
  timing: ClipTiming
  facts: TakeFacts
  lights?: readonly TrafficLight[]
  signals?: readonly TimedSignals[]
  faults?: readonly Fault[]
  /** Drawn into the series as lines. */
  limits?: TakeLimits
  /** Further lanes below the take's own: labels, moments. */
  lanes?: readonly Lane[]
  /** What a detector believed to see of the hands: a lane, and drawn over the picture unless `showsHands` is false. */
  hands?: HandStream | null
  showsHands?: boolean
  /** The same of the body, drawn over the picture. */
  body?: BodyStream | null
  currentFrame?: number
  onFrame?: (frame: number) => void
}

const NONE: readonly never[] = []

/** A take: the clip with its lights, checks and signals on one axis, and what the probe read. */
export function Show(props: ShowProps) {
  const {
    clip,
    timing,
    facts,
    lights = NONE,
    signals = NONE,
    faults = NONE,
    limits,
    lanes = NONE,
    hands,
    showsHands = true,
    body,
  } = props
  const { t } = useI18n()
  const { width, height } = facts
  const all = useMemo(
    () => [...takeLanes({ lights, signals, faults, limits, words: t, hands }), ...lanes],
    [lights, signals, faults, limits, lanes, hands, t],
  )
  return (
    <div class="stack">
      <EpisodePlayer
        clips={[clip]}
        {...timing}
        lanes={all}
        overlay={(timeMs) => (
          <>
            {body && <BodyOverlay {...{ body, timeMs, width, height }} />}
            {hands && showsHands && <HandsOverlay {...{ hands, timeMs, width, height }} />}
          </>
        )}
        currentFrame={props.currentFrame}
        onFrame={props.onFrame}
      />
      <TakeFactList facts={facts} />
    </div>
  )
}
