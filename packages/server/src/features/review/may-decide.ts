import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { isQuarantinedFor, readEpisode } from '../media/index.ts'
import { decidersOf, type ReviewRow } from './store.ts'

const DECIDING_ROLES = ['owner', 'manager', 'reviewer']

/**
 * Whether the caller may decide this review: a person of the team (WR-11), for an appeal one who took no part in the
 * first decision (WR-16), and where a face was seen one who may look (REV-5).
 */
export async function mayDecide(tx: Tx, ctx: Ctx, review: ReviewRow): Promise<boolean> {
  const { actor } = ctx
  if (actor.kind !== 'member' || !DECIDING_ROLES.includes(actor.role)) return false
  if (review.barred_member_id === actor.id) return false
  if (await isKeptFrom(tx, ctx, review)) return false
  return review.why !== 'appeal' || !(await decidersOf(tx, review)).has(actor.id)
}

/** Whether the recording is quarantined and the caller none of those who may see it. */
export async function isKeptFrom(tx: Tx, ctx: Ctx, review: ReviewRow): Promise<boolean> {
  if (review.episode_id === null) return false
  const episode = await readEpisode(tx, { workspaceId: review.workspace_id, id: review.episode_id })
  return episode !== undefined && isQuarantinedFor(ctx, episode)
}
