import { type Lease, mediaPaths } from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import type { SeenMoment } from '@chiron/core/sight'
import type { Tx } from '../../platform/tx.ts'
import { readTerms } from '../campaign/index.ts'
import { type EpisodeRow, readEpisode } from '../media/index.ts'
import { readAsked } from './asked-store.ts'
import { readMoments } from './moments-store.ts'
import { type PairedClip, readPair } from './pair-store.ts'
import { type LeaseRow, readTask, type TaskRow } from './store.ts'

/** A lease as its holder sees it: under the terms it was claimed with (WR-8), with what it asks about. */
export async function leaseWire(tx: Tx, lease: LeaseRow): Promise<Lease> {
  const { workspace_id: workspaceId, terms_version: termsVersion, leased_until: until } = lease
  assert(termsVersion !== null && until !== null, 'a held lease has terms and an end')
  const task = await readTask(tx, { workspaceId, id: lease.task_id })
  const terms = await readTerms(tx, lease.campaign_id, termsVersion)
  assert(task && terms, 'a lease has its task and its terms')
  return {
    id: lease.id,
    taskId: namedTask(lease, task.kind),
    campaignId: lease.campaign_id,
    kind: task.kind as Lease['kind'],
    leasedUntil: until.toISOString(),
    termsVersion,
    payMinor: terms.payMinor,
    currency: terms.currency,
    attempt: lease.attempt,
    subject: await subjectOf(tx, lease, task),
  }
}

/**
 * What a worker is told a task is called. For a question the lease's own id: how old a task is, or that others had it
 * too, would tell gold (TSK-10).
 */
export const namedTask = (lease: { id: string; task_id: string }, kind: string): string =>
  kind === 'demonstrate' ? lease.task_id : lease.id

async function subjectOf(tx: Tx, lease: LeaseRow, task: TaskRow): Promise<Lease['subject']> {
  if (task.subject_kind === 'pair') return pairSubject(tx, lease)
  if (task.subject_kind === 'rollout') return rolloutSubject(tx, lease)
  if (task.subject_kind === 'prompt' || task.episode_id === null) return { kind: 'prompt' }
  const episode = await readEpisode(tx, { workspaceId: lease.workspace_id, id: task.episode_id })
  return {
    kind: 'episode',
    videoUrl: mediaPaths.leaseVideo(lease.id),
    posterUrl: mediaPaths.leasePoster(lease.id),
    durationMs: episode?.duration_ms ?? 0,
    frameCount: episode?.frame_count ?? 0,
    fps: episode?.fps ?? 0,
    ...(task.kind === 'keypoints' ? { moments: await momentsTold(tx, task, episode) } : {}),
  }
}

/** What the machine saw, while the recording may be seen. */
async function momentsTold(tx: Tx, task: TaskRow, episode: EpisodeRow | undefined): Promise<SeenMoment[]> {
  if (!episode || episode.state === 'frozen' || episode.state === 'erased') return []
  return (await readMoments(tx, { workspaceId: task.workspace_id, id: task.id })) ?? []
}

/** One rollout, blind, as `pairSubject` is. */
async function rolloutSubject(tx: Tx, lease: LeaseRow): Promise<Lease['subject']> {
  const asked = await readAsked(tx, { workspaceId: lease.workspace_id, id: lease.task_id })
  assert(asked, 'a task about a rollout has it')
  const { durationMs, frameCount, fps } = asked.clip as unknown as PairedClip
  const videoUrl = mediaPaths.leaseClip(lease.id, 'only')
  const instruction = asked.instruction as Record<string, string>
  return { kind: 'rollout', instruction, videoUrl, durationMs, frameCount, fps }
}

/** Two rollouts, blind: what is asked, and where each clip comes from; nothing that says whose they are. */
async function pairSubject(tx: Tx, lease: LeaseRow): Promise<Lease['subject']> {
  const pair = await readPair(tx, { workspaceId: lease.workspace_id, id: lease.task_id })
  assert(pair, 'a task about a pair has it')
  const clips = {
    left: pair.left_clip as unknown as PairedClip,
    right: pair.right_clip as unknown as PairedClip,
  }
  // Only what one is later than the other is told: a rollout could be known again by its own clock.
  const firstMs = Math.min(clips.left.startMs ?? 0, clips.right.startMs ?? 0)
  const clip = (side: 'left' | 'right') => {
    const { durationMs, frameCount, fps, startMs = 0 } = clips[side]
    const videoUrl = mediaPaths.leaseClip(lease.id, side)
    return { videoUrl, startMs: startMs - firstMs, durationMs, frameCount, fps }
  }
  return {
    kind: 'pair',
    instruction: pair.instruction as Record<string, string>,
    left: clip('left'),
    right: clip('right'),
  }
}
