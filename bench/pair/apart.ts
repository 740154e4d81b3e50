/** A picture that came on the screen: of which clip, when (milliseconds of the page), and where in its film. */
export type Presented = { place: number; atMs: number; mediaSec: number }

/** How far two clips were apart, in frames, over all refreshes of the screen that changed either. */
export type Apart = {
  refreshes: number
  worst: number
  /** 99 of 100 refreshes were no further apart. */
  most: number
  /** How far the left and the right was ahead at most. */
  ahead: [number, number]
  /** Pictures of either that never were reported on the screen. */
  skipped: number
}

/** What comes on the screen this near to each other comes with one refresh of it. */
const REFRESH_MS = 8
const HUNDREDTH = 0.99

/**
 * Compares what was on the screen of two clips after each refresh, playback by playback; `startsMs` is where each
 * clip begins on their shared clock. Before both have shown something, nothing is compared.
 */
export function apart(
  plays: readonly (readonly Presented[])[],
  { fps, startsMs }: { fps: number; startsMs: readonly [number, number] },
): Apart {
  const leads = plays.flatMap((play) => leadsOf(play, { fps, startsMs }))
  const sizes = leads.map(Math.abs).sort((one, other) => one - other)
  return {
    refreshes: leads.length,
    worst: sizes.at(-1) ?? Number.NaN,
    most: sizes[Math.floor(HUNDREDTH * (sizes.length - 1))] ?? Number.NaN,
    ahead: [Math.max(0, ...leads), Math.max(0, ...leads.map((lead) => -lead))],
    skipped: plays.reduce((sum, play) => sum + skippedOf(play, fps, 0) + skippedOf(play, fps, 1), 0),
  }
}

/** By how many frames the left is ahead, after each refresh. */
function leadsOf(
  play: readonly Presented[],
  { fps, startsMs }: { fps: number; startsMs: readonly [number, number] },
): number[] {
  const ordered = [...play].sort((one, other) => one.atMs - other.atMs)
  const shown: (number | undefined)[] = [undefined, undefined]
  const leads: number[] = []
  for (const [index, { place, atMs, mediaSec }] of ordered.entries()) {
    shown[place] = mediaSec + startsMs[place as 0 | 1] / 1000
    const next = ordered[index + 1]
    if (next !== undefined && next.atMs - atMs < REFRESH_MS) continue
    const [left, right] = shown
    if (left === undefined || right === undefined) continue
    // Both have pictures now, or one waits for the other's beginning or end.
    if (isTogether(play, left, startsMs) && isTogether(play, right, startsMs))
      leads.push(rounded((left - right) * fps))
  }
  return leads
}

/** Times are told in microseconds: one frame apart is one frame, not a hair more. */
const rounded = (frames: number): number => Math.round(frames * 1000) / 1000

/** Whether both clips have a picture of their own at a time of the shared clock. */
function isTogether(play: readonly Presented[], atSec: number, startsMs: readonly [number, number]): boolean {
  return ([0, 1] as const).every((place) => {
    const times = play.filter((each) => each.place === place).map(({ mediaSec }) => mediaSec)
    const startSec = startsMs[place] / 1000
    return atSec >= startSec + Math.min(...times) - 1e-6 && atSec <= startSec + Math.max(...times) + 1e-6
  })
}

function skippedOf(play: readonly Presented[], fps: number, place: number): number {
  const frames = new Set(
    play.filter((each) => each.place === place).map(({ mediaSec }) => Math.round(mediaSec * fps)),
  )
  return Math.max(...frames) - Math.min(...frames) + 1 - frames.size
}
