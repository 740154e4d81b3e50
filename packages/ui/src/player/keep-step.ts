/** Where a clip was, in seconds of the clock that two share, and when, in milliseconds of the page. */
export type Spot = { sec: number; atMs: number }

/** What one is ahead is made up in about so long. */
const MAKE_UP_SEC = 0.25
/** Less than this nobody sees, and pictures are not reported more exactly. */
const CALM_SEC = 0.004
/** How much a new report counts against those before it: a refresh of the screen comes between them. */
const WEIGHT = 0.4
/** Slower than this browsers do not play; the step keeps rates from changing with every picture. */
export const MIN_RATE = 1 / 16
const RATE_STEP = 1 / 64

export type StepKeeper = {
  /** What was told so far counts no more: after a start, a seek, another speed. */
  forget(): void
  /** How fast each is to play from now on. */
  rates(spots: readonly [Spot, Spot], speed: number): readonly [number, number]
}

/**
 * Keeps two clips in step by what came on the screen of each. The one that is ahead plays more slowly until the other is
 * there, down to nearly waiting for it; nobody is made to hurry or jump, which a slow device could not.
 */
export function createStepKeeper(): StepKeeper {
  let aheadSec: number | undefined
  return {
    forget: () => {
      aheadSec = undefined
    },
    rates: ([first, second], speed) => {
      const laterMs = first.atMs - second.atMs
      const told = first.sec - second.sec - (speed * laterMs) / 1000
      aheadSec = aheadSec === undefined ? told : aheadSec + WEIGHT * (told - aheadSec)
      return [slowed(speed, aheadSec), slowed(speed, -aheadSec)]
    },
  }
}

function slowed(speed: number, aheadSec: number): number {
  if (aheadSec < CALM_SEC) return speed
  const rate = speed * (1 - aheadSec / MAKE_UP_SEC)
  return Math.min(speed, Math.max(MIN_RATE, Math.round(rate / RATE_STEP) * RATE_STEP))
}
