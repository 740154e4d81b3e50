import { type CoveredSpan, coversAt, handOutline } from '@chiron/core/sight'
import type { Detector, Found } from '../detect/detector.ts'

/** Solid, not blurred and not mosaic: both of those can be undone. */
const COVER_COLOUR = '#3a3a3a'
const BACKGROUND_COLOUR = '#8c8c8c'
/** A person is looked for in every so manieth picture; in between the last outline serves. */
const MASK_EVERY = 3
/** This likely a person, and it stays. Below half: rather some wall than a hand too few. */
const PERSON_LEVEL = 100

type Surface = OffscreenCanvasRenderingContext2D

/** Paints one picture of a film after the other; `timeMs` counts from the film's beginning. */
export type Painter = (surface: Surface, timeMs: number) => Promise<void>

/** Fills the covered places, and, with a detector, everything that is neither person nor hand nor what it holds. */
export function coverPainter(spans: readonly CoveredSpan[], behind: Detector | undefined): Painter {
  const background = behind === undefined ? undefined : backgroundPainter(behind)
  return async (surface, timeMs) => {
    await background?.(surface, timeMs)
    const { width, height } = surface.canvas
    surface.fillStyle = COVER_COLOUR
    for (const box of coversAt(spans, timeMs)) {
      // Whole pixels outwards: no seam of the face shows at the edge.
      const left = Math.floor(box.x * width)
      const top = Math.floor(box.y * height)
      surface.fillRect(
        left,
        top,
        Math.ceil((box.x + box.width) * width) - left,
        Math.ceil((box.y + box.height) * height) - top,
      )
    }
  }
}

function backgroundPainter(detector: Detector): Painter {
  let count = 0
  let stencil: OffscreenCanvas | undefined
  return async (surface) => {
    const { width, height } = surface.canvas
    if (count++ % MASK_EVERY === 0 || stencil === undefined) {
      const picture = await createImageBitmap(surface.canvas)
      stencil = stencilOf(await detector.look(picture, { person: true, hands: true }), { width, height })
    }
    surface.globalCompositeOperation = 'destination-in'
    surface.drawImage(stencil, 0, 0)
    surface.globalCompositeOperation = 'destination-over'
    surface.fillStyle = BACKGROUND_COLOUR
    surface.fillRect(0, 0, width, height)
    surface.globalCompositeOperation = 'source-over'
  }
}

/** What stays: the person, and around each hand its outline with what it holds, whatever the mask says there. */
function stencilOf({ person, hands = [] }: Found, size: { width: number; height: number }): OffscreenCanvas {
  const canvas = new OffscreenCanvas(size.width, size.height)
  const surface = canvas.getContext('2d')!
  if (person !== undefined) {
    const mask = new OffscreenCanvas(person.width, person.height)
    const pixels = new ImageData(person.width, person.height)
    person.levels.forEach((level, at) => {
      pixels.data[4 * at + 3] = level >= PERSON_LEVEL ? 255 : 0
    })
    mask.getContext('2d')!.putImageData(pixels, 0, 0)
    surface.drawImage(mask, 0, 0, size.width, size.height)
  }
  surface.fillStyle = '#000'
  for (const hand of hands) {
    surface.beginPath()
    for (const [x, y] of handOutline(hand)) surface.lineTo(x * size.width, y * size.height)
    surface.fill()
  }
  return canvas
}
