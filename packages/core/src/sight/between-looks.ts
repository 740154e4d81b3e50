/** Looks further apart than this say nothing of the time between them. */
const MAX_GAP_MS = 500
/** A look stands for a picture this close to it: half of one at thirty a second. */
const SAME_PICTURE_MS = 17

/** What a detector saw at a moment of the film, undefined where it saw nothing. */
type Look<T> = { filmMs: number; seen: T | undefined }

/**
 * What was seen at moments of the film (`timesMs` and `looks` ascend): between two looks that both saw it and lie at most half a
 * second apart what `blend` makes of them, at a look what it saw, elsewhere undefined. `awayMs`: how far the nearest
 * look is.
 */
export function betweenLooks<T>(
  looks: readonly Look<T>[],
  timesMs: ArrayLike<number>,
  blend: (from: T, to: T, ratio: number) => T,
): ({ seen: T; awayMs: number } | undefined)[] {
  let next = 0
  return Array.from(timesMs, (timeMs) => {
    while (next < looks.length && (looks[next]?.filmMs as number) < timeMs) next++
    const [before, after] = [looks[next - 1], looks[next]]
    if (before?.seen && after?.seen && after.filmMs - before.filmMs <= MAX_GAP_MS) {
      const ratio = (timeMs - before.filmMs) / (after.filmMs - before.filmMs)
      const awayMs = Math.min(timeMs - before.filmMs, after.filmMs - timeMs)
      return { seen: blend(before.seen, after.seen, ratio), awayMs }
    }
    const nearest = [before, after].find((look) => look && Math.abs(look.filmMs - timeMs) <= SAME_PICTURE_MS)
    if (!nearest?.seen) return undefined
    return { seen: nearest.seen, awayMs: Math.abs(nearest.filmMs - timeMs) }
  })
}

/** The looks on the film's clock, in its order: milliseconds from its first picture. */
export function looksOnFilm<F extends { timeMs: number }>(stream: {
  frames: readonly F[]
  filmStartMs: number
}): (F & { filmMs: number })[] {
  return stream.frames
    .map((frame) => ({ ...frame, filmMs: frame.timeMs - stream.filmStartMs }))
    .sort((a, b) => a.filmMs - b.filmMs)
}
