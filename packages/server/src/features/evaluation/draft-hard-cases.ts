import type { SuiteVersion } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { write } from '../../platform/tx.ts'
import { insertSuiteVersion, latestSuiteVersion, readSuite, readSuiteVersion } from './suite-store.ts'
import { contentOf, suiteVersionWire } from './suite-wire.ts'

interface HardCases {
  suiteId: string
  version: number
  scenarioKeys: readonly string[]
}

/**
 * The next version as a draft that holds these scenarios of a version alone, everything else as there. A draft that is
 * there already is somebody's work and is not written over (`conflict`). Refuses `bad-input` for keys it has not.
 */
export function draftHardCases(
  ctx: Ctx,
  { suiteId, version, scenarioKeys }: HardCases,
): Promise<SuiteVersion> {
  return write(ctx, async (tx) => {
    may(ctx, 'suite.change')
    const workspaceId = workspaceOf(ctx)
    const { name } = found(await readSuite(tx, workspaceId, suiteId), 'suite')
    const of = found(await readSuiteVersion(tx, { workspaceId, suiteId, version }), 'version of the suite')
    const latest = found(await latestSuiteVersion(tx, workspaceId, suiteId), 'suite')
    if (latest.frozen_at === null)
      refuse('conflict', `There is a draft already, version ${latest.version}: freeze it first.`, {
        version: latest.version,
      })
    const content = contentOf(of)
    const scenarios = content.scenarios.filter(({ key }) => scenarioKeys.includes(key))
    if (scenarios.length < new Set(scenarioKeys).size)
      refuse('bad-input', 'Not all of these are scenarios of that version.')
    const now = ctx.deps.clock.now()
    const made = await insertSuiteVersion(tx, {
      workspace_id: workspaceId,
      suite_id: suiteId,
      version: latest.version + 1,
      ontology_id: of.ontology_id,
      ontology_version: of.ontology_version,
      content: JSON.stringify({ ...content, scenarios }),
      created_at: now,
      changed_at: now,
    })
    if (!made) return refuse('conflict', 'Somebody else began the next version at this moment. Open theirs.')
    const scenarioCount = scenarios.length
    const subject = { kind: 'suite', id: suiteId }
    await record(tx, ctx, 'suite.draft', {
      subject,
      version: made.version,
      ofVersion: version,
      scenarioCount,
    })
    return suiteVersionWire(name, made)
  })
}
