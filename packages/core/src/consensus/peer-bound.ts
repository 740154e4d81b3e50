import { onGrid } from './grid.ts'
import type { LatentFit } from './latent-model.ts'

const LEAST_SHARE = 1e-10

/**
 * The bound by which crowd-kit (1.4.1) stops Dawid–Skene, per answer: expected log-likelihood plus entropy, with
 * the share of a label counted once for every answer instead of once for every task. So it can fall while the
 * likelihood rises, and often ends the fit after two rounds: published figures depend on that.
 */
export function peerBound(
  { counts, parameters, states }: Pick<LatentFit, 'counts' | 'parameters' | 'states'>,
  stateCount: number,
  answerCount: number,
): number {
  let sum = 0
  for (let at = 0; at < counts.said.length; at++) {
    const heard = counts.said[at]!
    if (heard > 0) sum += onGrid(heard * (parameters.logSaid[at]! + parameters.logState[at % stateCount]!))
  }
  for (const state of states) {
    const share = Math.max(LEAST_SHARE, state)
    sum -= onGrid(share * Math.log(share))
  }
  return answerCount > 0 ? sum / answerCount : 0
}
