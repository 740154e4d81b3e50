import type { Ctx } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { listConsentsOf } from '../consent/index.ts'
import type { UploadPurpose } from './take-file.ts'

/**
 * The workspace an upload belongs to. A member's is their own; a worker's is that of the campaign whose consent they
 * gave: without consent not a byte is taken. Refuses `consent-missing`, `not-allowed`, `bad-input`.
 */
export async function uploadWorkspace(
  ctx: Ctx,
  { purpose, campaignId }: { purpose: UploadPurpose; campaignId: string | undefined },
): Promise<string> {
  const { actor, workspaceId, deps } = ctx
  if (actor.kind !== 'worker')
    return workspaceId ?? refuse('not-allowed', 'Only people of a workspace upload.')
  if (purpose !== 'episode')
    return refuse('not-allowed', 'Only the team uploads this; workers upload recordings.')
  const consents = await read(ctx, (tx) => listConsentsOf(tx, actor.id))
  const now = deps.clock.now()
  const held = consents.filter(
    (consent) => consent.holds(now) && (campaignId === undefined || consent.campaignId === campaignId),
  )
  const [first, ...others] = [...new Set(held.map((consent) => consent.workspaceId))]
  if (first === undefined)
    return refuse('consent-missing', 'Please read and agree to what the recording is for, then send it.')
  if (others.length > 0)
    return refuse('bad-input', 'You work for several teams: name the campaign in the metadata `campaignId`.')
  return first
}
