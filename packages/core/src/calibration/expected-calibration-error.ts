/** One bar of a calibration plot: tasks whose best label has a probability in the bin. */
export type CalibrationBin = {
  readonly count: number
  readonly confidence: number
  readonly accuracy: number
}

/**
 * The bars of a calibration plot, equal bins of the best label's probability, and the expected calibration
 * error: the mean gap between confidence and accuracy, 0 to 1 (Guo and others, ICML 2017). Only tasks with a
 * known label count; a tie is right by its share.
 */
export function calibrationError(
  posteriors: Float64Array,
  labelCount: number,
  gold: Int32Array,
  binCount = 10,
) {
  const bins = Array.from({ length: binCount }, () => ({ count: 0, confidence: 0, accuracy: 0 }))
  let total = 0
  for (let task = 0; task < gold.length; task++) {
    if (gold[task]! < 0) continue
    const row = posteriors.subarray(task * labelCount, (task + 1) * labelCount)
    const best = row.reduce((most, share) => Math.max(most, share), 0)
    const tied = row.reduce((count, share) => count + (share === best ? 1 : 0), 0)
    const bin = bins[Math.min(binCount - 1, Math.floor(best * binCount))]!
    bin.count++
    bin.confidence += best
    if (row[gold[task]!] === best) bin.accuracy += 1 / tied
    total++
  }
  const gap = bins.reduce((sum, { confidence, accuracy }) => sum + Math.abs(confidence - accuracy), 0)
  return {
    error: total > 0 ? gap / total : 0,
    bins: bins.map(({ count, confidence, accuracy }): CalibrationBin => {
      return { count, confidence: count ? confidence / count : 0, accuracy: count ? accuracy / count : 0 }
    }),
  }
}
