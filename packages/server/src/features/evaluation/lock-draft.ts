import { found, refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { lockSuiteVersion, readSuite, type SuiteVersionRow, type VersionKey } from './suite-store.ts'

/** The draft of a suite, held until the transaction ends. Refuses `wrong-state` when frozen, `conflict` when changed. */
export async function lockDraft(
  tx: Tx,
  key: VersionKey,
  revision: number,
): Promise<{ name: string; draft: SuiteVersionRow }> {
  const { name } = found(await readSuite(tx, key.workspaceId, key.suiteId), 'suite')
  const draft = found(await lockSuiteVersion(tx, key), 'version of the suite')
  if (draft.frozen_at !== null)
    refuse('wrong-state', `Version ${key.version} is frozen and never changes. Begin the next one.`)
  if (draft.revision !== revision)
    refuse(
      'conflict',
      'Somebody else changed this draft meanwhile. Load it again; your words are still here.',
      {
        revision: draft.revision,
      },
    )
  return { name, draft }
}
