import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { IconButton } from '../controls/IconButton.tsx'
import { Select } from '../controls/Select.tsx'
import { useKeys } from '../controls/use-keys.ts'
import { useI18n } from '../i18n/context.tsx'
import { formatClipTime } from '../i18n/formats.ts'
import { type Clip, ClipFrame } from './ClipFrame.tsx'
import type { FrameClock } from './frame-clock.ts'
import { Lanes } from './Lanes.tsx'
import { edgeFrames, type Lane, type LaneSpan, nextEdge, spanAt } from './lane.ts'
import { nextSpeed, type Playback, type PlaybackState, SPEEDS } from './playback.ts'
import { Scrubber } from './Scrubber.tsx'
import { type ClipTiming, usePlayback } from './use-playback.ts'

type EpisodePlayerProps = ClipTiming & {
  /** One clip, or two that run on one clock. */
  clips: readonly [Clip] | readonly [Clip, Clip]
  lanes?: readonly Lane[]
  /** Drawn over the first clip’s picture, for the moment that is shown. */
  overlay?: ((timeMs: number) => ComponentChildren) | undefined
  /** Where to be. An app may echo onFrame back; a value of its own is a seek. */
  currentFrame?: number
  /** A frame came on the screen. */
  onFrame?: (frame: number) => void
  onSpan?: (span: LaneSpan, lane: Lane) => void
  /** Keys work on the whole page; default true. Off for a second player on one page. */
  keys?: boolean
}

const NO_LANES: readonly Lane[] = []

/**
 * Plays one or two clips frame by frame, with lanes on the same time axis.
 * Space plays, `,` `.` step a frame, `[` `]` go to span edges, `<` `>` change speed, `l` repeats a span.
 */
export function EpisodePlayer(props: EpisodePlayerProps) {
  const { clips, lanes = NO_LANES, keys = true, onSpan } = props
  const { t } = useI18n()
  const clipKey = clips.map((clip) => clip.src).join(' ')
  const { clock, playback, state } = usePlayback({ ...props, clipKey })
  const edges = useMemo(() => edgeFrames(lanes, clock), [lanes, clock])
  const acts = playerActs({ playback, clock, lanes, edges })
  useKeys(
    keys
      ? [
          { keys: ' ', label: t('ui.player.play'), run: playback.toggle },
          { keys: ',', label: t('ui.player.previousFrame'), run: () => playback.step(-1) },
          { keys: '.', label: t('ui.player.nextFrame'), run: () => playback.step(1) },
          { keys: '[', label: t('ui.player.previousEdge'), run: () => acts.edge(-1) },
          { keys: ']', label: t('ui.player.nextEdge'), run: () => acts.edge(1) },
          { keys: '<', label: t('ui.player.slower'), run: () => acts.speed(-1) },
          { keys: '>', label: t('ui.player.faster'), run: () => acts.speed(1) },
          { keys: 'l', label: t('ui.player.loop'), run: acts.loop },
        ]
      : [],
  )
  return (
    <section
      class={lanes.length > 0 ? 'player' : 'player player-bare'}
      aria-label={t('ui.player.group')}
      style={{ '--playhead': playheadRatio(clock, state) }}
    >
      <div class={clips.length === 2 ? 'player-clips player-clips-two' : 'player-clips'}>
        {clips.map((clip, place) => (
          <ClipFrame
            key={`${place} ${clip.src}`}
            clip={clip}
            place={place}
            playback={playback}
            state={state}
            inStep={clips.length === 2}
            onPress={playback.toggle}
          >
            {place === 0 && props.overlay?.(clock.startMs(state.frame))}
          </ClipFrame>
        ))}
      </div>
      <div class="player-axis">
        <div class="lane">
          <div class="lane-label" />
          <Scrubber clock={clock} state={state} playback={playback}>
            {state.loop && <LoopRange clock={clock} state={state} />}
          </Scrubber>
        </div>
        {lanes.length > 0 && (
          <Lanes lanes={lanes} clock={clock} playback={playback} frame={state.frame} onSpan={onSpan} />
        )}
      </div>
      <PlayerControls {...{ clock, playback, state, acts, hasEdges: edges.length > 0 }} />
    </section>
  )
}

