import type { Hand, HandFrame, HandStream } from './hand-stream.ts'

/** Looks further apart than this say nothing of the time between them. */
const MAX_GAP_MS = 500
/** A look stands for a picture this close to it: half of one at thirty a second. */
const SAME_PICTURE_MS = 17

/** A hand at a moment of the film. `awayMs`: how far the nearest look it rests on is. */
export type HandAt = Pick<Hand, 'points' | 'confidence' | 'world'> & { awayMs: number }

/** The looks on the film's clock, in its order: milliseconds from its first picture. */
export function handsOnFilm({ frames, filmStartMs }: HandStream): (HandFrame & { filmMs: number })[] {
  return frames
    .map((frame) => ({ ...frame, filmMs: frame.timeMs - filmStartMs }))
    .sort((a, b) => a.filmMs - b.filmMs)
}

/**
 * Where the hand of one side is at moments of the film (`timesMs` ascend): on the straight line between two looks
 * that both saw it, the less sure of them telling how sure. Undefined where no look saw it, or where looks are too far
 * apart. Of several hands of one side the surest counts.
 */
export function handsBetween(
  stream: HandStream,
  side: Hand['side'],
  timesMs: ArrayLike<number>,
): (HandAt | undefined)[] {
  const looks = handsOnFilm(stream).map(({ filmMs, hands }) => ({ filmMs, hand: surest(hands, side) }))
  let next = 0
  return Array.from(timesMs, (timeMs) => {
    while (next < looks.length && (looks[next]?.filmMs as number) < timeMs) next++
    const [before, after] = [looks[next - 1], looks[next]]
    if (before?.hand && after?.hand && after.filmMs - before.filmMs <= MAX_GAP_MS) {
      const ratio = (timeMs - before.filmMs) / (after.filmMs - before.filmMs)
      const awayMs = Math.min(timeMs - before.filmMs, after.filmMs - timeMs)
      return { ...between(before.hand, after.hand, ratio), awayMs }
    }
    const nearest = [before, after].find((look) => look && Math.abs(look.filmMs - timeMs) <= SAME_PICTURE_MS)
    if (!nearest?.hand) return undefined
    const { points, confidence, world } = nearest.hand
    return { points, confidence, ...(world ? { world } : {}), awayMs: Math.abs(nearest.filmMs - timeMs) }
  })
}

function surest(hands: readonly Hand[], side: Hand['side']): Hand | undefined {
  return hands
    .filter((hand) => hand.side === side)
    .reduce<Hand | undefined>(
      (best, hand) => (best && best.confidence >= hand.confidence ? best : hand),
      undefined,
    )
}

function between(from: Hand, to: Hand, ratio: number): Omit<HandAt, 'awayMs'> {
  const on = (a: number, b: number): number => a + (b - a) * ratio
  const joints = (a: Hand['points'], b: Hand['points']): Hand['points'] =>
    a.map(([x, y, z], at) => {
      const [toX, toY, toZ] = b[at] ?? [x, y, z]
      return [on(x, toX), on(y, toY), on(z, toZ)]
    })
  return {
    confidence: Math.min(from.confidence, to.confidence),
    points: joints(from.points, to.points),
    ...(from.world && to.world ? { world: joints(from.world, to.world) } : {}),
  }
}
