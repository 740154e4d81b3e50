import type { VerdictBasis } from '@chiron/contract'
import type { Tx } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import { lastVerdictAbout } from './posterior-of.ts'
import type { Foundation, VerdictRow } from './store.ts'

/** What a verdict rests on, by pseudonym (VRD-11); null where no answers led to it. */
export async function verdictBasisOf(
  tx: Tx,
  workspaceId: string,
  verdict: Pick<VerdictRow, 'rests_on'> | undefined,
): Promise<VerdictBasis | null> {
  if (!verdict) return null
  const { answerCount, knownCount, leading, sureness, sureAt, pushes } =
    verdict.rests_on as unknown as Foundation
  if (pushes === undefined) return null
  const names = await pseudonymsOf(
    tx,
    workspaceId,
    pushes.map(({ worker }) => worker),
  )
  return {
    answerCount,
    knownCount: knownCount ?? 0,
    leading: leading ?? null,
    sureness: sureness ?? null,
    sureAt: sureAt ?? null,
    answers: pushes.map(({ worker, label, odds }) => {
      return { workerPseudonym: names.get(worker) ?? '', label, odds }
    }),
  }
}

/** The same for the latest question about an episode. */
export async function basisOf(tx: Tx, about: { workspaceId: string; episodeId: string }) {
  return verdictBasisOf(tx, about.workspaceId, await lastVerdictAbout(tx, about))
}
