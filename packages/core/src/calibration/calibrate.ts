import { onGrid } from '../consensus/index.ts'
import { assert } from '../kit/index.ts'
import { calibrationError } from './expected-calibration-error.ts'

/** Confidence c becomes σ(slope · logit c + shift). `isRaw`: gold gave no reason to change anything. */
export type Calibration = {
  readonly slope: number
  readonly shift: number
  readonly isRaw: boolean
  readonly goldCount: number
}

/** Beyond this log-odds a model's certainty says nothing more (3.3e-4 from certain). */
const MOST_LOGIT = 8
/** Standard deviation of the priors on the logarithm of the slope and on the shift. */
const PRIOR_SPREAD = 1
/** Twice the gain in log-likelihood that two parameters reach by chance once in a hundred. */
const CHANCE_GAIN = 9.21
/** Standard deviations that chance exceeds once in twenty. */
const CHANCE_ERROR = 1.645
const MIN_GOLD = 10
const ROUNDS = 50

export type CalibrationInput = {
  /** `[task × labelCount + label]`, learned without holding the gold they are calibrated by. */
  readonly posteriors: Float64Array
  readonly labelCount: number
  /** Known label per task, -1 for none. */
  readonly gold: Int32Array
}

/**
 * Learns from gold how sure to be: Platt's scaling (1999) of the best label's log-odds, with priors at no
 * change. Kept only where gold speaks for it beyond chance (likelihood-ratio test at
 * 1%), the calibration error on gold is larger than that of a calibrated model would be by chance (5%), and it
 * becomes smaller by more than a standard error; else raw.
 */
export function learnCalibration({ posteriors, labelCount, gold }: CalibrationInput): Calibration {
  assert(posteriors.length === gold.length * labelCount, 'one gold entry per task')
  const [logits, right]: [number[], number[]] = [[], []]
  for (let task = 0; task < gold.length; task++) {
    if (gold[task]! < 0) continue
    const { top, share, tied } = topOf(posteriors, task * labelCount, labelCount)
    logits.push(logitOf(share))
    const isAmong = posteriors[task * labelCount + gold[task]!] === posteriors[task * labelCount + top]
    right.push(isAmong ? 1 / tied : 0)
  }
  const raw = { slope: 1, shift: 0, isRaw: true, goldCount: logits.length }
  if (logits.length < MIN_GOLD) return raw
  const fitted = fitScaling(logits, right)
  const gain = 2 * (logLikelihood(logits, right, fitted) - logLikelihood(logits, right, raw))
  const changed = { ...fitted, isRaw: false, goldCount: logits.length }
  if (gain <= CHANCE_GAIN || !isOff(posteriors, labelCount, gold)) return raw
  const errorOf = (each: Float64Array) => calibrationError(each, labelCount, gold).error
  const mean = right.reduce((sum, each) => sum + each, 0) / right.length
  const doubt = Math.sqrt((mean * (1 - mean)) / right.length)
  return errorOf(calibrated(posteriors, labelCount, changed)) + doubt < errorOf(posteriors) ? changed : raw
}

/**
 * Whether the calibration error is larger than chance explains: where a model means what it says, a bar's gap is
 * normal around 0 with the variance of its answers.
 */
function isOff(posteriors: Float64Array, labelCount: number, gold: Int32Array): boolean {
  const { error, bins } = calibrationError(posteriors, labelCount, gold)
  let [total, usual, variance] = [0, 0, 0]
  for (const { count, confidence } of bins) {
    const spread = count * confidence * (1 - confidence)
    total += count
    usual += Math.sqrt((2 / Math.PI) * spread)
    variance += (1 - 2 / Math.PI) * spread
  }
  return error * total > usual + CHANCE_ERROR * Math.sqrt(variance)
}

/**
 * Posteriors with the best label's probability calibrated and the others' in proportion. The best label stays
 * best. New array.
 */
