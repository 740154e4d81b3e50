import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'
import { FIRST_ID, type LeaseRow } from './store.ts'

export interface Claim {
  workspaceId: string
  campaignId: string
  workerId: string
  termsVersion: number
  until: Date
  /** Also tasks that gold has pushed aside for this worker, where they were offered again before this time. */
  passedOverUntil?: Date
}

/**
 * Offers looked at in one statement. The first look is short: it nearly always finds one. The longer ones pass over
 * tasks the worker has done; together they bound the cost of a claim, however many offers there are.
 */
const LOOKS = [64, 1000, 1000, 1000] as const
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Where a worker goes on in a campaign's offers, and where the first look ends; null: at the last offer. */
export interface Place {
  after: string
  upTo: string | null
}

/**
 * Claims the next offer for a worker, from their place in the campaign's offers onwards and then from the start again.
 * Undefined when none was found. `place` comes from `lockPlace`.
 */
export async function claimOffer(tx: Tx, claim: Claim, place: Place): Promise<LeaseRow | undefined> {
  let { after, upTo } = place
  let wrapped = after === FIRST_ID
  for (const [at] of LOOKS.entries()) {
    const found = await claimBetween(tx, { ...claim, after, upTo })
    if (found) return found
    if (upTo === null && wrapped) return undefined
    wrapped ||= upTo === null
    after = upTo ?? FIRST_ID
    upTo = await endOfLook(tx, claim, { after, look: LOOKS[at + 1] ?? 1 })
  }
  // New offers come at the end: a place there is worth keeping. One on the way is moved to where the looks ended.
  if (!wrapped) await setPlace(tx, claim, after)
  return undefined
}

export const FROM_THE_START: Place = { after: FIRST_ID, upTo: null }

type Worker = Pick<Claim, 'workspaceId' | 'campaignId' | 'workerId'>

/**
 * The offers `l` of a campaign behind a place. Said as a range of (campaign, id), which the index of offers alone can
 * follow: asked by id, the planner may walk through every older campaign of the team.
 */
const offersAfter = ({ workspaceId, campaignId }: Omit<Worker, 'workerId'>, after: RawBuilder<unknown>) =>
  sql`l.workspace_id = ${workspaceId} and (l.campaign_id, l.id) > (${campaignId}::uuid, ${after})
    and l.campaign_id <= ${campaignId}::uuid and l.state = 'offered'`

/** Whether an offer `l` may be this worker's: neither have they done its task, nor has gold just taken its place. */
const isFree = (
  { workspaceId, workerId }: Pick<Worker, 'workspaceId' | 'workerId'>,
  offer: { taskId: RawBuilder<unknown>; createdAt: RawBuilder<unknown> },
  passedOverUntil: Date | undefined,
) => sql`(select count(*) from lease mine where mine.workspace_id = ${workspaceId}
    and mine.task_id = ${offer.taskId} and mine.worker_id = ${workerId} and mine.state in ('held', 'spent')) = 0
  and (${offer.createdAt} <= ${passedOverUntil ?? null}::timestamptz
    or (select count(*) from lease mine where mine.workspace_id = ${workspaceId}
      and mine.stands_for_task_id = ${offer.taskId} and mine.worker_id = ${workerId}
      and mine.state in ('held', 'spent')) = 0)`

/** The worker's place, held until the transaction ends: two tabs of one worker claim one after the other. */
export async function lockPlace(tx: Tx, { workspaceId, campaignId, workerId }: Worker): Promise<Place> {
  const { rows } = await sql<Place>`
    insert into claim_place (workspace_id, campaign_id, worker_id, after_lease_id)
    values (${workspaceId}, ${campaignId}, ${workerId}, ${FIRST_ID})
    on conflict (workspace_id, campaign_id, worker_id)
      do update set after_lease_id = claim_place.after_lease_id
    returning after_lease_id as after, (select l.id from lease l
      where ${offersAfter({ workspaceId, campaignId }, sql`claim_place.after_lease_id`)}
      order by l.campaign_id, l.id offset ${LOOKS[0] - 1} limit 1) as "upTo"`.execute(tx)
  return rows[0] ?? { after: FIRST_ID, upTo: null }
}

