import type { OntologyVersion, Term } from '@chiron/contract'
import { ontologyDiff } from '@chiron/core/ontology'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { write } from '../../platform/tx.ts'
import { checkedTerms } from './checked-terms.ts'
import { insertVersion, latestVersion } from './store.ts'

/** The next version of a vocabulary. Earlier ones stay as they are: answers refer to them. */
export function reviseOntology(
  ctx: Ctx,
  { ontologyId, terms }: { ontologyId: string; terms: readonly Term[] },
): Promise<OntologyVersion> {
  return write(ctx, async (tx) => {
    may(ctx, 'ontology.revise')
    const checked = checkedTerms(terms)
    const workspaceId = workspaceOf(ctx)
    const latest = found(await latestVersion(tx, workspaceId, ontologyId), 'ontology')
    const diff = ontologyDiff(latest.terms as unknown as Term[], checked)
    const now = ctx.deps.clock.now()
    const version = latest.version + 1
    if (!(await insertVersion(tx, { workspaceId, ontologyId, version, terms: checked, now })))
      refuse(
        'conflict',
        'Somebody else revised this vocabulary at the same moment. Look at theirs and try again.',
      )
    await record(tx, ctx, 'ontology.revise', {
      subject: { kind: 'ontology', id: ontologyId },
      version,
      addedCount: diff.added.length,
      removedCount: diff.removed.length,
      changedCount: diff.changed.length,
    })
    return { ontologyId, name: latest.name, version, createdAt: now.toISOString(), terms: checked }
  })
}
