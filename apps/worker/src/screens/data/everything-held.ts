import {
  accountRoutes,
  calibrationRoutes,
  consentRoutes,
  mediaRoutes,
  payRoutes,
  reviewRoutes,
  submissionRoutes,
} from '@chiron/contract'
import { client } from '../../data/client.ts'

/** More pages than anybody fills; a guard against a server that never ends. */
const MAX_PAGES = 500

/** Everything the server holds about the signed-in person, as the same routes show it on the screens (WR-22). */
export async function everythingHeld(): Promise<Record<string, unknown>> {
  const consents = (await client.call(consentRoutes.list)).items
  const receipts = []
  for (const { id, receiptHash } of consents) {
    if (receiptHash !== null)
      receipts.push(await client.call(consentRoutes.receipt, { params: { consentId: id } }))
  }
  const { balances } = await client.call(payRoutes.earnings, { query: { limit: 1 } })
  return {
    exportedAt: new Date().toISOString(),
    person: await client.call(accountRoutes.me),
    consents,
    receipts,
    recordings: await everyPage((after) =>
      client.call(mediaRoutes.ownEpisodes, { query: { limit: 200, after } }),
    ),
    submissions: await everyPage((after) =>
      client.call(submissionRoutes.listOwn, { query: { limit: 200, after } }),
    ),
    calibrations: (await client.call(calibrationRoutes.listOwn)).items,
    appeals: (await client.call(reviewRoutes.listAppeals)).items,
    balances,
    earnings: await everyPage(
      async (after) => (await client.call(payRoutes.earnings, { query: { limit: 200, after } })).lines,
    ),
  }
}

type Page = { items: unknown[]; next: string | null }

async function everyPage(read: (after: string | undefined) => Promise<Page>): Promise<unknown[]> {
  const items: unknown[] = []
  let after: string | undefined
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const page = await read(after)
    items.push(...page.items)
    if (page.next === null) break
    after = page.next
  }
  return items
}
