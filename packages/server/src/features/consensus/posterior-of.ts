import { choosesTerms } from '@chiron/core/kinds'
import { sortBy } from '@chiron/core/kit'
import type { Tx } from '../../platform/tx.ts'
import { tasksAbout } from '../task/index.ts'
import { type VerdictRow, verdictsOf } from './store.ts'

export interface LabelProbability {
  label: string
  probability: number
}

/** The verdict of the question about an episode that was told last. */
export async function lastVerdictAbout(
  tx: Tx,
  { workspaceId, episodeId }: { workspaceId: string; episodeId: string },
): Promise<VerdictRow | undefined> {
  const tasks = await tasksAbout(tx, workspaceId, episodeId)
  const verdicts = await verdictsOf(
    tx,
    workspaceId,
    tasks.filter(({ kind }) => choosesTerms(kind)).map(({ id }) => id),
  )
  return sortBy(verdicts, (verdict) => verdict.updated_at.getTime()).at(-1)
}

/** What the answers about an episode say together, likeliest first; empty while there are too few of them. */
export async function posteriorOf(
  tx: Tx,
  about: { workspaceId: string; episodeId: string },
): Promise<LabelProbability[]> {
  const last = await lastVerdictAbout(tx, about)
  return last ? ranked(last.posterior as Record<string, number>) : []
}

export const ranked = (posterior: Readonly<Record<string, number>>): LabelProbability[] =>
  sortBy(
    Object.entries(posterior).map(([label, probability]) => ({ label, probability })),
    ({ probability }) => -probability,
    ({ label }) => label,
  )
