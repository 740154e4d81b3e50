import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { decidersOf, type ReviewRow } from './store.ts'

const DECIDING_ROLES = ['owner', 'manager', 'reviewer']

/**
 * Whether the caller may decide this review: a person of the team (WR-11), and for an appeal one who took no part in
 * the first decision (WR-16).
 */
export async function mayDecide(tx: Tx, { actor }: Ctx, review: ReviewRow): Promise<boolean> {
  if (actor.kind !== 'member' || !DECIDING_ROLES.includes(actor.role)) return false
  if (review.barred_member_id === actor.id) return false
  return review.why !== 'appeal' || !(await decidersOf(tx, review)).has(actor.id)
}
