import { useRef } from 'preact/hooks'

/** How far something is, 0 to 1, at a moment in milliseconds of any steady clock. */
type Stand = { share: number; atMs: number }

/** What is far away is told roughly: from so much on, in steps of so much. */
const STEPS_MS = [
  { fromMs: 300_000, stepMs: 60_000 },
  { fromMs: 60_000, stepMs: 10_000 },
  { fromMs: 0, stepMs: 1_000 },
]
/** Sooner the pace cannot be told. */
const TELLING_MS = 2_000

/**
 * Milliseconds until it is done at the pace it has had since `from`: in whole seconds, from a minute on in
 * tens of them, from five minutes on in whole minutes, never less than it takes; null while that cannot be told:
 * too early, no way made, or done.
 */
export function timeLeftMs(from: Stand, now: Stand): number | null {
  const passedMs = now.atMs - from.atMs
  const made = now.share - from.share
  if (passedMs < TELLING_MS || made <= 0 || now.share >= 1) return null
  const leftMs = (passedMs / made) * (1 - now.share)
  const { stepMs } = STEPS_MS.find(({ fromMs }) => leftMs > fromMs)!
  return Math.ceil(leftMs / stepMs) * stepMs
}

/** The same for what a screen shows; a share that falls begins anew. */
export function useTimeLeft(share: number | null): number | null {
  const from = useRef<Stand | null>(null)
  if (share === null) {
    from.current = null
    return null
  }
  const now = { share, atMs: performance.now() }
  if (from.current === null || share < from.current.share) from.current = now
  return timeLeftMs(from.current, now)
}
