import { betweenLooks, looksOnFilm } from './between-looks.ts'
import type { Hand, HandStream } from './hand-stream.ts'

/** A hand at a moment of the film. `awayMs`: how far the nearest look it rests on is. */
export type HandAt = Pick<Hand, 'points' | 'confidence' | 'world'> & { awayMs: number }

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
  const looks = looksOnFilm(stream).map(({ filmMs, hands }) => ({ filmMs, seen: surest(hands, side) }))
  return betweenLooks(looks, timesMs, between).map((at) => {
    if (at === undefined) return undefined
    const { points, confidence, world } = at.seen
    return { points, confidence, ...(world ? { world } : {}), awayMs: at.awayMs }
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

function between(from: Hand, to: Hand, ratio: number): Hand {
  const on = (a: number, b: number): number => a + (b - a) * ratio
  const joints = (a: Hand['points'], b: Hand['points']): Hand['points'] =>
    a.map(([x, y, z], at) => {
      const [toX, toY, toZ] = b[at] ?? [x, y, z]
      return [on(x, toX), on(y, toY), on(z, toZ)]
    })
  return {
    side: from.side,
    confidence: Math.min(from.confidence, to.confidence),
    points: joints(from.points, to.points),
    ...(from.world && to.world ? { world: joints(from.world, to.world) } : {}),
  }
}
