import {
  type Answer,
  type AnswerSet,
  type AutoFit,
  answerSet,
  DEFAULT_PRIORS,
  fitAuto,
  goldAccuracy,
  goldOf,
} from '../consensus/index.ts'
import { findCopiers, MAX_COPIER_WORKERS, withOneVoice } from '../workers/index.ts'
import type { CrowdModel, HeardAnswer, ModelState, TaskBelief, WorkerState } from './crowd-model.ts'

export type CrowdFit = {
  readonly model: CrowdModel
  readonly workers: ReadonlyMap<string, WorkerState>
  readonly beliefs: ReadonlyMap<string, TaskBelief>
}

export type CrowdInput = {
  readonly answers: Iterable<Answer>
  readonly labels: readonly string[]
  /** Known labels by task: a member's word. They are held and teach. */
  readonly known?: ReadonlyMap<string, string>
}

/** Tasks that `learnPooled` starts each label with, in `auto`. */
const LEARNED_LABEL_PSEUDO = 1

/**
 * Everything fitted anew: `auto` after copiers were found and given one voice (`judge`), as plain data from which
 * `weighTask` goes on. Crowds of more than 2^14 workers are not searched for copiers.
 */
export function fitCrowd({ answers, labels, known = new Map() }: CrowdInput): CrowdFit {
  const set = answerSet(answers, { labels })
  const gold = goldOf(set, known)
  const hasGold = gold.some((label) => label >= 0)
  const options = hasGold ? { gold } : {}
  const groups = set.workerNames.length <= MAX_COPIER_WORKERS ? findCopiers(set, options).groups : []
  const fit = fitAuto(withOneVoice(set, groups), options)
  const accuracy = hasGold ? goldAccuracy(set, gold) : undefined
  const model: CrowdModel = {
    labels,
    votesShare: fit.aggregate.opinions[0]?.share ?? 1,
    fixed: stateOf(fit, 0, DEFAULT_PRIORS.labels),
    learned: stateOf(fit, 1, LEARNED_LABEL_PSEUDO),
    goldAccuracy: accuracy ? crowdAccuracy(set, gold) : null,
    copiers: groups.map((group) => group.map((at) => set.workerNames[at] ?? '')),
    knownCount: gold.filter((label) => label >= 0).length,
    answersAtFit: set.label.length,
    answersSinceFit: 0,
  }
  return { model, workers: workersOf(set, fit, accuracy), beliefs: beliefsOf(set, fit) }
}

function stateOf({ models, aggregate }: AutoFit, at: number, labelPseudo: number): ModelState {
  const fit = models[at]
  return {
    pseudo: [...(fit?.parameters.pseudo ?? [])],
    labelPseudo,
    state: [...(fit?.counts.state ?? [])],
    share: aggregate.opinions[at + 1]?.share ?? 0,
  }
}

/** What `goldAccuracy` gives somebody who answered no gold. */
function crowdAccuracy(set: AnswerSet, gold: Int32Array): number {
  const nobody = { ...set, workerNames: [...set.workerNames, ''] }
  return goldAccuracy(nobody, gold).at(-1) ?? 0
}

function workersOf(set: AnswerSet, { models }: AutoFit, accuracy: Float64Array | undefined) {
  const block = set.labels.length ** 2
  const saidBy = (model: number, at: number) => [
    ...(models[model]?.counts.said.subarray(at * block, (at + 1) * block) ?? []),
  ]
  return new Map(
    set.workerNames.map((name, at): [string, WorkerState] => {
      return [name, { fixed: saidBy(0, at), learned: saidBy(1, at), goldAccuracy: accuracy?.[at] ?? null }]
    }),
  )
}

function beliefsOf(set: AnswerSet, { models }: AutoFit): ReadonlyMap<string, TaskBelief> {
  const labelCount = set.labels.length
  const stateIn = (model: number, task: number) => [
    ...(models[model]?.states.subarray(task * labelCount, (task + 1) * labelCount) ?? []),
  ]
  return new Map(
    set.taskNames.map((name, task): [string, TaskBelief] => {
      const heard: HeardAnswer[] = []
      for (let row = set.taskStart[task]!; row < set.taskStart[task + 1]!; row++)
        heard.push([set.workerNames[set.worker[row]!] ?? '', set.label[row]!])
      return [name, { fixed: stateIn(0, task), learned: stateIn(1, task), heard }]
    }),
  )
}
