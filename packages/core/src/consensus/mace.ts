import { type Aggregate, bestLabels, type FitOptions } from './aggregate.ts'
import type { AnswerSet } from './answer-set.ts'
import { diceOf, workerColours } from './colours.ts'
import { normaliseLogs, onGrid, SNAP } from './grid.ts'
import { digamma } from './special-functions.ts'

export type MaceOptions = FitOptions & { readonly restarts?: number }

const NOISE = 0.5
const COMPETENCE_PSEUDO = 0.5
const STRATEGY_PSEUDO = 10

type Model = { logKnow: Float64Array; logGuess: Float64Array; logSpam: Float64Array }

/**
 * MACE: a worker either knows and says the true label, or spams and says a label by habit. Hovy,
 * Berg-Kirkpatrick, Vaswani and Hovy, "Learning whom to trust with MACE" (NAACL 2013), by variational
 * Bayes, in log space. Of `restarts` random beginnings (10), the one under which the answers are likeliest.
 * Beginnings are thrown from what workers did, so that rows, names and labels may come in any order.
 */
export function mace(set: AnswerSet, options: MaceOptions = {}): Aggregate {
  const { restarts = 10, maxIterations = 50, tolerance = 1e-6, gold } = options
  const colours = workerColours(set)
  let best: Aggregate | undefined
  for (let restart = 0; restart < restarts; restart++) {
    const fitted = fitMace(set, beginning(set, colours, restart), { gold, maxIterations, tolerance })
    if (!best || fitted.logLikelihood > best.logLikelihood) best = fitted
  }
  return best!
}

function beginning(set: AnswerSet, colours: Uint32Array, restart: number): Model {
  const labelCount = set.labels.length
  const know = new Float64Array(colours.length)
  const guess = new Float64Array(colours.length * labelCount).fill(-Math.log(labelCount))
  const spam = new Float64Array(colours.length)
  for (let at = 0; at < colours.length; at++) {
    const known = 1 + NOISE * diceOf(colours[at]!, restart, 0)
    const spammed = 1 + NOISE * diceOf(colours[at]!, restart, 1)
    know[at] = Math.log(known / (known + spammed))
    spam[at] = Math.log(spammed / (known + spammed))
  }
  return { logKnow: know, logGuess: guess, logSpam: spam }
}

type Limits = { gold: Int32Array | undefined; maxIterations: number; tolerance: number }

function fitMace(set: AnswerSet, begin: Model, { gold, maxIterations, tolerance }: Limits): Aggregate {
  const labelCount = set.labels.length
  const posteriors = new Float64Array(set.taskNames.length * labelCount)
  const counts = { know: new Float64Array(begin.logKnow.length), spam: begin.logGuess.slice() }
  let model = begin
  let iterations = 0
  let step = { change: Number.POSITIVE_INFINITY, logLikelihood: Number.NaN }
  while (iterations < maxIterations && step.change > tolerance) {
    step = passMace(set, model, { posteriors, counts, gold })
    model = learnMace(counts, labelCount)
    iterations++
  }
  const workers = model.logKnow.map((_, at) => {
    let spam = 0
    for (let each = 0; each < labelCount; each++) spam += counts.spam[at * labelCount + each]!
    return (counts.know[at]! + COMPETENCE_PSEUDO) / (counts.know[at]! + spam + 2 * COMPETENCE_PSEUDO)
  })
  const labels = bestLabels(posteriors, labelCount)
  const { change, logLikelihood } = step
  return { labels, posteriors, workers, logLikelihood, iterations, hasConverged: change <= tolerance }
}

type Working = {
  posteriors: Float64Array
  counts: { know: Float64Array; spam: Float64Array }
  gold: Int32Array | undefined
}

/** One round: posteriors in place, and how often each worker knew, or spammed with which label. */
function passMace(set: AnswerSet, model: Model, { posteriors, counts, gold }: Working) {
  const { taskStart, worker, label, weight } = set
  const labelCount = set.labels.length
  const logs = new Float64Array(labelCount)
  const { logOfSpam, logRatio, knowShare } = perSaid(model, labelCount)
  counts.know.fill(0)
  counts.spam.fill(0)
  let [change, logLikelihood] = [0, 0]
  for (let at = 0; at + 1 < taskStart.length; at++) {
    const from = at * labelCount
    logs.fill(onGrid(-Math.log(labelCount)))
    let common = 0
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
      const cell = worker[row]! * labelCount + label[row]!
      const vote = weight ? weight[row]! : 1
      common += vote * logOfSpam[cell]! + SNAP - SNAP
      logs[label[row]!]! += vote * logRatio[cell]! + SNAP - SNAP
    }
    const known = gold ? gold[at]! : -1
    if (known >= 0) for (let each = 0; each < labelCount; each++) if (each !== known) logs[each] = -Infinity
    logLikelihood += onGrid(common + normaliseLogs(logs, 0, labelCount))
    for (let each = 0; each < labelCount; each++) {
      change = Math.max(change, Math.abs(logs[each]! - posteriors[from + each]!))
      posteriors[from + each] = logs[each]!
    }
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
      const cell = worker[row]! * labelCount + label[row]!
      const vote = weight ? weight[row]! : 1
      const knew = vote * logs[label[row]!]! * knowShare[cell]! + SNAP - SNAP
      counts.know[worker[row]!]! += knew
      counts.spam[cell]! += vote - knew
    }
  }
  return { change, logLikelihood }
}

/** For each worker and label said: the log-chance when spamming, what knowing adds, and the share of knowing. */
function perSaid({ logKnow, logGuess, logSpam }: Model, labelCount: number) {
  const logOfSpam = logGuess.map((guess, cell) => onGrid(logSpam[Math.floor(cell / labelCount)]! + guess))
  const odds = logOfSpam.map((spam, cell) => Math.exp(logKnow[Math.floor(cell / labelCount)]! - spam))
  return {
    logOfSpam,
    logRatio: odds.map((ratio) => onGrid(Math.log1p(ratio))),
    knowShare: odds.map((ratio) => ratio / (1 + ratio)),
  }
}

function learnMace({ know, spam }: { know: Float64Array; spam: Float64Array }, labelCount: number): Model {
  const spammed = know.map((_, at) => {
    let sum = 0
    for (let each = 0; each < labelCount; each++) sum += spam[at * labelCount + each]!
    return sum
  })
  const logTotal = know.map((count, at) => digamma(count + spammed[at]! + 2 * COMPETENCE_PSEUDO))
  return {
    logKnow: know.map((count, at) => digamma(count + COMPETENCE_PSEUDO) - logTotal[at]!),
    logSpam: spammed.map((count, at) => digamma(count + COMPETENCE_PSEUDO) - logTotal[at]!),
    logGuess: spam.map((count, cell) => {
      const total = spammed[Math.floor(cell / labelCount)]! + labelCount * STRATEGY_PSEUDO
      return digamma(count + STRATEGY_PSEUDO) - digamma(total)
    }),
  }
}
