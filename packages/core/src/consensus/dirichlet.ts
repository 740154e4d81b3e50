import { onGrid } from './grid.ts'
import type { Learn } from './latent-model.ts'
import { logShares } from './learn.ts'
import { digamma } from './special-functions.ts'

const SMALLEST = 1e-3
const LARGEST = 1e3
/** What one imagined worker did before any was heard: right four times in five. */
const IMAGINED_RIGHT = 4
const IMAGINED_WRONG = 1

/**
 * Confusion matrices shrunk towards the crowd's: every worker's row is drawn from a Dirichlet distribution
 * whose mean and strength are themselves learned from all workers, one step of Minka's fixed point per round
 * ("Estimating a Dirichlet distribution", 2000; the pooled prior is that of Kim and Ghahramani's Bayesian
 * classifier combination, AISTATS 2012). Workers with few answers lean on the crowd, and the crowd tells how
 * much. `labelPseudo`: tasks that every label starts with.
 */
export function learnPooled(labelCount: number, labelPseudo: number): Learn {
  const prior = new Float64Array(labelCount * labelCount)
  const wrongEach = labelCount > 1 ? IMAGINED_WRONG / (labelCount - 1) : 0
  for (let said = 0; said < labelCount; said++) {
    for (let truth = 0; truth < labelCount; truth++) {
      prior[said * labelCount + truth] = said === truth ? IMAGINED_RIGHT : wrongEach
    }
  }
  const imagined = prior.slice()
  return ({ said, state }) => {
    for (let truth = 0; truth < labelCount; truth++) stepPrior({ said, prior, imagined, truth, labelCount })
    const logSaid = new Float64Array(said.length)
    const block = labelCount * labelCount
    for (let from = 0; from < said.length; from += block) {
      for (let truth = 0; truth < labelCount; truth++) {
        let total = 0
        for (let at = truth; at < block; at += labelCount) total += onGrid(said[from + at]! + prior[at]!)
        const logTotal = Math.log(total)
        for (let at = truth; at < block; at += labelCount) {
          logSaid[from + at] = Math.log(said[from + at]! + prior[at]!) - logTotal
        }
      }
    }
    return { logSaid, logState: logShares(state, labelPseudo, Math.log), pseudo: prior }
  }
}

type Step = {
  said: Float64Array
  prior: Float64Array
  imagined: Float64Array
  truth: number
  labelCount: number
}

function stepPrior({ said, prior, imagined, truth, labelCount }: Step): void {
  const block = labelCount * labelCount
  let strength = 0
  for (let at = truth; at < block; at += labelCount) strength += onGrid(prior[at]!)
  const atStrength = digamma(strength)
  const atPrior = prior.map((pseudo) => (pseudo > 0 ? digamma(pseudo) : 0))
  const pull = new Float64Array(block)
  let heard = 0
  for (let from = 0; from < said.length; from += block) {
    let total = 0
    for (let at = truth; at < block; at += labelCount) {
      const count = said[from + at]!
      total += count
      if (count > 0) pull[at]! += onGrid(digamma(count + prior[at]!) - atPrior[at]!)
    }
    if (total > 0) heard += onGrid(digamma(total + strength) - atStrength)
  }
  for (let at = truth; at < block; at += labelCount) {
    const next = (prior[at]! * pull[at]! + imagined[at]!) / (heard + 1)
    prior[at] = Math.max(SMALLEST, Math.min(LARGEST, next))
  }
}
