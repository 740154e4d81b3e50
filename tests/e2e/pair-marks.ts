import type { Page } from 'playwright-core'

/** Boxes of `MARK_PX` along the upper edge of a marked clip: a white and a black one, then the bits of the frame's number. */
const MARK_PX = 30
const MARK_BITS = 10

/** ffmpeg's filter that writes into each frame which one it is; the picture stays what it was below. */
export function marksFilter(): string {
  const box = (at: number, color: string, enable: string): string =>
    `drawbox=x=${at * MARK_PX}:y=0:w=${MARK_PX}:h=${MARK_PX}:color=${color}:t=fill${enable && `:enable='${enable}'`}`
  const bits = Array.from({ length: MARK_BITS }, (_, bit) => [
    box(bit + 2, 'black', ''),
    box(bit + 2, 'white', `mod(floor(n/${2 ** bit})\\,2)`),
  ])
  return `,${[box(0, 'white', ''), box(1, 'black', ''), ...bits.flat()].join(',')}`
}

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
    /** `undefined` of a video on its way elsewhere: it hands over nothing, and goes on showing what it showed. */
    const frameOn = (clip: Element): number | undefined => {
      const canvas = clip.querySelector('canvas')
      const picture = canvas && !canvas.hidden ? canvas : clip.querySelector('video')!
      pen.clearRect(0, 0, bits + 2, 1)
      pen.drawImage(picture, 0, 0, (bits + 2) * px, px, 0, 0, bits + 2, 1)
      const { data } = pen.getImageData(0, 0, bits + 2, 1)
      const isWhite = (at: number): boolean => data[at * 4]! > 127
      if (!isWhite(0) || isWhite(1)) return undefined
      return Array.from({ length: bits }, (_, bit) => (isWhite(bit + 2) ? 2 ** bit : 0)).reduce(
        (sum, value) => sum + value,
        0,
      )
    }
    let handle = 0
    const look = (): void => {
      handle = requestAnimationFrame(look)
      const [left, right] = [...document.querySelectorAll('.player-pair .clip')].map(frameOn)
      const last = seen.at(-1)?.frames ?? [-1, -1]
      const frames = [left ?? last[0], right ?? last[1]] as const
      if (frames.join() !== last.join()) seen.push({ atMs: performance.now(), frames })
    }
    look()
    globalThis.watchedPair = { seen, stop: () => cancelAnimationFrame(handle) }
  }, MARKS)
}

/** Which of the two clips is the longer: sides are thrown for. */
export function longerSide(page: Page): Promise<0 | 1> {
  return page.evaluate(() => {
    const [left, right] = [...document.querySelectorAll('video')].map(({ duration }) => duration)
    return left! > right! ? 0 : 1
  })
}

export function stopWatching(page: Page): Promise<SeenFrames[]> {
  return page.evaluate(() => {
    globalThis.watchedPair?.stop()
    return globalThis.watchedPair?.seen ?? []
  })
}
