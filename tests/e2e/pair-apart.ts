import type { SeenFrames } from './pair-marks.ts'

/** How far two clips were apart, in frames, over all refreshes of the screen that changed either. */
export type Apart = {
  refreshes: number
  worst: number
  /** 99 of 100 refreshes were no further apart. */
  most: number
  /** How far the left and the right was ahead at most. */
  ahead: [number, number]
  /** Pictures of either that never were on the screen. */
  skipped: number
  /** The longest that both stood still between their first and last common picture, in milliseconds. */
  stoodMs: number
}

const HUNDREDTH = 0.99

/**
 * Compares what was on the screen of two clips after each refresh, playback by playback; `startFrames` is where each
 * clip begins on their shared clock. Only what both have pictures of is compared.
 */
export function apart(
  plays: readonly (readonly SeenFrames[])[],
  startFrames: readonly [number, number],
): Apart {
  const common = plays.map((play) => commonPart(play, startFrames))
  const leads = common.flatMap((play) =>
    play.map(({ frames }) => frames[0] + startFrames[0] - frames[1] - startFrames[1]),
  )
  const sizes = leads.map(Math.abs).sort((one, other) => one - other)
  return {
    refreshes: leads.length,
    worst: sizes.at(-1) ?? Number.NaN,
    most: sizes[Math.floor(HUNDREDTH * (sizes.length - 1))] ?? Number.NaN,
    ahead: [Math.max(0, ...leads), Math.max(0, ...leads.map((lead) => -lead))],
    skipped: plays.reduce((sum, play) => sum + skippedOf(play, 0) + skippedOf(play, 1), 0),
    stoodMs: Math.max(0, ...common.map(longestStand)),
  }
}

/** From when both clips have a picture of their own to when one has shown its last. */
function commonPart(play: readonly SeenFrames[], startFrames: readonly [number, number]): SeenFrames[] {
  const places = [0, 1] as const
  const on = (place: 0 | 1, { frames }: SeenFrames): number => frames[place] + startFrames[place]
  const lasts = places.map((place) => Math.max(...play.map((seen) => on(place, seen))))
  const from = Math.max(...startFrames)
  const to = Math.min(...lasts)
  return play.filter((seen) => places.every((place) => on(place, seen) >= from && on(place, seen) <= to))
}

const longestStand = (play: readonly SeenFrames[]): number =>
  Math.max(0, ...play.slice(2).map(({ atMs }, at) => atMs - play[at + 1]!.atMs))

function skippedOf(play: readonly SeenFrames[], place: 0 | 1): number {
  const frames = new Set(play.map((seen) => seen.frames[place]))
  return Math.max(...frames) - Math.min(...frames) + 1 - frames.size
}
