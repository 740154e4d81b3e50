/**
 * Puts a camera's frames, which come when they come, on a constant grid: frame n lies at n / fps.
 * `place` says for a frame of time `timeMs` how often the frame before it must be repeated first
 * (`repeats`) and whether this one gets a place (`takes`); a frame too close to the one before does not.
 */
export type FrameGrid = {
  place: (timeMs: number) => { repeats: number; takes: boolean }
  frameCount: () => number
}

/**
 * How far from its place, in steps of the grid, a frame may lie. More than half a step, so that a camera
 * whose frames fall between two places does not lose and repeat them by turns.
 */
const REACH_STEPS = 0.65

export function frameGrid(fps: number): FrameGrid {
  let startMs: number | undefined
  let next = 0
  return {
    place: (timeMs) => {
      startMs ??= timeMs
      const offset = ((timeMs - startMs) * fps) / 1000 - next
      if (offset < -REACH_STEPS) return { repeats: 0, takes: false }
      const repeats = Math.max(0, Math.ceil(offset - REACH_STEPS))
      next += repeats + 1
      return { repeats, takes: true }
    },
    frameCount: () => next,
  }
}
