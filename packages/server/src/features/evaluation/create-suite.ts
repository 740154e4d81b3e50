import type { SuiteVersion } from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import type { SuiteContent } from '@chiron/core/suite'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { write } from '../../platform/tx.ts'
import { readOntologyVersion } from '../ontology/index.ts'
import { insertSuite, insertSuiteVersion } from './suite-store.ts'
import { suiteVersionWire } from './suite-wire.ts'

interface NewSuite {
  name: string
  ontologyId: string
  ontologyVersion: number
}

/** A suite with an empty draft; every outcome and failure of the ontology may be answered until somebody chooses. */
export function createSuite(ctx: Ctx, order: NewSuite): Promise<SuiteVersion> {
  return write(ctx, async (tx) => {
    may(ctx, 'suite.create')
    const workspaceId = workspaceOf(ctx)
    const { name, ontologyId, ontologyVersion } = order
    const ontology = found(
      await readOntologyVersion(tx, ontologyId, ontologyVersion),
      'version of a vocabulary',
    )
    const idsOf = (kind: 'outcome' | 'failure') =>
      ontology.terms.filter((term) => term.kind === kind).map(({ id }) => id)
    const content: SuiteContent = {
      factors: [],
      impossible: [],
      scenarios: [],
      criteria: { success: { en: 'The task is done as asked.' }, milestones: [], timeLimitMs: null },
      outcomeIds: idsOf('outcome').slice(0, 50),
      failureIds: idsOf('failure').slice(0, 200),
    }
    const { clock } = ctx.deps
    const [id, now] = [newId(clock), clock.now()]
    if (!(await insertSuite(tx, { workspace_id: workspaceId, id, name, created_at: now })))
      refuse('conflict', `There is a suite named “${name}” already.`, { name })
    const version = await insertSuiteVersion(tx, {
      workspace_id: workspaceId,
      suite_id: id,
      version: 1,
      ontology_id: ontologyId,
      ontology_version: ontologyVersion,
      content: JSON.stringify(content),
      created_at: now,
      changed_at: now,
    })
    assert(version !== undefined, 'a new suite has no version yet')
    await record(tx, ctx, 'suite.create', { subject: { kind: 'suite', id }, ontologyId, ontologyVersion })
    return suiteVersionWire(name, version)
  })
}
