/** The last sample that is not after the moment. */
export function sampleAt(timesMs: ArrayLike<number>, timeMs: number): number {
  let [low, high] = [0, timesMs.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((timesMs[middle] ?? 0) <= timeMs) low = middle
    else high = middle - 1
  }
  return low
}
