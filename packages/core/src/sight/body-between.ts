import { betweenLooks, looksOnFilm } from './between-looks.ts'
import type { Body, BodyStream } from './body-stream.ts'

/** A body at a moment of the film. `awayMs`: how far the nearest look it rests on is. */
export type BodyAt = { body: Body; awayMs: number }

/**
 * Where the body is at moments of the film (`timesMs` ascend): on the straight line between two looks that both saw one, each
 * landmark as visible as where it was less so. Undefined elsewhere.
 */
export function bodyBetween(stream: BodyStream, timesMs: ArrayLike<number>): (BodyAt | undefined)[] {
  const looks = looksOnFilm(stream).map(({ filmMs, body }) => ({ filmMs, seen: body ?? undefined }))
  return betweenLooks(looks, timesMs, between).map((at) => at && { body: at.seen, awayMs: at.awayMs })
}

function between(from: Body, to: Body, ratio: number): Body {
  const on = (a: number, b: number): number => a + (b - a) * ratio
  return from.map(([x, y, z, visibility], at) => {
    const [toX, toY, toZ, toVisibility] = to[at] ?? [x, y, z, visibility]
    return [on(x, toX), on(y, toY), on(z, toZ), Math.min(visibility, toVisibility)]
  })
}
