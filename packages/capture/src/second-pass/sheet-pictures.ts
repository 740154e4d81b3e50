import { type Picture, SHEET_PICTURE_PIXELS } from '@chiron/core/sight'
import { LOOKS_PER_SECOND } from './looks-per-second.ts'

/** One of so many looks at a film looks for sheets, too: they move less than faces, and finding them takes longer. */
const EVERY_LOOKS = 2
export const SHEET_LOOKS_PER_SECOND = LOOKS_PER_SECOND / EVERY_LOOKS

/** Tells of each of a film's looks the picture in which sheets are looked for, or that this one is left out. */
export function sheetPictures(): (frame: VideoFrame) => Picture | undefined {
  let count = 0
  let canvas: OffscreenCanvas | undefined
  return (frame) => {
    if (count++ % EVERY_LOOKS !== 0) return undefined
    const { displayWidth, displayHeight } = frame
    const scale = Math.min(1, Math.sqrt(SHEET_PICTURE_PIXELS / (displayWidth * displayHeight)))
    const [width, height] = [displayWidth, displayHeight].map((side) =>
      Math.max(1, Math.round(side * scale)),
    ) as [number, number]
    canvas ??= new OffscreenCanvas(width, height)
    const surface = canvas.getContext('2d', { willReadFrequently: true })!
    surface.drawImage(frame, 0, 0, width, height)
    return { rgba: surface.getImageData(0, 0, width, height).data, width, height }
  }
}
