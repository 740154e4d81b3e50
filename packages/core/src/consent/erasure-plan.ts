/** From the end of a consent to the moment nothing under it can be used. */
export const FREEZE_WITHIN_MS = 60_000
/** From the end of a consent to the moment its recordings, derivatives and caches are gone. */
export const ERASE_WITHIN_MS = 72 * 3600 * 1000

/** What a frozen episode is shut out of. Pay and standing are untouched (WR-24). */
export const FREEZING_STOPS = ['read', 'job', 'export', 'signed-url'] as const

/**
 * Episode: frozen, then its bytes erased, then its key and salt destroyed, then a tombstone (random id,
 * salted commitment, dates). Exports: a recall until each receiver has attested or it is shown unresolved.
 */
export type ErasureState = 'frozen' | 'erasing' | 'key-destroyed' | 'tombstoned' | 'recall-open'

export type ErasureStep = { readonly state: ErasureState; readonly byMs: number }

/** What has to happen to one episode after its consent ended, and by when, in order of time. */
export function erasurePlan(episode: { endedMs: number; wasExported: boolean }): ErasureStep[] {
  const freezeByMs = episode.endedMs + FREEZE_WITHIN_MS
  const eraseByMs = episode.endedMs + ERASE_WITHIN_MS
  const recall: ErasureStep[] = episode.wasExported ? [{ state: 'recall-open', byMs: freezeByMs }] : []
  return [
    { state: 'frozen', byMs: freezeByMs },
    ...recall,
    { state: 'erasing', byMs: eraseByMs },
    { state: 'key-destroyed', byMs: eraseByMs },
    { state: 'tombstoned', byMs: eraseByMs },
  ]
}
