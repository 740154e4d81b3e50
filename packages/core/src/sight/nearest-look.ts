/** A look is shown for pictures this close to it, where no other is closer. */
const SHOWN_MS = 200

/** What the detector saw nearest to a moment of the film, while that is close enough to mean it. */
export function nearestLook<F extends { timeMs: number }>(
  { frames, filmStartMs }: { frames: readonly F[]; filmStartMs: number },
  filmMs: number,
): F | undefined {
  const timeMs = filmMs + filmStartMs
  let nearest: F | undefined
  for (const frame of frames) {
    const awayMs = Math.abs(frame.timeMs - timeMs)
    if (awayMs <= SHOWN_MS && (nearest === undefined || awayMs < Math.abs(nearest.timeMs - timeMs)))
      nearest = frame
  }
  return nearest
}
