import {
  type AnswerSet,
  answerSetOfColumns,
  exchangeAnswers,
  type RunningConsensus,
  voteShares,
  weighedVotes,
} from '../consensus/index.ts'
import { compareStrings } from '../kit/index.ts'
import { withOneVoice } from '../workers/index.ts'
import {
  type CrowdModel,
  type HeardAnswer,
  type ModelState,
  type Push,
  type TaskBelief,
  type TaskReading,
  unknownWorker,
  type WorkerState,
} from './crowd-model.ts'

type WorkerStates = ReadonlyMap<string, WorkerState>

export type TaskInput = {
  readonly model: CrowdModel
  /** Of everybody who answered the task; who is missing is not known yet. */
  readonly workers: WorkerStates
  /** What was believed before; undefined for a task nobody has heard of. */
  readonly before: TaskBelief | undefined
  /** All answers about the task now. */
  readonly answers: readonly HeardAnswer[]
  /** A label that a member stated. */
  readonly known?: string | undefined
}

export type Weighed = {
  readonly model: CrowdModel
  readonly workers: WorkerStates
  readonly belief: TaskBelief
}

/**
 * Weighs one task anew without reading any other: its old part is taken out of the counts of the crowd and of its
 * workers, and its answers as they are now are put in, up to a fixed point (`exchangeAnswers`, incremental EM). Cost:
 * the answers about this task. Gives all that has changed.
 */
export function weighTask({ model, workers, before, answers, known }: TaskInput): Weighed {
  const old = before ?? { fixed: [], learned: [], heard: [] }
  const names = namesOf([...old.heard, ...answers])
  const sets = { before: setOf(model, names, old.heard), after: setOf(model, names, answers) }
  const moved = (kind: 'fixed' | 'learned') =>
    exchangeAnswers(
      running({ model, kind, workers, names, set: sets.before, posterior: old[kind], known }),
      sets.after,
    )
  const [fixed, learned] = [moved('fixed'), moved('learned')]
  const block = model.labels.length ** 2
  const states = names.map((name, at): [string, WorkerState] => {
    const said = (of: RunningConsensus) => [...of.said.subarray(at * block, (at + 1) * block)]
    const goldOf = workers.get(name)?.goldAccuracy ?? null
    return [name, { fixed: said(fixed), learned: said(learned), goldAccuracy: goldOf }]
  })
  return {
    model: {
      ...model,
      fixed: { ...model.fixed, state: [...fixed.state] },
      learned: { ...model.learned, state: [...learned.state] },
      answersSinceFit: model.answersSinceFit + Math.max(0, answers.length - old.heard.length),
    },
    workers: new Map(states),
    belief: { fixed: [...fixed.posteriors], learned: [...learned.posteriors], heard: answers },
  }
}

/** What the answers about a task say together, from what is believed now. */
export function readTask(of: {
  model: CrowdModel
  workers: WorkerStates
  belief: TaskBelief
  known?: string | undefined
}): TaskReading {
  const { model, workers, belief, known } = of
  const { labels } = model
  const names = namesOf(belief.heard)
  const set = setOf(model, names, belief.heard)
  const votes = votesOf(model, workers, { set, names })
  const pooled = labels.map((label, at) => {
    if (known !== undefined) return label === known ? 1 : 0
    const models = belief.fixed[at]! * model.fixed.share + belief.learned[at]! * model.learned.share
    return votes[at]! * model.votesShare + models
  })
  const best = leading(pooled)
  const rival = leading(pooled.map((share, at) => (at === best ? -1 : share)))
  return {
    posterior: Object.fromEntries(labels.map((label, at) => [label, pooled[at]!])),
    label: labels[best]!,
    probability: pooled[best]!,
    sureness: Math.min(belief.fixed[best]!, belief.learned[best]!),
    pushes: pushesOf({ model, workers, belief }, { set, names, best, rival }),
  }
}

function namesOf(answers: readonly HeardAnswer[]): string[] {
  return [...new Set(answers.map(([worker]) => worker))].sort(compareStrings)
}

