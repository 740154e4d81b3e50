import type { LaneSeries } from './lane.ts'

/** A drawn series never has more columns than this: each keeps its least and greatest value. */
const MAX_COLUMNS = 600

export const SERIES_WIDTH = 1000
export const SERIES_HEIGHT = 100

export type Scale = { min: number; max: number }

/** The ends of a series' scale, with its limits inside. A flat series gets room above and below. */
export function seriesScale(series: LaneSeries): Scale {
  const seen = [...series.values.filter(Number.isFinite), ...Object.values(series.limits ?? {})]
  const min = series.min ?? seen.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const max = series.max ?? seen.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  if (!Number.isFinite(min) || !Number.isFinite(max)) return { min: 0, max: 1 }
  return min < max ? { min, max } : { min: min - 0.5, max: max + 0.5 }
}

/** The height of a value in the drawing, 0 at the top; held inside it. */
export function heightOf(value: number, { min, max }: Scale): number {
  const ratio = Math.min(1, Math.max(0, (value - min) / (max - min)))
  return SERIES_HEIGHT * (1 - ratio)
}

/** The SVG path of a series over the clip's length; gaps where values are not finite. */
export function seriesPath(series: LaneSeries, durationMs: number): string {
  const scale = seriesScale(series)
  const points = thinned(series, durationMs)
  let path = ''
  let pen = 'M'
  for (const { timeMs, value } of points) {
    if (!Number.isFinite(value)) {
      pen = 'M'
      continue
    }
    const x = (timeMs / durationMs) * SERIES_WIDTH
    path += `${pen}${x.toFixed(1)} ${heightOf(value, scale).toFixed(1)}`
    pen = 'L'
  }
  return path
}

type Point = { timeMs: number; value: number }

function thinned({ timesMs, values }: LaneSeries, durationMs: number): Point[] {
  const points = timesMs.map((timeMs, at) => ({ timeMs, value: values[at] ?? Number.NaN }))
  if (points.length <= MAX_COLUMNS * 2) return points
  const columns: Point[][] = []
  for (const point of points) {
    const column = Math.max(0, Math.floor((point.timeMs / durationMs) * MAX_COLUMNS))
    const held = columns[column]
    if (held) held.push(point)
    else columns[column] = [point]
  }
  return columns.flatMap(extremes)
}

function extremes(points: readonly Point[]): Point[] {
  const finite = points.filter(({ value }) => Number.isFinite(value))
  if (finite.length < 2) return [...points.slice(0, 1)]
  const least = finite.reduce((a, b) => (b.value < a.value ? b : a))
  const most = finite.reduce((a, b) => (b.value > a.value ? b : a))
  return least.timeMs <= most.timeMs ? [least, most] : [most, least]
}

/** The value of a series standing at a moment; null before its first. */
export function valueAt({ timesMs, values }: LaneSeries, timeMs: number): number | null {
  let found: number | null = null
  for (let at = 0; at < timesMs.length && (timesMs[at] ?? 0) <= timeMs + 1e-6; at += 1)
    found = values[at] ?? null
  return found
}
