import { useMemo } from 'preact/hooks'
import { Icon } from '../controls/Icon.tsx'
import { toneIcons } from '../controls/tone.ts'
import { useI18n } from '../i18n/context.tsx'
import type { FrameClock } from './frame-clock.ts'
import type { Lane, LaneMark, LaneSeries, LaneSpan } from './lane.ts'
import type { Playback } from './playback.ts'
import { scrubHandlers } from './Scrubber.tsx'
import { heightOf, SERIES_HEIGHT, SERIES_WIDTH, seriesPath, seriesScale, valueAt } from './series-path.ts'

type LanesProps = {
  lanes: readonly Lane[]
  clock: FrameClock
  playback: Playback
  frame: number
  onSpan?: (span: LaneSpan, lane: Lane) => void
}

/** What runs along the clip, one lane above another on the scrubber's own axis. */
export function Lanes({ lanes, clock, playback, frame, onSpan }: LanesProps) {
  const { t } = useI18n()
  const tracks = useMemo(
    () =>
      new Map(
        lanes.map((lane) => [lane.id, <LaneTrack key={lane.id} {...{ lane, clock, playback, onSpan }} />]),
      ),
    [lanes, clock, playback, onSpan],
  )
  return (
    <section class="lanes" aria-label={t('ui.player.lanes')}>
      {lanes.map((lane) => (
        <div key={lane.id} class="lane">
          <div class="lane-label">
            <span class="lane-name" title={lane.label}>
              {lane.label}
            </span>
            {lane.kind === 'series' && <SeriesValue series={lane.data} timeMs={clock.startMs(frame)} />}
          </div>
          {tracks.get(lane.id)}
        </div>
      ))}
    </section>
  )
}

type LaneTrackProps = Pick<LanesProps, 'clock' | 'playback' | 'onSpan'> & { lane: Lane }

function LaneTrack({ lane, clock, playback, onSpan }: LaneTrackProps) {
  return (
    <div class={`lane-track lane-${lane.kind}`} dir="ltr" {...scrubHandlers(clock, playback)}>
      {lane.kind === 'series' && <SeriesDrawing series={lane.data} durationMs={clock.durationMs} />}
      {lane.kind === 'lights' && <Lights spans={lane.data} durationMs={clock.durationMs} />}
      {lane.kind === 'spans' &&
        lane.data.map((span) => (
          <SpanBox
            key={span.id}
            span={span}
            durationMs={clock.durationMs}
            onPress={() => {
              playback.pause()
              playback.seek(clock.frameAtMs(span.fromMs))
              onSpan?.(span, lane)
            }}
          />
        ))}
      {lane.kind === 'marks' && <Marks marks={lane.data} clock={clock} playback={playback} />}
    </div>
  )
}

const percentOf = (timeMs: number, durationMs: number): string =>
  `${Math.min(100, Math.max(0, (timeMs / durationMs) * 100))}%`

function place(span: LaneSpan, durationMs: number) {
  return {
    insetInlineStart: percentOf(span.fromMs, durationMs),
    inlineSize: percentOf(span.toMs - span.fromMs, durationMs),
  }
}

function SpanBox({ span, durationMs, onPress }: { span: LaneSpan; durationMs: number; onPress: () => void }) {
  const tone = span.tone ?? 'neutral'
  return (
    <button
      type="button"
      class={`lane-span tone-${tone}`}
      style={place(span, durationMs)}
      title={span.label}
      tabIndex={-1}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={onPress}
    >
      {tone !== 'neutral' && <Icon name={toneIcons[tone]} size={12} />}
      <span class="clip-text" dir="auto">
        {span.label}
      </span>
    </button>
  )
}

/** A traffic light along the take: height and hatching say what the colour says. */
export function Lights({ spans, durationMs }: { spans: readonly LaneSpan[]; durationMs: number }) {
  return (
    <>
      {spans.map((span) => (
        <span
          key={span.id}
          class={`light light-${span.tone ?? 'neutral'}`}
          style={place(span, durationMs)}
          title={span.label}
        />
      ))}
    </>
  )
}

/** A mark's words are written beside it when the next mark leaves this share of the lane free. */
const LABEL_ROOM = 0.14

type MarksProps = { marks: readonly LaneMark[]; clock: FrameClock; playback: Playback }

function Marks({ marks, clock, playback }: MarksProps) {
  const ordered = [...marks].sort((a, b) => a.atMs - b.atMs)
  return (
    <>
      {ordered.map((mark, at) => {
        const end = ordered[at + 1]?.atMs ?? clock.durationMs
        const roomy = (end - mark.atMs) / clock.durationMs > LABEL_ROOM
        const tone = mark.tone ?? 'neutral'
        return (
          <button
            key={mark.id}
            type="button"
            class={`lane-mark tone-${tone}`}
            style={{ insetInlineStart: percentOf(mark.atMs, clock.durationMs) }}
            title={mark.label}
            aria-label={mark.label}
            tabIndex={-1}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => {
              playback.pause()
              playback.seek(clock.frameAtMs(mark.atMs))
            }}
          >
            <Icon name={mark.icon ?? (tone === 'neutral' ? 'flag' : toneIcons[tone])} size={14} />
            {roomy && <span dir="auto">{mark.label}</span>}
          </button>
        )
      })}
    </>
  )
}

function SeriesDrawing({ series, durationMs }: { series: LaneSeries; durationMs: number }) {
  const scale = seriesScale(series)
  const limits = Object.entries(series.limits ?? {})
  return (
    <svg
      class="series"
      viewBox={`0 0 ${SERIES_WIDTH} ${SERIES_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {limits.map(([name, value]) => (
        <path key={name} class="series-limit" d={`M0 ${heightOf(value, scale)}H${SERIES_WIDTH}`} />
      ))}
      <path class="series-line" d={seriesPath(series, durationMs)} />
    </svg>
  )
}

function SeriesValue({ series, timeMs }: { series: LaneSeries; timeMs: number }) {
  const { number } = useI18n()
  const value = valueAt(series, timeMs)
  if (value === null || !Number.isFinite(value)) return null
  const digits = Math.abs(value) >= 100 ? 0 : 2
  return (
    <span class="lane-value" dir="ltr">
      {number(value, { maximumFractionDigits: digits })}
      {series.unit && <span class="lane-unit"> {series.unit}</span>}
    </span>
  )
}
