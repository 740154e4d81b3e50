import type { Comparisons } from './comparisons.ts'
import type { Effects } from './effects.ts'

/** The chances of the three outcomes of a comparison. */
export type Outcome = { readonly left: number; readonly tie: number; readonly right: number }

/**
 * Davidson (1970), seen from the sides: left wins in proportion to e^(lead/2), right to e^(-lead/2), a tie to e^tie
 * (Davidson's 2ν). Without ties `tie` is -Infinity: Bradley and Terry (1952).
 */
export function outcomeOf(lead: number, tie: number): Outcome {
  const largest = Math.max(Math.abs(lead) / 2, tie)
  const left = Math.exp(lead / 2 - largest)
  const right = Math.exp(-lead / 2 - largest)
  const even = Math.exp(tie - largest)
  const total = left + right + even
  return { left: left / total, tie: even / total, right: right / total }
}

/** The log-likelihood of each row, its slopes by lead and tie, and what it tells of them (Fisher information). */
export type Slopes = {
  logLikelihood: number
  readonly lead: Float64Array
  readonly byLead: Float64Array
  readonly byTie: Float64Array
  readonly leadLead: Float64Array
  readonly leadTie: Float64Array
  readonly tieTie: Float64Array
}

export function emptySlopes(rowCount: number): Slopes {
  const column = () => new Float64Array(rowCount)
  return {
    logLikelihood: 0,
    lead: column(),
    byLead: column(),
    byTie: column(),
    leadLead: column(),
    leadTie: column(),
    tieTie: column(),
  }
}

/** Looks at every row under the present effects; writes into `slopes`. `lead` is without sides and scale. */
export function takeSlopes(data: Comparisons, effects: Effects, slopes: Slopes): void {
  const { left, right, worker, task } = data
  const { strength, scale, raterSide, raterTie, taskTie, taskStrength, hasTies } = effects
  const itemCount = data.itemNames.length
  slopes.logLikelihood = 0
  for (let row = 0; row < left.length; row++) {
    const [one, other, who, what] = [left[row]!, right[row]!, worker[row]!, task[row]!]
    let lead = strength[one]! - strength[other]!
    let [side, tie, factor] = [effects.side, effects.tie, 1]
    if (what >= 0) {
      lead += taskStrength[what * itemCount + one]! - taskStrength[what * itemCount + other]!
      tie += taskTie[what]!
    }
    if (who >= 0) {
      side += raterSide[who]!
      tie += raterTie[who]!
      factor = scale[who]!
    }
    slopes.lead[row] = lead
    takeRow(data, slopes, row, [factor * lead + side, hasTies ? tie : Number.NEGATIVE_INFINITY])
  }
}

function takeRow(data: Comparisons, slopes: Slopes, row: number, at: readonly [number, number]): void {
  const [lead, tie] = at
  const [leftWins, ties, rightWins] = [data.leftWins[row]!, data.ties[row]!, data.rightWins[row]!]
  const count = leftWins + ties + rightWins
  const half = Math.abs(lead) / 2
  const largest = Math.max(half, tie)
  const ofLeft = Math.exp(lead / 2 - largest)
  const ofRight = Math.exp(-lead / 2 - largest)
  const ofTie = Math.exp(tie - largest)
  const total = ofLeft + ofRight + ofTie
  const even = ofTie / total
  const mean = (ofLeft - ofRight) / total / 2
  const logTotal = largest + Math.log(total)
  slopes.logLikelihood += ((leftWins - rightWins) * lead) / 2 - count * logTotal + (even > 0 ? ties * tie : 0)
  slopes.byLead[row] = (leftWins - rightWins) / 2 - count * mean
  slopes.byTie[row] = even > 0 ? ties - count * even : 0
  slopes.leadLead[row] = count * ((1 - even) / 4 - mean * mean)
  slopes.leadTie[row] = -count * even * mean
  slopes.tieTie[row] = count * even * (1 - even)
}
