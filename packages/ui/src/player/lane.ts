import type { IconName } from '../controls/icon-shapes.ts'
import type { Tone } from '../controls/tone.ts'
import type { FrameClock } from './frame-clock.ts'

export type LaneSpan = { id: string; fromMs: number; toMs: number; label?: string; tone?: Tone }
export type LaneMark = { id: string; atMs: number; label: string; tone?: Tone; icon?: IconName }

export type LaneSeries = {
  timesMs: readonly number[]
  values: readonly number[]
  /** Ends of the scale; default those of the values. */
  min?: number
  max?: number
  unit?: string
  /** Drawn as lines: below the first or above the second is not good. */
  limits?: { low?: number; high?: number }
}

/**
 * Something that runs along a clip. `lights` are spans drawn as a traffic light: low and even when good,
 * half high when it needs attention, full and hatched when bad.
 */
export type Lane = { id: string; label: string } & (
  | { kind: 'spans' | 'lights'; data: readonly LaneSpan[] }
  | { kind: 'series'; data: LaneSeries }
  | { kind: 'marks'; data: readonly LaneMark[] }
)

/** The frames where a span begins or just ended and where a mark stands, ascending, each once. */
export function edgeFrames(lanes: readonly Lane[], clock: FrameClock): number[] {
  const frames = new Set<number>()
  for (const lane of lanes) {
    if (lane.kind === 'marks') for (const mark of lane.data) frames.add(clock.frameAtMs(mark.atMs))
    if (lane.kind !== 'spans' && lane.kind !== 'lights') continue
    for (const span of lane.data) {
      frames.add(clock.frameAtMs(span.fromMs))
      frames.add(clock.frameAtMs(span.toMs))
    }
  }
  return [...frames].sort((a, b) => a - b)
}

/** The edge before (-1) or after (1) a frame; the clip's own ends count. */
export function nextEdge(edges: readonly number[], frame: number, way: 1 | -1, frameCount: number): number {
  if (way === 1) return edges.find((edge) => edge > frame) ?? frameCount - 1
  return edges.findLast((edge) => edge < frame) ?? 0
}

/** The shortest span of the lanes that holds a moment: what 'repeat this span' repeats. */
export function spanAt(lanes: readonly Lane[], timeMs: number): LaneSpan | null {
  const holding = lanes.flatMap((lane) =>
    lane.kind === 'spans' || lane.kind === 'lights'
      ? lane.data.filter((span) => span.fromMs <= timeMs + 1e-6 && timeMs < span.toMs)
      : [],
  )
  return holding.reduce<LaneSpan | null>(
    (best, span) => (best && best.toMs - best.fromMs <= span.toMs - span.fromMs ? best : span),
    null,
  )
}
