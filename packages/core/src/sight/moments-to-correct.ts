import { looksOnFilm } from './between-looks.ts'
import type { Hand, HandFrame, HandStream } from './hand-stream.ts'

/** A look that no other look near it confirms may have seen a hand where there is none. */
const CONFIRMED_WITHIN_MS = 500
/** Closer together two pictures show all but the same. */
const LEAST_APART_MS = 500
/** Finer than a pixel of any film. */
const DECIMALS = 10_000

/** A hand as the machine saw it: x and y of its joints in shares of the picture, beyond 0 … 1 where guessed outside. */
export type SeenHand = Pick<Hand, 'side' | 'confidence'> & { points: [number, number][] }

/** A moment of a film, on the film’s clock, with at most one hand of each side. */
export type SeenMoment = { timeMs: number; hands: SeenHand[] }

/**
 * The moments of a film whose hands are worth a person's look: where the machine was least sure although hands are there.
 * A look counts when each of its hands was seen on that side by another look within half a second. The time between the
 * first and the last such look is cut into `count` equal spans, and of each the look whose least sure hand is least sure
 * is taken (of equals the earliest), half a second after the one before at least. So the moments are spread over the
 * film, in its order; fewer where there is less to look at, none where no hand was seen.
 */
export function momentsToCorrect(
  stream: HandStream,
  { durationMs, count }: { durationMs: number; count: number },
): SeenMoment[] {
  const looks = looksOnFilm(stream).filter(({ filmMs }) => filmMs >= 0 && filmMs < durationMs)
  const certain = looks.filter(
    ({ hands }, at) => hands.length > 0 && hands.every(({ side }) => isConfirmed(looks, at, side)),
  )
  const [first, last] = [certain[0]?.filmMs, certain.at(-1)?.filmMs]
  if (first === undefined || last === undefined) return []
  const spanMs = (last - first) / count
  const spanOf = (filmMs: number): number =>
    spanMs === 0 ? 0 : Math.min(count - 1, Math.floor((filmMs - first) / spanMs))
  const chosen: SeenMoment[] = []
  for (let span = 0; span < count; span++) {
    const from = (chosen.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY) + LEAST_APART_MS
    let best: (typeof certain)[number] | undefined
    for (const look of certain) {
      if (spanOf(look.filmMs) !== span || look.filmMs < from) continue
      if (best === undefined || leastSure(look.hands) < leastSure(best.hands)) best = look
    }
    if (best) chosen.push({ timeMs: best.filmMs, hands: bySide(best.hands) })
  }
  return chosen
}

type Look = HandFrame & { filmMs: number }

/** Whether another look near the one at `at` saw a hand of this side. Looks are in the film's order. */
function isConfirmed(looks: readonly Look[], at: number, side: Hand['side']): boolean {
  const now = (looks[at] as Look).filmMs
  for (const step of [-1, 1]) {
    for (let near = at + step; ; near += step) {
      const other = looks[near]
      if (other === undefined || Math.abs(other.filmMs - now) > CONFIRMED_WITHIN_MS) break
      if (other.hands.some((hand) => hand.side === side)) return true
    }
  }
  return false
}

const leastSure = (hands: readonly Hand[]): number => Math.min(...hands.map(({ confidence }) => confidence))

/** The surest hand of each side, left first. */
function bySide(hands: readonly Hand[]): SeenHand[] {
  return (['left', 'right'] as const).flatMap((side) => {
    const own = hands.filter((hand) => hand.side === side)
    const surest = own.toSorted((a, b) => b.confidence - a.confidence)[0]
    if (!surest) return []
    const round = (share: number): number => Math.round(share * DECIMALS) / DECIMALS
    const points = surest.points.map(([x, y]): [number, number] => [round(x), round(y)])
    return [{ side, confidence: surest.confidence, points }]
  })
}
