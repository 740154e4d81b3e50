import type { Page } from 'playwright-core'
import { MARK_BITS, MARK_PX } from './pair-lab.ts'

/** Which frames of two marked clips were seen at one moment of the page, the left one's first; see `marksFilter`. */
export type SeenFrames = { atMs: number; frames: readonly [number, number] }

const MARKS = { bits: MARK_BITS, px: MARK_PX }

declare global {
  var watchedPair: { seen: SeenFrames[]; stop: () => void } | undefined
}

/**
 * Reads the marks off whatever a person sees of the two clips in a page (the canvas that lies over a video, else the
 * video) at each refresh of the screen, until `stopWatching`. Knows nothing of the player: it reads pixels.
 */
export function watchPair(page: Page): Promise<void> {
  return page.evaluate(({ bits, px }) => {
    const seen: SeenFrames[] = []
    const strip = document.createElement('canvas')
    strip.width = bits + 2
    strip.height = 1
    const pen = strip.getContext('2d', { willReadFrequently: true })!
    const frameOn = (clip: Element): number => {
      const canvas = clip.querySelector('canvas')
      const picture = canvas && !canvas.hidden ? canvas : clip.querySelector('video')!
      pen.drawImage(picture, 0, 0, (bits + 2) * px, px, 0, 0, bits + 2, 1)
      const { data } = pen.getImageData(0, 0, bits + 2, 1)
      const isWhite = (at: number): boolean => data[at * 4]! > 127
      if (!isWhite(0) || isWhite(1)) return -1
      return Array.from({ length: bits }, (_, bit) => (isWhite(bit + 2) ? 2 ** bit : 0)).reduce(
        (sum, value) => sum + value,
        0,
      )
    }
    let handle = 0
    const look = (): void => {
      handle = requestAnimationFrame(look)
      const [left, right] = [...document.querySelectorAll('.player-pair .clip')].map(frameOn)
      const last = seen.at(-1)?.frames
      if (last?.[0] === left && last?.[1] === right) return
      seen.push({ atMs: performance.now(), frames: [left!, right!] })
    }
    look()
    globalThis.watchedPair = { seen, stop: () => cancelAnimationFrame(handle) }
  }, MARKS)
}

export function stopWatching(page: Page): Promise<SeenFrames[]> {
  return page.evaluate(() => {
    globalThis.watchedPair?.stop()
    return globalThis.watchedPair?.seen ?? []
  })
}
