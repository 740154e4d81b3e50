import type { SuiteVersion } from '@chiron/contract'
import { signSuite, suiteFaults } from '@chiron/core/suite'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { write } from '../../platform/tx.ts'
import { readOntologyVersion } from '../ontology/index.ts'
import { lockDraft } from './lock-draft.ts'
import { suiteSigner } from './suite-key.ts'
import { updateSuiteVersion } from './suite-store.ts'
import { contentOf, suiteVersionWire } from './suite-wire.ts'

const FAULTS_SHOWN = 20

interface Freeze {
  suiteId: string
  version: number
  revision: number
}

/**
 * Freezes and signs a draft, whole, with the terms it refers to. Refuses `suite-faulty` with each fault, `wrong-state`,
 * `conflict`.
 */
export function freezeSuite(ctx: Ctx, { suiteId, version, revision }: Freeze): Promise<SuiteVersion> {
  return write(ctx, async (tx) => {
    may(ctx, 'suite.freeze')
    const key = { workspaceId: workspaceOf(ctx), suiteId, version }
    const { name, draft } = await lockDraft(tx, key, revision)
    const content = contentOf(draft)
    const [id, ontologyVersion] = [draft.ontology_id, draft.ontology_version]
    const { terms } = found(await readOntologyVersion(tx, id, ontologyVersion), 'version of a vocabulary')
    const faults = suiteFaults(content, terms)
    if (faults.length > 0) {
      const words = faults.slice(0, FAULTS_SHOWN).map(({ why }) => why)
      refuse('suite-faulty', words.join(' '), {
        faults: faults.slice(0, FAULTS_SHOWN),
        faultCount: faults.length,
      })
    }
    const used = new Set([
      ...content.outcomeIds,
      ...content.failureIds,
      ...content.factors.flatMap(({ levels }) => levels.flatMap(({ termId }) => termId ?? [])),
    ])
    const { signer, publicKey } = await suiteSigner(tx, ctx)
    const now = ctx.deps.clock.now()
    const { envelope, sha256 } = signSuite(
      {
        suiteId,
        name,
        version,
        frozenAt: now.toISOString(),
        signedBy: publicKey,
        ontology: { id, version: ontologyVersion },
        terms: terms.filter((term) => used.has(term.id)),
        content,
      },
      signer,
    )
    const frozen = await updateSuiteVersion(tx, key, { envelope, sha256, frozen_at: now, changed_at: now })
    const subject = { kind: 'suite', id: suiteId }
    await record(tx, ctx, 'suite.freeze', { subject, version, sha256 })
    return suiteVersionWire(name, frozen)
  })
}