export function calibrated(
  posteriors: Float64Array,
  labelCount: number,
  calibration: Calibration,
): Float64Array {
  const out = posteriors.slice()
  if (calibration.isRaw || labelCount < 2) return out
  for (let from = 0; from < out.length; from += labelCount) {
    const { top, share, tied } = topOf(out, from, labelCount)
    if (tied > 1) continue
    const rest = 1 - share
    const second = secondOf(out, from, labelCount, top)
    const scaled = sigmoid(calibration.slope * logitOf(share) + calibration.shift)
    const ratio = rest > 0 ? second / rest : 1 / (labelCount - 1)
    const held = Math.max(scaled, ratio / (1 + ratio))
    for (let each = from; each < from + labelCount; each++) {
      out[each] = rest > 0 ? (out[each]! * (1 - held)) / rest : (1 - held) / (labelCount - 1)
    }
    out[from + top] = held
  }
  return out
}

type Scaling = { readonly slope: number; readonly shift: number }

/** Newton's method on (log slope, shift), guarded by halving. */
function fitScaling(logits: readonly number[], right: readonly number[]): Scaling {
  let [steepness, shift] = [0, 0]
  const objective = (logSlope: number, at: number) =>
    logLikelihood(logits, right, { slope: Math.exp(logSlope), shift: at }) -
    (logSlope * logSlope + at * at) / (2 * PRIOR_SPREAD ** 2)
  let best = objective(0, 0)
  for (let round = 0; round < ROUNDS; round++) {
    const { first, second, cross, slopeBend, shiftBend } = bends(logits, right, steepness, shift)
    const determinant = slopeBend * shiftBend - cross * cross
    const stepSlope = (first * shiftBend - second * cross) / determinant
    const stepShift = (second * slopeBend - first * cross) / determinant
    let size = 1
    while (size > 1e-6 && objective(steepness + size * stepSlope, shift + size * stepShift) < best) size /= 2
    if (size <= 1e-6) break
    steepness += size * stepSlope
    shift += size * stepShift
    const next = objective(steepness, shift)
    if (next - best < 1e-10) break
    best = next
  }
  return { slope: Math.exp(steepness), shift }
}

function bends(logits: readonly number[], right: readonly number[], logSlope: number, shift: number) {
  const slope = Math.exp(logSlope)
  const precision = 1 / PRIOR_SPREAD ** 2
  let [first, second, cross, slopeBend, shiftBend] = [
    -logSlope * precision,
    -shift * precision,
    0,
    precision,
    precision,
  ]
  for (let at = 0; at < logits.length; at++) {
    const scaled = slope * logits[at]!
    const chance = sigmoid(scaled + shift)
    const spread = chance * (1 - chance)
    first += onGrid((right[at]! - chance) * scaled)
    second += onGrid(right[at]! - chance)
    slopeBend += onGrid(spread * scaled * scaled)
    shiftBend += onGrid(spread)
    cross += onGrid(spread * scaled)
  }
  return { first, second, cross, slopeBend, shiftBend }
}

function logLikelihood(
  logits: readonly number[],
  right: readonly number[],
  { slope, shift }: Scaling,
): number {
  let sum = 0
  for (let at = 0; at < logits.length; at++) {
    const scaled = slope * logits[at]! + shift
    // log σ(x) = −softplus(−x)
    sum += onGrid(right[at]! * scaled - softplus(scaled))
  }
  return sum
}

function topOf(posteriors: Float64Array, from: number, labelCount: number) {
  let [top, tied] = [0, 1]
  for (let each = 1; each < labelCount; each++) {
    if (posteriors[from + each]! > posteriors[from + top]!) [top, tied] = [each, 1]
    else if (posteriors[from + each] === posteriors[from + top]) tied++
  }
  return { top, tied, share: posteriors[from + top]! }
}

function secondOf(posteriors: Float64Array, from: number, labelCount: number, top: number): number {
  let second = 0
  for (let each = 0; each < labelCount; each++) {
    if (each !== top) second = Math.max(second, posteriors[from + each]!)
  }
  return second
}

function logitOf(share: number): number {
  return Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, Math.log(share / (1 - share))))
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}
