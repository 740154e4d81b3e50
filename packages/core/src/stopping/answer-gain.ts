/** How far ahead a purchase is looked at. */
const MAX_AHEAD = 12
const MOST_ACCURATE = 0.98

export type GainInput = {
  /** The probability of the best label and of its strongest rival. */
  readonly share: number
  readonly runnerUp: number
  /** Of a usual answer. */
  readonly accuracy: number
  readonly labelCount: number
  /** How many more answers could be had. */
  readonly leftCount: number
}

/**
 * What one more answer is worth: the greatest gain in the chance of being right per answer, over buying one, two
 * or more of them (the knowledge gradient for batches, KG(*): Frazier and Powell, Decision Analysis 2010). One
 * answer alone can never overturn a strong majority; several can. Answers for third labels are left out.
 */
export function answerGain({ share, runnerUp, accuracy, labelCount, leftCount }: GainInput): number {
  const wrongEach = labelCount > 1 ? (1 - accuracy) / (labelCount - 1) : 0
  const right = Math.min(MOST_ACCURATE, Math.max(0.5, accuracy / (accuracy + wrongEach)))
  const [logRight, logWrong] = [Math.log(right), Math.log(1 - right)]
  let best = 0
  for (let count = 1; count <= Math.min(MAX_AHEAD, leftCount); count++) {
    let [gain, logWays] = [0, 0]
    for (let votes = 0; votes <= count; votes++) {
      if (votes > 0) logWays += Math.log((count - votes + 1) / votes)
      const kept = share * Math.exp(logWays + votes * logRight + (count - votes) * logWrong)
      const turned = runnerUp * Math.exp(logWays + votes * logWrong + (count - votes) * logRight)
      gain += Math.max(0, turned - kept)
    }
    best = Math.max(best, gain / count)
  }
  return best
}
