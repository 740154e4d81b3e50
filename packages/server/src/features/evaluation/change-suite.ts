import type { SuiteVersion } from '@chiron/contract'
import type { SuiteContent } from '@chiron/core/suite'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { write } from '../../platform/tx.ts'
import { readOntologyVersion } from '../ontology/index.ts'
import { lockDraft } from './lock-draft.ts'
import { updateSuiteVersion } from './suite-store.ts'
import { suiteVersionWire } from './suite-wire.ts'

interface Change {
  suiteId: string
  version: number
  /** The one that was seen: of two who change it at once one is told. */
  revision: number
  content: SuiteContent
  ontologyVersion?: number | undefined
}

/** Changes a draft as a whole; it need not hold together yet. Refuses `wrong-state` once frozen, `conflict`. */
export function changeSuite(ctx: Ctx, change: Change): Promise<SuiteVersion> {
  return write(ctx, async (tx) => {
    may(ctx, 'suite.change')
    const { suiteId, version, content } = change
    const key = { workspaceId: workspaceOf(ctx), suiteId, version }
    const { name, draft } = await lockDraft(tx, key, change.revision)
    const ontologyVersion = change.ontologyVersion ?? draft.ontology_version
    found(await readOntologyVersion(tx, draft.ontology_id, ontologyVersion), 'version of a vocabulary')
    const changed = await updateSuiteVersion(tx, key, {
      content: JSON.stringify(content),
      ontology_version: ontologyVersion,
      revision: draft.revision + 1,
      changed_at: ctx.deps.clock.now(),
    })
    await record(tx, ctx, 'suite.change', {
      subject: { kind: 'suite', id: suiteId },
      version,
      revision: changed.revision,
      scenarioCount: content.scenarios.length,
    })
    return suiteVersionWire(name, changed)
  })
}
