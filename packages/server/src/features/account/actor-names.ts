import { isUuid } from '@chiron/core/kit'
import type { Tx } from '../../platform/tx.ts'
import { namesOf } from './store.ts'

/** How the team reads who did something: members and keys by name, workers by their pseudonym. */
export async function actorNames(
  tx: Tx,
  workspaceId: string,
  actorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(actorIds)].filter(isUuid)
  const rows = ids.length === 0 ? [] : await namesOf(tx, workspaceId, ids)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
