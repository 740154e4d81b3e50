import type { OntologyVersion, Term } from '@chiron/contract'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { write } from '../../platform/tx.ts'
import { checkedTerms } from './checked-terms.ts'
import { insertOntology, insertVersion } from './store.ts'

/** A new vocabulary with its version 1. */
export function createOntology(
  ctx: Ctx,
  { name, terms }: { name: string; terms: readonly Term[] },
): Promise<OntologyVersion> {
  return write(ctx, async (tx) => {
    may(ctx, 'ontology.create')
    const checked = checkedTerms(terms)
    const workspaceId = workspaceOf(ctx)
    const { clock } = ctx.deps
    const [id, now] = [newId(clock), clock.now()]
    await insertOntology(tx, { workspace_id: workspaceId, id, name, created_at: now })
    await insertVersion(tx, { workspaceId, ontologyId: id, version: 1, terms: checked, now })
    await record(tx, ctx, 'ontology.create', { subject: { kind: 'ontology', id }, termCount: checked.length })
    return { ontologyId: id, name, version: 1, createdAt: now.toISOString(), terms: checked }
  })
}
