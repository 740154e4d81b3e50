export type Abstention = {
  /** Answer tasks whose best label is at least this probable; above 1: never. */
  readonly sureAt: number
  readonly answeredRatio: number
  /** The upper bound of the share of wrong answers among those given, at the asked level. */
  readonly errorBound: number
}

export type AbstentionInput = {
  readonly posteriors: Float64Array
  readonly labelCount: number
  readonly gold: Int32Array
  readonly maxErrorRatio: number
  /** The chance that the true share of wrong answers is greater all the same. */
  readonly riskRatio?: number
}

/**
 * From which probability to answer so that at most `maxErrorRatio` of the answers given are wrong, as gold
 * shows it: thresholds are tested from the surest down and the last one held is kept (fixed-sequence testing,
 * Angelopoulos and others, "Learn then test", 2021), each by Clopper and Pearson's bound (1934).
 */
export function abstention(input: AbstentionInput): Abstention {
  const { posteriors, labelCount, gold, maxErrorRatio, riskRatio = 0.1 } = input
  const known: { share: number; isRight: boolean }[] = []
  const all: number[] = []
  for (let task = 0; task < gold.length; task++) {
    const row = posteriors.subarray(task * labelCount, (task + 1) * labelCount)
    const share = row.reduce((most, each) => Math.max(most, each), 0)
    all.push(share)
    if (gold[task]! >= 0) known.push({ share, isRight: row[gold[task]!] === share })
  }
  known.sort((a, b) => b.share - a.share)
  let kept = { sureAt: 1 + 1e-9, errorBound: 0 }
  let wrong = 0
  for (const [at, { share, isRight }] of known.entries()) {
    if (!isRight) wrong++
    if (known[at + 1]?.share === share || at + 1 < minTested(maxErrorRatio, riskRatio)) continue
    const errorBound = upperBound(wrong, at + 1, riskRatio)
    if (errorBound > maxErrorRatio) break
    kept = { sureAt: share, errorBound }
  }
  const answered = all.filter((share) => share >= kept.sureAt).length
  return { ...kept, answeredRatio: all.length > 0 ? answered / all.length : 0 }
}

/** With fewer answers even none wrong proves nothing. */
function minTested(maxErrorRatio: number, riskRatio: number): number {
  return Math.log(riskRatio) / Math.log(1 - maxErrorRatio)
}

/** The ratio at which so few wrong of `count` has chance `riskRatio`. */
function upperBound(wrong: number, count: number, riskRatio: number): number {
  if (wrong >= count) return 1
  let [low, high] = [wrong / count, 1]
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2
    if (atMost(wrong, count, middle) > riskRatio) low = middle
    else high = middle
  }
  return high
}

/** The chance of at most `wrong` of `count`, each with chance `ratio`. */
function atMost(wrong: number, count: number, ratio: number): number {
  let term = count * Math.log1p(-ratio)
  let sum = Math.exp(term)
  for (let each = 1; each <= wrong; each++) {
    term += Math.log((count - each + 1) / each) + Math.log(ratio / (1 - ratio))
    sum += Math.exp(term)
  }
  return sum
}
