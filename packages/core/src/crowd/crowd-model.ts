/**
 * One of the two models behind `auto` as plain numbers: `pseudo[said × labels + true]` answers that every worker
 * starts with, `labelPseudo` tasks that every label starts with, `state[true]` tasks counted so far, `share` of the say.
 */
export type ModelState = {
  readonly pseudo: readonly number[]
  readonly labelPseudo: number
  readonly state: readonly number[]
  readonly share: number
}

/**
 * What is believed of a crowd as a whole: with the counts of the workers and the belief about one task it is all that
 * is needed to weigh that task anew. Plain data, made to be kept.
 */
export type CrowdModel = {
  readonly labels: readonly string[]
  readonly votesShare: number
  readonly fixed: ModelState
  readonly learned: ModelState
  /** The share of right answers on gold of a worker nobody knows; null where there is no gold. */
  readonly goldAccuracy: number | null
  /** Workers who copy each other or one source: a group has one voice. */
  readonly copiers: readonly (readonly string[])[]
  /** Tasks whose label a member stated, held in the fit. */
  readonly knownCount: number
  readonly answersAtFit: number
  readonly answersSinceFit: number
}

/** A worker's expected counts in both models, `[said × labels + true]`, and their accuracy on gold where known. */
export type WorkerState = {
  readonly fixed: readonly number[]
  readonly learned: readonly number[]
  readonly goldAccuracy: number | null
}

/** Who said what, by position of the label. */
export type HeardAnswer = readonly [worker: string, label: number]

/** What both models believe of a task, and the answers this rests on. */
export type TaskBelief = {
  readonly fixed: readonly number[]
  readonly learned: readonly number[]
  readonly heard: readonly HeardAnswer[]
}

/** A worker's answer and what it did: `odds`: how much likelier it made the leading label against its strongest rival. */
export type Push = { readonly worker: string; readonly label: string; readonly odds: number }

/**
 * What the answers about a task say together. `probability`: of `label`, as `auto` gives it; `sureness`: what the less
 * sure of the two models grants it; `pushes`: sorted by worker.
 */
export type TaskReading = {
  readonly posterior: Readonly<Record<string, number>>
  readonly label: string
  readonly probability: number
  readonly sureness: number
  readonly pushes: readonly Push[]
}

/** Up to so many answers everything is fitted anew each time: it costs nothing yet. */
export const REFIT_BELOW_ANSWERS = 400
/** Beyond, when the answers since the last fit exceed this part of those it rested on. */
export const REFIT_AFTER_RATIO = 0.05

/** Whether `freshCount` more answers want a full fit rather than an update (CRW-3). */
export function isRefitDue(model: CrowdModel | undefined, freshCount: number): boolean {
  if (!model) return true
  const sinceFit = model.answersSinceFit + freshCount
  return (
    model.answersAtFit + sinceFit <= REFIT_BELOW_ANSWERS || sinceFit > model.answersAtFit * REFIT_AFTER_RATIO
  )
}

/** A worker of whom nothing is known yet. */
export function unknownWorker(labelCount: number): WorkerState {
  const none = new Array<number>(labelCount * labelCount).fill(0)
  return { fixed: none, learned: none, goldAccuracy: null }
}
