import type { Tx } from '../../platform/tx.ts'
import { type ConsentView, viewOf } from './consent-core.ts'
import { consentsById, consentsOf, shareConsents } from './store.ts'

/** The consents with these ids, as they stand in this transaction. */
export async function readConsentStates(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ConsentView[]> {
  return ids.length === 0 ? [] : (await consentsById(tx, workspaceId, ids)).map(viewOf)
}

/** All consents of a worker that the caller may see, in the order they were asked for. */
export async function listConsentsOf(tx: Tx, workerId: string): Promise<ConsentView[]> {
  return (await consentsOf(tx, workerId)).map(viewOf)
}

/** What this worker answered last to this campaign, or undefined. */
export async function findConsent(
  tx: Tx,
  { campaignId, workerId }: { campaignId: string; workerId: string },
): Promise<ConsentView | undefined> {
  const consents = await listConsentsOf(tx, workerId)
  return consents.findLast((each) => each.campaignId === campaignId)
}

/**
 * The consent under which this worker may record now, held: it cannot end before the transaction does, so whatever ends
 * it afterwards finds what was recorded under it. Undefined when there is none that holds.
 */
export async function holdConsent(
  tx: Tx,
  { campaignId, workerId, now }: { campaignId: string; workerId: string; now: Date },
): Promise<ConsentView | undefined> {
  const last = (await shareConsents(tx, { campaignId, workerId })).map(viewOf).at(-1)
  return last?.holds(now) ? last : undefined
}
