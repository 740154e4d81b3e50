import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient } from '@chiron/client'
import { campaignRoutes, payRoutes, reviewRoutes } from '@chiron/contract'

const POLL_MS = 400
const PATIENCE_MS = 60_000

/** The API as this machine's own key reaches it: only for looking. */
export async function openWatch(home: string): Promise<Client> {
  const access = JSON.parse(await readFile(path.join(home, 'cli.json'), 'utf8')) as {
    url: string
    key: string
  }
  return createClient({ baseUrl: access.url, apiKey: access.key })
}

/** What of the ordered work is where. */
interface Standing {
  /** Items that wait for a member. */
  waiting: number
  accepted: number
  wanted: number
  /** What was earned so far: pay follows decisions a moment later. */
  spentMinor: number
}

interface Watched {
  filming: string
  judging: string
}

/** Waits until something waits for a member or all that was wanted is accepted, and the pay has followed. */
export async function untilSettledOrAsked(client: Client, campaigns: Watched): Promise<Standing> {
  const untilMs = Date.now() + PATIENCE_MS
  let before: Standing | undefined
  for (;;) {
    const now = await standing(client, campaigns)
    const isThere = now.waiting > 0 || now.accepted >= now.wanted
    if (isThere && JSON.stringify(now) === JSON.stringify(before)) return now
    if (Date.now() > untilMs)
      throw new Error(`nothing was decided within a minute: ${now.accepted} of ${now.wanted} accepted`)
    before = now
    await sleep(POLL_MS)
  }
}

async function standing(client: Client, { filming, judging }: Watched): Promise<Standing> {
  const { items } = await client.call(reviewRoutes.list, { query: { state: 'open' } })
  const { campaign } = await client.call(campaignRoutes.read, { params: { campaignId: filming } })
  const { escrow } = await client.call(payRoutes.overview)
  const own = escrow.filter(({ campaignId }) => campaignId === filming || campaignId === judging)
  return {
    waiting: items.filter(({ campaignId }) => campaignId === filming || campaignId === judging).length,
    accepted: campaign.counts.accepted,
    wanted: campaign.quota,
    spentMinor: own.reduce((sum, { spentMinor }) => sum + spentMinor, 0),
  }
}
