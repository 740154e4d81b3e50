/** Frames kept to be recognised when they come back; older ones were skipped by the app. */
const MAX_FRAMES = 32
/** A frame that comes back this long after it stood still is a wish, not an echo, in milliseconds. */
const ECHO_MS = 500

/** Tells the frames that an app was given and hands back from those it asks for. */
export type Echoes = {
  /** The app, which asks for `asked` now, is told this frame. The same one does not come back: nothing changes for it. */
  report(frame: number, asked: number | undefined): void
  /**
   * Whether this frame is one that the app was told and now hands back; with it go all that were told before it, as
   * apps draw only the latest. While the clip is `moving` a frame may come back late.
   */
  isEcho(frame: number, moving: boolean): boolean
}

/** `now` in milliseconds, on any clock that only rises. */
export function createEchoes(now: () => number = () => performance.now()): Echoes {
  let told: { frame: number; atMs: number }[] = []
  return {
    report: (frame, asked) => {
      if (frame === asked) return
      told = [...told.slice(1 - MAX_FRAMES), { frame, atMs: now() }]
    },
    isEcho: (frame, moving) => {
      const at = told.findIndex((each) => each.frame === frame && (moving || now() - each.atMs < ECHO_MS))
      if (at >= 0) told = told.slice(at + 1)
      return at >= 0
    },
  }
}
