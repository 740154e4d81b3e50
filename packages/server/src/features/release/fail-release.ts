import { Refusal } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { clearReleaseEpisodes, lockRelease, updateRelease } from './store.ts'

interface Failed {
  releaseId: string
  builder: string
  cause: Error
}

/** Writes down why a release could not be built, in words for the team. Ordering it again tries again. */
export function failRelease(ctx: Ctx, { releaseId, builder, cause }: Failed): Promise<void> {
  const isRefusal = cause instanceof Refusal
  const failure = isRefusal
    ? cause.message
    : 'Something broke while the release was built. No recording was harmed; please order it again.'
  const excluded = isRefusal && Array.isArray(cause.facts.excluded) ? cause.facts.excluded : []
  if (!isRefusal) ctx.deps.log.error({ releaseId, cause: String(cause.stack) }, 'release failed')
  return write(ctx, async (tx) => {
    may(ctx, 'release.fail')
    const key = { workspaceId: workspaceOf(ctx), id: releaseId }
    const release = await lockRelease(tx, key)
    if (release?.state !== 'building' || release.builder !== builder) return recordNothing(tx)
    await clearReleaseEpisodes(tx, key)
    await updateRelease(tx, key, {
      state: 'failed',
      failure,
      excluded: JSON.stringify(excluded),
      builder: null,
      building_until: null,
    })
    await record(tx, ctx, 'release.fail', {
      subject: { kind: 'release', id: releaseId },
      releaseId,
      campaignId: release.campaign_id,
      code: isRefusal ? cause.code : 'server-fault',
    })
  })
}
