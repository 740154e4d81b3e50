import type { KindName } from '@chiron/contract'
import { toHex } from '@chiron/core/kit'
import type { SeenMoment } from '@chiron/core/sight'
import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { insertAsked, type NewAsked } from './asked-store.ts'
import { insertMoments } from './moments-store.ts'
import { insertPairs, type NewPair } from './pair-store.ts'
import { insertLeases, insertTasks } from './store.ts'

export type TaskSubject =
  | { kind: 'prompt' }
  /** `workerId`: whose recording it is, who never judges it. `moments`: whose hands are to be corrected. */
  | {
      kind: 'episode'
      episodeId: string
      workerId: string | null
      moments?: readonly SeenMoment[] | undefined
    }
  /** Two rollouts, on the sides they are shown. */
  | { kind: 'pair'; pair: NewPair }
  /** One rollout, judged by itself. */
  | { kind: 'rollout'; rollout: NewAsked }

export interface TasksToOpen {
  campaignId: string
  kind: KindName
  subjects: readonly TaskSubject[]
  /** Answers offered for each task at once. */
  offerCount: number
}

/** Tasks are made in pieces of this many, so that a large campaign needs no large list. */
const CHUNK = 1000

/**
 * Opens tasks with their first offers in the caller's transaction; a task about an episode that the campaign asks
 * about already is left out. Returns the ids of the new tasks.
 */
export async function openTasks(tx: Tx, ctx: Ctx, order: TasksToOpen): Promise<string[]> {
  const opened: string[] = []
  for (let at = 0; at < order.subjects.length; at += CHUNK) {
    opened.push(...(await openChunk(tx, ctx, { ...order, subjects: order.subjects.slice(at, at + CHUNK) })))
  }
  return opened
}

/** Opens `count` tasks that all ask for the same (a take to film), each with one offer. */
export async function openPrompts(
  tx: Tx,
  ctx: Ctx,
  { campaignId, kind, count }: { campaignId: string; kind: KindName; count: number },
): Promise<void> {
  for (let left = count; left > 0; left -= CHUNK) {
    const subjects = Array.from({ length: Math.min(CHUNK, left) }, () => ({ kind: 'prompt' }) as const)
    await openChunk(tx, ctx, { campaignId, kind, subjects, offerCount: 1 })
  }
}

async function openChunk(tx: Tx, { deps, workspaceId }: Ctx, order: TasksToOpen): Promise<string[]> {
  const { campaignId, kind, subjects, offerCount } = order
  const workspace_id = workspaceId ?? ''
  const created_at = deps.clock.now()
  const tasks = subjects.map((subject) => ({
    workspace_id,
    id: newId(deps.clock),
    campaign_id: campaignId,
    kind,
    state: 'open',
    subject_kind: subject.kind,
    episode_id: subject.kind === 'episode' ? subject.episodeId : null,
    about_worker_id: subject.kind === 'episode' ? subject.workerId : null,
    seed: toHex(deps.clock.randomBytes(16)),
    created_at,
  }))
  const added = await insertTasks(tx, tasks)
  const ids = tasks.map(({ id }) => ({ workspace_id, task_id: id, campaign_id: campaignId }))
  await insertPairs(
    tx,
    aboutOf(subjects, ids, (subject) => (subject.kind === 'pair' ? subject.pair : null)),
  )
  await insertAsked(
    tx,
    aboutOf(subjects, ids, (subject) => (subject.kind === 'rollout' ? subject.rollout : null)),
  )
  const opened = tasks.filter(({ id }) => added.has(id))
  const moments = aboutOf(subjects, ids, (subject) => {
    if (subject.kind !== 'episode' || !subject.moments) return null
    return { episode_id: subject.episodeId, moments: JSON.stringify(subject.moments) }
  })
  await insertMoments(
    tx,
    moments.filter(({ task_id: id }) => added.has(id)),
  )
  const leases = opened.flatMap(({ id, about_worker_id }) =>
    Array.from({ length: offerCount }, () => ({
      workspace_id,
      id: newId(deps.clock),
      task_id: id,
      campaign_id: campaignId,
      about_worker_id,
      state: 'offered',
      attempt: 1,
      created_at,
    })),
  )
  await insertLeases(tx, leases)
  return opened.map(({ id }) => id)
}

/** What tasks are about, with whose it is; for subjects of one kind. */
function aboutOf<About extends object, Ids extends object>(
  subjects: readonly TaskSubject[],
  ids: readonly Ids[],
  pick: (subject: TaskSubject) => About | null,
): (About & Ids)[] {
  return subjects.flatMap((subject, at) => {
    const [about, own] = [pick(subject), ids[at]]
    return about && own ? [{ ...about, ...own }] : []
  })
}
