import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'

export interface EpisodeFigures {
  id: string
  state: string
  consentId: string
  workerId: string | null
  submissionId: string | null
  /** Class of the device as it calls itself; null for imports. */
  deviceTier: string | null
  /** The digest of what lies in the store is that of the episode. */
  isDigestSame: boolean
  /** Checks found something that speaks against it. */
  hasFaults: boolean
  /** The server looked for faces in what a phone had covered. */
  isFaceChecked: boolean
  showsFace: boolean
}

/** How many recordings a worker has made under each consent of theirs, by consent. */
export async function episodeCountsOf(tx: Tx, workerId: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ consentId: string; count: number }>`
    select consent_id as "consentId", count(*) as count from episode
    where worker_id = ${workerId} group by consent_id`.execute(tx)
  return new Map(rows.map(({ consentId, count }) => [consentId, count]))
}

/** What figures about a campaign’s recordings are made of: its latest ones, erased ones left out. */
export async function episodeFigures(
  tx: Tx,
  { workspaceId, campaignId, limit }: { workspaceId: string; campaignId: string; limit: number },
): Promise<EpisodeFigures[]> {
  const { rows } = await sql<EpisodeFigures>`
    select e.id, e.state, e.consent_id as "consentId", e.worker_id as "workerId",
      e.submission_id as "submissionId", e.device ->> 'tier' as "deviceTier", b.sha256 = e.sha256 as "isDigestSame",
      exists (select from jsonb_array_elements(e.faults) f where f ->> 'severity' <> 'notice') as "hasFaults",
      e.face_check is not null and e.redaction is not null as "isFaceChecked", e.quarantined_at is not null as "showsFace"
    from episode e join blob b on b.workspace_id = e.workspace_id and b.id = e.blob_id
    where e.workspace_id = ${workspaceId} and e.campaign_id = ${campaignId} and e.state <> 'erased'
    order by e.id desc limit ${limit}`.execute(tx)
  return rows
}

export interface TakeConditions {
  id: string
  campaignId: string
  workerId: string | null
  deviceTier: string | null
  /** Mean of the film, as the server saw it; null where it looked at no frame. */
  brightness: number | null
  fps: number | null
  at: Date
}

/** How recordings were filmed that came after a place in the order of coming, the earliest first. */
export async function conditionsBetween(
  tx: Tx,
  workspaceId: string,
  of: { after: { at: Date; id: string }; until: Date; limit: number },
): Promise<TakeConditions[]> {
  const { rows } = await sql<TakeConditions>`
    select id, campaign_id as "campaignId", worker_id as "workerId", device ->> 'tier' as "deviceTier",
      (select avg((s ->> 'brightness')::float8) from jsonb_array_elements(signals) s) as brightness, fps, created_at as at
    from episode where workspace_id = ${workspaceId} and (created_at, id) > (${of.after.at}, ${of.after.id}::uuid)
      and created_at <= ${of.until} order by created_at, id limit ${of.limit}`.execute(tx)
  return rows
}
