/** A series for drawing; a null value is a gap. */
export type ThinSeries = { readonly timesMs: number[]; readonly values: (number | null)[] }

/**
 * At most about `points` samples of a series that draw the same line: of each span of samples the lowest and the
 * highest, in their order, and the first and last of all. Fewer samples than that stay as they are.
 */
export function thinSeries(timesMs: Float64Array, values: Float64Array, points: number): ThinSeries {
  const thin: ThinSeries = { timesMs: [], values: [] }
  const add = (at: number): void => {
    const value = values[at] as number
    thin.timesMs.push(timesMs[at] as number)
    thin.values.push(Number.isNaN(value) ? null : value)
  }
  const count = values.length
  if (count <= points) {
    for (let at = 0; at < count; at++) add(at)
    return thin
  }
  const spans = Math.max(1, Math.floor((points - 2) / 2))
  for (let span = 0; span < spans; span++) {
    const from = Math.floor((span * count) / spans)
    const to = Math.floor(((span + 1) * count) / spans)
    for (const at of extremes(values, from, to, { first: span === 0, last: span === spans - 1 })) add(at)
  }
  return thin
}

function extremes(
  values: Float64Array,
  from: number,
  to: number,
  ends: { first: boolean; last: boolean },
): number[] {
  let [low, high] = [from, from]
  for (let at = from; at < to; at++) {
    const value = values[at] as number
    if (value < (values[low] as number) || Number.isNaN(values[low] as number)) low = at
    if (value > (values[high] as number) || Number.isNaN(values[high] as number)) high = at
  }
  const kept = new Set([low, high, ...(ends.first ? [from] : []), ...(ends.last ? [to - 1] : [])])
  return [...kept].sort((a, b) => a - b)
}
