import type { SuiteVersion } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { insertSuiteVersion, latestSuiteVersion, readSuite } from './suite-store.ts'
import { suiteVersionWire } from './suite-wire.ts'

/** The next version as a draft, a copy of the latest; where there is a draft already, that one. */
export function draftSuite(ctx: Ctx, suiteId: string): Promise<SuiteVersion> {
  return write(ctx, async (tx) => {
    may(ctx, 'suite.change')
    const workspaceId = workspaceOf(ctx)
    const { name } = found(await readSuite(tx, workspaceId, suiteId), 'suite')
    const latest = found(await latestSuiteVersion(tx, workspaceId, suiteId), 'suite')
    if (latest.frozen_at === null) {
      recordNothing(tx)
      return suiteVersionWire(name, latest)
    }
    const now = ctx.deps.clock.now()
    const version = latest.version + 1
    const made = await insertSuiteVersion(tx, {
      workspace_id: workspaceId,
      suite_id: suiteId,
      version,
      ontology_id: latest.ontology_id,
      ontology_version: latest.ontology_version,
      content: JSON.stringify(latest.content),
      created_at: now,
      changed_at: now,
    })
    if (!made) return refuse('conflict', 'Somebody else began the next version at this moment. Open theirs.')
    await record(tx, ctx, 'suite.draft', { subject: { kind: 'suite', id: suiteId }, version })
    return suiteVersionWire(name, made)
  })
}
