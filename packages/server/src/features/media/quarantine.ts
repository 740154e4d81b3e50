import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import type { FaceCheck } from './face-check/check-faces.ts'
import { type EpisodeRow, type Key, lockEpisode, updateEpisode } from './store.ts'

/** Whether the server saw a face in it and the caller is none of the few who may look all the same. */
export function isQuarantinedFor({ actor }: Ctx, episode: EpisodeRow): boolean {
  if (episode.quarantined_at === null || actor.kind === 'worker' || actor.kind === 'system') return false
  const isMember = actor.kind === 'member' || actor.kind === 'key'
  // Who decides about the team's data has to be able to look; everybody else does without.
  return !(isMember && (actor.role === 'owner' || actor.role === 'manager'))
}

/** From when to when the server saw a face, and since when the recording is kept from being seen for it. */
export function quarantineOf({ quarantined_at: since, face_check }: EpisodeRow) {
  const shown = (face_check as FaceCheck | null)?.shown ?? []
  if (since === null) return null
  return { since: since.toISOString(), fromMs: shown[0]?.timeMs ?? 0, toMs: shown.at(-1)?.timeMs ?? 0 }
}

/**
 * A person of the team has looked and found no face: the recording may be seen, judged and exported as any other. In
 * the caller's transaction, which records it. What the detector saw is kept, with who found otherwise. False where
 * nothing was quarantined.
 */
export async function liftQuarantine(tx: Tx, { deps, actor }: Ctx, key: Key): Promise<boolean> {
  const episode = await lockEpisode(tx, key)
  if (!episode || episode.quarantined_at === null) return false
  const faults = (episode.faults as { code: string }[]).filter(({ code }) => code !== 'face-visible')
  const dismissed = { at: deps.clock.now().toISOString(), by: actor.id }
  await updateEpisode(tx, key, {
    quarantined_at: null,
    faults: JSON.stringify(faults),
    face_check: JSON.stringify({ ...(episode.face_check as object), dismissed }),
  })
  return true
}
