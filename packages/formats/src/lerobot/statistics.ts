import { assert } from '@chiron/core/kit'

export const QUANTILES = { q01: 0.01, q10: 0.1, q50: 0.5, q90: 0.9, q99: 0.99 } as const
type QuantileName = keyof typeof QUANTILES
const QUANTILE_NAMES = Object.keys(QUANTILES) as QuantileName[]

/**
 * Statistics of a feature, one number per dimension (vectors) or per RGB channel (pictures, 0 … 1).
 * `std` divides by n. `count` is frames.
 */
export type FeatureStatistics = {
  min: number[]
  max: number[]
  mean: number[]
  std: number[]
  count: number
} & Record<QuantileName, number[]>

/** How often each of the 256 levels occurs, for red, green and blue, over `frameCount` pictures. */
export type ColourHistogram = { frameCount: number; levels: [Float64Array, Float64Array, Float64Array] }

/**
 * Statistics of a vector feature; each row is one frame. Quantile q is the ⌈q·n⌉-th smallest value. Rows of NaN are gaps and do
 * not count; where there are only gaps, `count` is 0 and the rest NaN.
 */
export function vectorStatistics(rows: readonly ArrayLike<number>[]): FeatureStatistics {
  assert(rows.length > 0, 'statistics need at least one frame')
  const size = (rows[0] as ArrayLike<number>).length
  const known = rows.filter((row) => !Number.isNaN(row[0]))
  const columns = Array.from({ length: size }, (_, dimension) =>
    describe(Float64Array.from(known, (row) => row[dimension] as number)),
  )
  return { ...transpose(columns), count: known.length }
}

type Description = { min: number; max: number; mean: number; std: number } & Record<QuantileName, number>

function describe(values: Float64Array): Description {
  const sorted = values.slice().sort()
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
  return { min: at(0), max: at(1), mean, std: Math.sqrt(variance), ...byQuantile(at) }
}

/** An empty histogram, to add pictures to. */
export function emptyHistogram(): ColourHistogram {
  return { frameCount: 0, levels: [new Float64Array(256), new Float64Array(256), new Float64Array(256)] }
}

/** Adds one RGB picture (3 bytes a pixel) to a histogram, in place. */
export function addPicture(histogram: ColourHistogram, rgb: Uint8Array): void {
  const [red, green, blue] = histogram.levels
  for (let at = 0; at + 2 < rgb.length; at += 3) {
    red[rgb[at] as number]!++
    green[rgb[at + 1] as number]!++
    blue[rgb[at + 2] as number]!++
  }
  histogram.frameCount++
}

/** Adds the pictures of another histogram, in place: statistics of a whole set are exact. */
export function addHistogram(histogram: ColourHistogram, other: ColourHistogram): void {
  histogram.levels.forEach((levels, channel) => {
    const added = other.levels[channel] as Float64Array
    for (let level = 0; level < 256; level++) levels[level]! += added[level] as number
  })
  histogram.frameCount += other.frameCount
}

/** Statistics of pictures, per channel, levels as 0 … 1. */
export function pictureStatistics(histogram: ColourHistogram): FeatureStatistics {
  assert(histogram.frameCount > 0, 'statistics need at least one picture')
  return { ...transpose(histogram.levels.map(describeLevels)), count: histogram.frameCount }
}

function describeLevels(levels: Float64Array): Description {
  const total = levels.reduce((sum, count) => sum + count, 0)
  const moment = (of: (level: number) => number) =>
    levels.reduce((sum, count, level) => sum + count * of(level / 255), 0) / total
  const at = (share: number) => {
    const wanted = Math.max(1, Math.ceil(share * total))
    let level = 0
    for (let seen = levels[0] as number; seen < wanted; seen += levels[level] as number) level++
    return level / 255
  }
  const mean = moment((value) => value)
  return {
    min: at(0),
    max: at(1),
    mean,
    std: Math.sqrt(moment((value) => (value - mean) ** 2)),
    ...byQuantile(at),
  }
}

/**
 * Joins the statistics of episodes. All but the quantiles are exact; those are the means of the episodes'
 * quantiles weighted by frames, which is how LeRobot joins sets too.
 */
export function joinStatistics(all: readonly FeatureStatistics[]): FeatureStatistics {
  assert(all.length > 0, 'nothing to join')
  const known = all.filter(({ count }) => count > 0)
  const parts = known.length > 0 ? known : all.slice(0, 1)
  const first = parts[0] as FeatureStatistics
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  const columns = first.mean.map((_, dimension): Description => {
    const weighted = (of: (part: FeatureStatistics) => number) =>
      parts.reduce((sum, part) => sum + of(part) * part.count, 0) / count
    const mean = weighted((part) => part.mean[dimension] as number)
    const variance = weighted((part) => part.std[dimension]! ** 2 + (part.mean[dimension]! - mean) ** 2)
    const quantiles = QUANTILE_NAMES.map((name) => [
      name,
      weighted((part) => part[name][dimension] as number),
    ])
    return {
      min: parts.reduce((least, part) => Math.min(least, part.min[dimension] as number), Infinity),
      max: parts.reduce((most, part) => Math.max(most, part.max[dimension] as number), -Infinity),
      mean,
      std: Math.sqrt(variance),
      ...(Object.fromEntries(quantiles) as Record<QuantileName, number>),
    }
  })
  return { ...transpose(columns), count }
}

function byQuantile(at: (share: number) => number): Record<QuantileName, number> {
  const entries = QUANTILE_NAMES.map((name) => [name, at(QUANTILES[name])])
  return Object.fromEntries(entries) as Record<QuantileName, number>
}

function transpose(columns: readonly Description[]): Omit<FeatureStatistics, 'count'> {
  const names = ['min', 'max', 'mean', 'std', ...QUANTILE_NAMES] as const
  const entries = names.map((name) => [name, columns.map((column) => column[name])])
  return Object.fromEntries(entries) as Omit<FeatureStatistics, 'count'>
}