function setOf({ labels, copiers }: CrowdModel, names: readonly string[], answers: readonly HeardAnswer[]) {
  const at = new Map(names.map((name, place) => [name, place]))
  const set = answerSetOfColumns({
    labels,
    taskNames: ['task'],
    workerNames: names,
    task: new Int32Array(answers.length),
    worker: Int32Array.from(answers, ([worker]) => at.get(worker)!),
    label: Uint8Array.from(answers, ([, label]) => label),
  })
  const groups = copiers.map((group) => group.flatMap((name) => at.get(name) ?? []))
  return withOneVoice(
    set,
    groups.filter((group) => group.length > 1),
  )
}

function running(of: {
  model: CrowdModel
  kind: 'fixed' | 'learned'
  workers: WorkerStates
  names: readonly string[]
  set: AnswerSet
  posterior: readonly number[]
  known: string | undefined
}): RunningConsensus {
  const { model, kind, workers, names, set, posterior, known } = of
  const labelCount = model.labels.length
  const { pseudo, labelPseudo, state } = model[kind]
  const posteriors = new Float64Array(labelCount)
  posteriors.set(posterior)
  return {
    set,
    posteriors,
    said: Float64Array.from(names.flatMap((name) => (workers.get(name) ?? unknownWorker(labelCount))[kind])),
    state: Float64Array.from(state),
    taskAt: new Map([['task', 0]]),
    workerAt: new Map(names.map((name, at) => [name, at])),
    gold: new Map(known === undefined ? [] : [['task', known]]),
    prior: { pseudo: Float64Array.from(pseudo), labels: labelPseudo },
    answersSinceFit: 0,
  }
}

function votesOf(
  { goldAccuracy }: CrowdModel,
  workers: WorkerStates,
  { set, names }: { set: AnswerSet; names: readonly string[] },
): Float64Array {
  if (goldAccuracy === null) return voteShares(set)
  return weighedVotes(
    set,
    Float64Array.from(names, (name) => workers.get(name)?.goldAccuracy ?? goldAccuracy),
  )
}

/** The first of the greatest. */
const leading = (shares: readonly number[]): number => shares.indexOf(Math.max(...shares))

/** Per worker, the mean of both models' likelihood ratios, to the power of the vote's weight. */
function pushesOf(
  { model, workers, belief }: { model: CrowdModel; workers: WorkerStates; belief: TaskBelief },
  { set, names, best, rival }: { set: AnswerSet; names: readonly string[]; best: number; rival: number },
): Push[] {
  const { labels } = model
  const weightOf = new Map<string, number>()
  for (let row = 0; row < set.worker.length; row++)
    weightOf.set(`${set.worker[row]} ${set.label[row]}`, set.weight ? set.weight[row]! : 1)
  const seen = new Set<string>()
  const pushes = belief.heard.flatMap(([worker, said]): Push[] => {
    const key = `${names.indexOf(worker)} ${said}`
    if (seen.has(key)) return []
    seen.add(key)
    const state = workers.get(worker) ?? unknownWorker(labels.length)
    const logs = (['fixed', 'learned'] as const).map((kind) => {
      const chance = chanceOf(model[kind], state[kind], labels.length)
      return Math.log(chance(said, best) / chance(said, rival))
    })
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
    return [{ worker, label: labels[said]!, odds: Math.exp(mean * (weightOf.get(key) ?? 1)) }]
  })
  return pushes.sort((a, b) => compareStrings(a.worker, b.worker) || compareStrings(a.label, b.label))
}

function chanceOf({ pseudo }: ModelState, counts: readonly number[], labelCount: number) {
  const cell = (said: number, truth: number) =>
    counts[said * labelCount + truth]! + pseudo[said * labelCount + truth]!
  return (said: number, truth: number) => {
    let total = 0
    for (let each = 0; each < labelCount; each++) total += cell(each, truth)
    return cell(said, truth) / total
  }
}
