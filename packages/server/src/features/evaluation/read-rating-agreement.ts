import type { leaderboardRoutes, Reply } from '@chiron/contract'
import { krippendorffAlpha } from '@chiron/core/agreement'
import { groupBy } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { type ComparedWorld, newestMarks } from '../submission/index.ts'
import { readSuiteVersion } from './suite-store.ts'

/** Rollouts a scale's agreement is told by, the newest: a sample, so that the cost has an end. */
export const MAX_AGREED_ROLLOUTS = 500
const BOOTSTRAPS = 400

/** How far those who rated the same rollouts agree, scale by scale: Krippendorff's alpha of grades. */
export function readRatingAgreement(
  ctx: Ctx,
  { suiteId, version, world }: { suiteId: string; version: number; world: ComparedWorld },
): Promise<Reply<typeof leaderboardRoutes.ratingAgreement>> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    found(await readSuiteVersion(tx, { workspaceId, suiteId, version }), 'version of the suite')
    const of = { workspaceId, suiteId, suiteVersion: version, world }
    const rows = await newestMarks(tx, of, MAX_AGREED_ROLLOUTS)
    const items = [...groupBy(rows, ({ scaleId }) => scaleId)].map(([scaleId, ofScale]) => {
      // Alpha asks who rated nothing: within a rollout each mark is somebody's.
      const ratings = ofScale.flatMap(({ rolloutId, marks }) =>
        marks.map((value, at) => ({ task: rolloutId, worker: `${at}`, value })),
      )
      const options = { level: 'ordinal', bootstrapCount: BOOTSTRAPS, seed: scaleId } as const
      const { alpha, interval, taskCount, ratingCount } = krippendorffAlpha(ratings, options)
      const [low, high] = [interval?.low ?? null, interval?.high ?? null]
      return { scaleId, alpha, low, high, rolloutCount: taskCount, ratingCount }
    })
    return { items }
  })
}
