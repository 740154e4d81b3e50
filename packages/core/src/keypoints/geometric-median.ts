const ROUNDS = 60

/** The point with the least summed distance to `from` … `to` (Weiszfeld 1937), from the median of each axis. */
export function geometricMedian(
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
): readonly [number, number] {
  let [placeX, placeY] = [medianOf(x.slice(from, to)), medianOf(y.slice(from, to))]
  const least = 1e-9 * Math.max(...x.slice(from, to).map((value) => Math.abs(value - placeX))) || 1e-9
  for (let round = 0; round < ROUNDS; round++) {
    let [weight, sumX, sumY] = [0, 0, 0]
    for (let row = from; row < to; row++) {
      const own = 1 / Math.max(least, Math.hypot(x[row]! - placeX, y[row]! - placeY))
      weight += own
      sumX += own * x[row]!
      sumY += own * y[row]!
    }
    placeX = sumX / weight
    placeY = sumY / weight
  }
  return [placeX, placeY]
}

function medianOf(values: Float64Array): number {
  const sorted = values.sort()
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}
