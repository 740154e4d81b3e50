import { type AnswerSet, answerSet, goldOf, MAX_CONSENSUS_LABELS } from '@chiron/core/consensus'
import { readAnswers, readTruth } from '@chiron/formats/crowd'
import { UsageError } from '../exit.ts'
import { headersOf, readCrowdFile, refuseFaults } from './read-crowd-file.ts'

export interface CrowdOptions {
  columns?: string
  skipMalformed?: boolean
}

/** `known`: labels by position of the task, -1 where nothing is known; `unasked`: known tasks nobody answered. */
export interface Categorical {
  set: AnswerSet
  known: Int32Array
  knownCount: number
  unasked: number
}

/** Answers, and known labels where there is a file of them. @throws UsageError, DoesNotHold */
export async function readCategorical(
  answersFile: string,
  truthFile: string | undefined,
  { columns, skipMalformed }: CrowdOptions,
): Promise<Categorical> {
  const headers = headersOf(columns, ['task', 'worker', 'label'])
  const answers = readAnswers(await readCrowdFile(answersFile), headers)
  refuseFaults(answersFile, answers.faults, skipMalformed)
  if (answers.rows.length === 0) throw new UsageError(`${answersFile} holds no answers.`)
  const known = await knownLabels(truthFile, skipMalformed)
  const labels = [...new Set([...answers.rows.map(({ label }) => label), ...known.values()])].sort()
  if (labels.length > MAX_CONSENSUS_LABELS)
    throw new UsageError(
      `There are ${labels.length} different labels, and up to ${MAX_CONSENSUS_LABELS} can be aggregated. ` +
        'Are they numbers? Then --type numeric.',
    )
  const set = answerSet(answers.rows, { labels })
  const there = new Set(set.taskNames)
  const unasked = [...known.keys()].filter((task) => !there.has(task)).length
  return { set, known: goldOf(set, known), knownCount: known.size - unasked, unasked }
}

async function knownLabels(file: string | undefined, skipMalformed: boolean | undefined) {
  if (file === undefined) return new Map<string, string>()
  const { known, faults } = readTruth(await readCrowdFile(file))
  refuseFaults(file, faults, skipMalformed)
  return known
}
