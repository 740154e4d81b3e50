/** Where the pictures of a clip lie on the clock that two share, in seconds: when its first and its last begin. */
export type Reach = { firstSec: number; lastSec: number }

/** The pictures of two clips that are on the screen, or could be, by when they begin on the shared clock, in seconds. */
export type PairSec = readonly [number | undefined, number | undefined]

/** Which of two new pictures are to be shown. */
export type PairChoice = readonly [boolean, boolean]

const BOTH: PairChoice = [true, true]
const NONE: PairChoice = [false, false]

/** How far two pictures are apart; one before the other clip's beginning or after its end is not apart from it. */
export function apartSec(pair: readonly [number, number], reaches: readonly [Reach, Reach]): number {
  return Math.abs(held(pair[0], reaches[1]) - held(pair[1], reaches[0]))
}

const held = (sec: number, { firstSec, lastSec }: Reach): number => Math.max(firstSec, Math.min(lastSec, sec))

/**
 * Which of the new pictures may come on the screen so that what stands there afterwards is at most `withinSec` apart:
 * both, else the one that fits what the other clip shows, else none, and both wait. `undefined` is no picture: as long as
 * nothing is shown, both begin together.
 */
export function chooseShown(
  shown: PairSec,
  ready: PairSec,
  { reaches, withinSec }: { reaches: readonly [Reach, Reach]; withinSec: number },
): PairChoice {
  const fits = (first: number | undefined, second: number | undefined): boolean =>
    first !== undefined && second !== undefined && apartSec([first, second], reaches) <= withinSec
  const isNew = [0, 1].map((at) => ready[at] !== undefined && ready[at] !== shown[at]) as [boolean, boolean]
  if (!isNew[0] && !isNew[1]) return NONE
  if (fits(ready[0] ?? shown[0], ready[1] ?? shown[1])) return shown.includes(undefined) ? BOTH : isNew
  if (isNew[0] && fits(ready[0], shown[1])) return [true, false]
  if (isNew[1] && fits(shown[0], ready[1])) return [false, true]
  return NONE
}
