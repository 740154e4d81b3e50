import type { ConsensusPriors } from './learn.ts'

/** A new worker is two thirds right with the weight of three answers: two who agree are not yet 95% sure. */
export const DEFAULT_PRIORS: ConsensusPriors = { correct: 2, wrong: 1, labels: 4 }