/**
 * The claim itself is one statement: whoever locks an offer first has it, everybody else passes over it. A worker
 * neither judges a recording of their own nor gets a task twice. (Find-then-update gave 20 workers 2 tasks in a trial.)
 */
async function claimBetween(tx: Tx, claim: Claim & Place): Promise<LeaseRow | undefined> {
  const { workspaceId, campaignId, workerId, termsVersion, until, after, upTo, passedOverUntil } = claim
  const offer = { taskId: sql`l.task_id`, createdAt: sql`l.created_at` }
  const { rows } = await sql<LeaseRow>`
    with next as (
      select l.id from lease l
      where ${offersAfter(claim, sql`${after}::uuid`)}
        and l.id <= ${upTo ?? LAST_ID} and l.about_worker_id is distinct from ${workerId}
        and ${isFree(claim, offer, passedOverUntil)}
      order by l.campaign_id, l.id limit 1
      for update of l skip locked
    ), claimed as (
      update lease set state = 'held', worker_id = ${workerId}, terms_version = ${termsVersion},
        leased_until = ${until}
      from next where lease.workspace_id = ${workspaceId} and lease.id = next.id
      returning lease.*
    ), moved as (
      update claim_place set after_lease_id = claimed.id from claimed
      where claim_place.workspace_id = ${workspaceId} and claim_place.campaign_id = ${campaignId}
        and claim_place.worker_id = ${workerId}
    )
    select * from claimed`.execute(tx)
  return rows[0]
}

/** The last offer of a look, when there may be more behind it; null at the end. */
async function endOfLook(
  tx: Tx,
  { workspaceId, campaignId }: Worker,
  { after, look }: { after: string; look: number },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select l.id from lease l where ${offersAfter({ workspaceId, campaignId }, sql`${after}::uuid`)}
    order by l.campaign_id, l.id offset ${look - 1} limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

async function setPlace(tx: Tx, { workspaceId, campaignId, workerId }: Worker, after: string): Promise<void> {
  await tx
    .updateTable('claim_place')
    .set({ after_lease_id: after })
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('worker_id', '=', workerId)
    .execute()
}

const COUNTED_OFFERS = 500

/**
 * Tasks a worker could claim now, counted over the next 500 offers: a figure for a list, not a promise.
 * `passedOverUntil`: as in a claim, where nothing else is left.
 */
export async function countClaimable(
  tx: Tx,
  { workspaceId, campaignId, workerId, passedOverUntil }: Worker & Pick<Claim, 'passedOverUntil'>,
): Promise<number> {
  const place = await tx
    .selectFrom('claim_place')
    .select('after_lease_id')
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .where('worker_id', '=', workerId)
    .executeTakeFirst()
  const worker = { workspaceId, campaignId, workerId }
  const after = place?.after_lease_id ?? FIRST_ID
  const ahead = await countAfter(tx, worker, { after })
  if (ahead > 0) return ahead
  const again = after === FIRST_ID ? 0 : await countAfter(tx, worker, { after: FIRST_ID })
  if (again > 0 || !passedOverUntil) return again
  return countAfter(tx, worker, { after: FIRST_ID, passedOverUntil })
}

async function countAfter(
  tx: Tx,
  worker: Worker,
  { after, passedOverUntil }: { after: string } & Pick<Claim, 'passedOverUntil'>,
): Promise<number> {
  const offer = { taskId: sql`near.task_id`, createdAt: sql`near.created_at` }
  const { rows } = await sql<{ count: number }>`
    select count(distinct near.task_id) as count
    from (select l.task_id, l.about_worker_id, l.created_at from lease l
      where ${offersAfter(worker, sql`${after}::uuid`)}
      order by l.campaign_id, l.id limit ${COUNTED_OFFERS}) as near
    where near.about_worker_id is distinct from ${worker.workerId}
      and ${isFree(worker, offer, passedOverUntil)}`.execute(tx)
  return rows[0]?.count ?? 0
}
