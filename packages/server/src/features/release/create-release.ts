import type { ReleaseOrderFormat } from '@chiron/contract'
import { assert, type ReleaseId } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { readCampaign } from '../campaign/index.ts'
import { insertRelease, lockByName, type ReleaseRow, updateRelease } from './store.ts'

export interface ReleaseOrder {
  campaignId: string
  /** LeRobot when not said; for a name that is there already, what it was ordered as. */
  format?: ReleaseOrderFormat | undefined
  /** Names the folder too: lower-case letters, digits, `.`, `_`, `-`. */
  name: string
}

/**
 * Orders a release of a campaign's accepted episodes; it is built as a job. The same name again gives the same
 * release, and builds one that failed anew. Refuses `not-found`, and `conflict` for a name of another campaign or
 * another format.
 */
export function createRelease(ctx: Ctx, { campaignId, format, name }: ReleaseOrder): Promise<ReleaseRow> {
  return write(ctx, async (tx) => {
    may(ctx, 'release.create')
    const workspaceId = workspaceOf(ctx)
    found(await readCampaign(tx, campaignId), 'campaign')
    const made = await insertRelease(tx, {
      workspace_id: workspaceId,
      id: newId<ReleaseId>(ctx.deps.clock),
      name,
      campaign_id: campaignId,
      format: format ?? 'lerobot',
      state: 'building',
      created_at: ctx.deps.clock.now(),
    })
    const standing = made ?? (await lockByName(tx, workspaceId, name))
    assert(standing !== undefined, 'the name is taken by something')
    if (standing.campaign_id !== campaignId)
      refuse('conflict', `“${name}” is a release of another campaign. Choose another name.`, { name })
    if (format !== undefined && standing.format !== format)
      refuse('conflict', `“${name}” was ordered as ${standing.format}. Choose another name for ${format}.`, {
        name,
      })
    if (!made && standing.state !== 'failed') {
      recordNothing(tx)
      return standing
    }
    const key = { workspaceId, id: standing.id }
    const release =
      made ?? (await updateRelease(tx, key, { state: 'building', failure: null, attempt_count: 0 }))
    await record(tx, ctx, 'release.create', {
      subject: { kind: 'release', id: release.id },
      releaseId: release.id,
      campaignId,
      format: release.format,
    })
    return release
  })
}
