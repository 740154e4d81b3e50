import type { Tx } from '../../platform/tx.ts'
import { readConsentStates } from '../consent/index.ts'

/** Which of these consents hold now. Whatever cannot be shown to hold does not (reads fail closed). */
export async function heldConsents(
  tx: Tx,
  workspaceId: string,
  rows: readonly { consent_id: string }[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(rows.map((row) => row.consent_id))]
  if (ids.length === 0) return new Set()
  const consents = await readConsentStates(tx, workspaceId, ids)
  return new Set(consents.filter((consent) => consent.holds(now)).map((consent) => consent.id))
}
