import type { HeardAnswer } from '@chiron/core/crowd'
import { kinds } from '@chiron/core/kinds'
import type { CampaignRow } from '../campaign/index.ts'

/** The question of a campaign that decides, with its labels and how to read an answer to it. */
export interface Spoken {
  labels: readonly string[]
  /** The label that an answer gives to that question; undefined where it was not asked. */
  labelOf(answer: unknown): string | undefined
}

/** Undefined where answers are not weighed: recordings, or a flow without answers. */
export function spokenOf({ kind: kindName, config, flow }: CampaignRow): Spoken | undefined {
  if (!flow.answers) return undefined
  const kind = kinds[kindName]
  const question = kind.verdictQuestion(config)
  const labels = kind.labelSets(config).find((set) => set.question === question)?.labels
  if (!labels) return undefined
  return {
    labels,
    labelOf: (answer) => kind.labels(config, answer).find((each) => each.question === question)?.label,
  }
}

interface Row {
  worker_id: string
  answer: unknown
}

export const heardOf = ({ labels, labelOf }: Spoken, rows: readonly Row[]): HeardAnswer[] =>
  rows.flatMap((row): HeardAnswer[] => {
    const label = labelOf(row.answer)
    return label === undefined ? [] : [[row.worker_id, labels.indexOf(label)]]
  })
