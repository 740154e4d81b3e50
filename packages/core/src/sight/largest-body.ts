import { type Body, type BodyFrame, MAX_BODIES } from './body-stream.ts'
import type { Hand } from './hand-stream.ts'
import { CERTAIN_HAND } from './likely-faces.ts'
import { handOutline, isInside, SKIN_REACH } from './person-mask.ts'

/** Share of a body's landmarks on a hand from which on it is that hand: bare hands reach 1 on real footage, people 0.15. */
const ON_HAND_SHARE = 0.6
const DECIMALS = 10_000

/**
 * What is kept of one look: of the bodies seen the one that takes most of the picture (as a rule the nearest), and how many
 * there were. A pose detector takes a bare hand and its arm for a person, and is as sure of it: one that lies on a certain
 * hand of the same picture does not count.
 */
export function largestBody(seen: readonly Body[], hands: readonly Hand[]): Omit<BodyFrame, 'timeMs'> {
  const outlines = hands
    .filter(({ confidence }) => confidence >= CERTAIN_HAND)
    .map((hand) => handOutline(hand, SKIN_REACH))
  const bodies = seen.filter((body) => {
    const onHand = outlines.map((outline) => body.filter(([x, y]) => isInside([x, y], outline)).length)
    return Math.max(0, ...onHand) < ON_HAND_SHARE * body.length
  })
  const largest = bodies.reduce<Body | null>(
    (best, body) => (best !== null && areaOf(best) >= areaOf(body) ? best : body),
    null,
  )
  return { count: Math.min(MAX_BODIES, bodies.length), body: largest && rounded(largest) }
}

/** The share of the picture that the box around the landmarks takes, as far as it lies within it. */
function areaOf(body: Body): number {
  const within = (share: number): number => Math.min(1, Math.max(0, share))
  const xs = body.map(([x]) => within(x))
  const ys = body.map(([, y]) => within(y))
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys))
}

/** To a tenth of a thousandth of the picture: finer than any detector sees, and a third as long. */
function rounded(body: Body): Body {
  const round = (value: number): number => Math.round(value * DECIMALS) / DECIMALS
  return body.map(([x, y, z, visibility]) => [round(x), round(y), round(z), round(visibility)])
}