/** The middle of the frame's time as a share of the clip: where the playhead stands. */
export function playheadRatio(clock: FrameClock, state: PlaybackState): string {
  const startMs = clock.startMs(state.frame)
  const endMs = state.frame + 1 < clock.frameCount ? clock.startMs(state.frame + 1) : clock.durationMs
  return String((startMs + endMs) / 2 / clock.durationMs)
}

type Acts = { edge: (way: 1 | -1) => void; speed: (way: 1 | -1) => void; loop: () => void }

function playerActs(of: {
  playback: Playback
  clock: FrameClock
  lanes: readonly Lane[]
  edges: readonly number[]
}): Acts {
  const { playback, clock, lanes, edges } = of
  return {
    edge: (way) => {
      playback.pause()
      playback.seek(nextEdge(edges, playback.state().frame, way, clock.frameCount))
    },
    speed: (way) => playback.setSpeed(nextSpeed(playback.state().speed, way)),
    loop: () => {
      const { loop, frame } = playback.state()
      const span = loop ? null : spanAt(lanes, clock.startMs(frame))
      const toFrame = span ? clock.frameAtMs(span.toMs) : clock.frameCount - 1
      playback.setLoop(loop ? null : { fromFrame: span ? clock.frameAtMs(span.fromMs) : 0, toFrame })
    },
  }
}

function LoopRange({ clock, state }: { clock: FrameClock; state: PlaybackState }) {
  const { fromFrame, toFrame } = state.loop ?? { fromFrame: 0, toFrame: 0 }
  const from = clock.startMs(fromFrame) / clock.durationMs
  const to = clock.startMs(toFrame) / clock.durationMs
  return (
    <div
      class="scrubber-loop"
      style={{ insetInlineStart: `${from * 100}%`, inlineSize: `${(to - from) * 100}%` }}
    />
  )
}

type PlayerControlsProps = {
  clock: FrameClock
  playback: Playback
  state: PlaybackState
  acts: Acts
  hasEdges: boolean
}

function PlayerControls({ clock, playback, state, acts, hasEdges }: PlayerControlsProps) {
  const { t, number } = useI18n()
  // Pressing a button with the mouse leaves the focus where it was, so that Space goes on playing.
  const keepFocus = (event: MouseEvent) => event.preventDefault()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus from moving
    <div
      class="player-controls"
      dir="ltr"
      onMouseDown={(event) => !isField(event.target) && keepFocus(event)}
    >
      <div class="player-buttons">
        {hasEdges && (
          <IconButton
            icon="edge-back"
            label={t('ui.player.previousEdge')}
            keys="["
            onClick={() => acts.edge(-1)}
          />
        )}
        <IconButton
          icon="frame-back"
          label={t('ui.player.previousFrame')}
          keys=","
          onClick={() => playback.step(-1)}
        />
        <IconButton
          icon={state.playing ? 'pause' : 'play'}
          label={t(state.playing ? 'ui.player.pause' : 'ui.player.play')}
          keys="Space"
          kind="secondary"
          onClick={playback.toggle}
        />
        <IconButton
          icon="frame-forward"
          label={t('ui.player.nextFrame')}
          keys="."
          onClick={() => playback.step(1)}
        />
        {hasEdges && (
          <IconButton
            icon="edge-forward"
            label={t('ui.player.nextEdge')}
            keys="]"
            onClick={() => acts.edge(1)}
          />
        )}
        <IconButton
          icon="loop"
          label={t(state.loop ? 'ui.player.loopOff' : 'ui.player.loop')}
          keys="l"
          aria-pressed={state.loop !== null}
          onClick={acts.loop}
        />
      </div>
      <div class="player-place figure">
        <span>{formatClipTime(clock.startMs(state.frame))}</span>
        <span class="quiet" dir="auto">
          {t('ui.player.frame', { frame: state.frame + 1, count: clock.frameCount })}
        </span>
      </div>
      <div class="player-speed">
        <Select
          value={String(state.speed)}
          onValue={(speed) => playback.setSpeed(Number(speed))}
          options={SPEEDS.map((speed) => ({ value: String(speed), label: `${number(speed)}×` }))}
          aria-label={t('ui.player.speed', { speed: number(state.speed) })}
        />
      </div>
    </div>
  )
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('select, input') !== null
}
