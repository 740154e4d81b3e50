import { downscaleLuma, type LumaPlane, lumaFromRgba } from '../episode/index.ts'
import { type Box, boxIntersection } from './box.ts'
import type { Point } from './person-mask.ts'
import { areaOf, type Quad, quadAround } from './quad-around.ts'
import { sheetPatch } from './sheet-patch.ts'
import { sheetRegions } from './sheet-regions.ts'
import { sheetSides } from './sheet-sides.ts'
import { type Picture, type Tint, tintOf } from './sheet-tint.ts'
import { sheetWriting, type Writing } from './sheet-writing.ts'

/** Pictures are given about this large: writing is looked for in all of it, outlines at half of it. */
export const SHEET_PICTURE_PIXELS = 640 * 480

/** What does the finding, told with what it found; another version finds other things. */
export const SHEET_TOOL = { name: 'chiron findSheets', version: '1' } as const

/**
 * Something flat with four corners on which something may be read: a paper, or the lit screen of some device. Corners are
 * shares of the picture, in order; where its edge cuts the sheet they may lie beyond.
 */
export type SheetSeen = { kind: 'screen' | 'paper'; corners: Point[] }

/** Of the quadrilateral: less is several things, or something of another shape. */
const MIN_FILL_RATIO = 0.4
const MIN_SIDES = 3
/** Corners closer than this are those of the same quadrilateral found at another level. */
const SAME_PX = 9

/** Finds sheets in one picture. A belief: it misses some, and what is flat and striped may be taken for one. */
export function findSheets(picture: Picture): SheetSeen[] {
  const { rgba, width, height } = picture
  const fine: LumaPlane = { luma: lumaFromRgba(rgba, width, height), width, height }
  const [least, most] = channels(picture)
  const found = [true, false].flatMap((isLight) =>
    candidates(isLight ? [fine.luma, least] : [most], { isLight, width, height }).flatMap((candidate) => {
      const kind = kindOf(picture, fine, candidate)
      return kind ? [{ kind, quad: candidate.quad }] : []
    }),
  )
  return withoutInner(found, picture)
}

/** A quadrilateral of the picture, lighter (or darker) than around it. `isWhole`: all four sides can be seen. */
type Candidate = { quad: Quad; isLight: boolean; isWhole: boolean }

/** Four-cornered regions of one brightness in planes of the picture's size, each once. */
function candidates(
  planes: readonly Uint8Array[],
  { isLight, width, height }: { isLight: boolean; width: number; height: number },
): Candidate[] {
  const found: Candidate[] = []
  for (const plane of planes) {
    const outlines = downscaleLuma(plane, width, height, Math.round(width / 2))
    const scale = width / outlines.width
    for (const { hull, areaPx } of sheetRegions(outlines, isLight)) {
      const small = quadAround(hull, outlines)
      if (small === undefined || areaPx < areaOf(small) * MIN_FILL_RATIO) continue
      const quad = small.map(([x, y]): Point => [x * scale, y * scale]) as unknown as Quad
      if (found.some((other) => isSame(other.quad, quad))) continue
      const { firmCount, atEdgeCount } = sheetSides(outlines, small, isLight)
      if (firmCount + Math.min(1, atEdgeCount) < MIN_SIDES) continue
      found.push({ quad, isLight, isWhole: firmCount === 4 })
    }
  }
  return found
}

function kindOf(
  picture: Picture,
  fine: LumaPlane,
  { quad, isLight, isWhole }: Candidate,
): SheetSeen['kind'] | undefined {
  const patch = sheetPatch(fine, quad)
  const isWritten = patch !== undefined && isWriting(sheetWriting(patch, isLight))
  // Light writing on dark ground is a screen's: paper is light.
  if (!isLight) return isWritten ? 'screen' : undefined
  const inside = tintOf(picture, quad, 'inside')
  if (isWritten && inside.saturation <= MAX_PAPER_SATURATION)
    return inside.blue >= SCREEN_BLUE ? 'screen' : 'paper'
  if (!isWhole) return undefined
  return isLit(inside, tintOf(picture, quad, 'frame'), tintOf(picture, quad, 'around')) ? 'screen' : undefined
}

const MIN_EVEN_RATIO = 0.6
const MIN_INK_RATIO = 0.02
const MAX_INK_RATIO = 0.45
const MIN_LINES = 5
const MIN_STARTS_PER_LINE = 2.5
/** Few lines of many words, or many of few. Wood, cloth and faces on real footage come to 30 now and then. */
const MIN_STARTS = 32
const MAX_PAPER_SATURATION = 0.33
/** Screens shine bluer than what indoor light falls on: blue more than red, of 255. */
const SCREEN_BLUE = 12

const isWriting = ({ evenRatio, inkRatio, lineCount, startsPerLine }: Writing): boolean =>
  evenRatio >= MIN_EVEN_RATIO &&
  inkRatio >= MIN_INK_RATIO &&
  inkRatio <= MAX_INK_RATIO &&
  lineCount >= MIN_LINES &&
  startsPerLine >= MIN_STARTS_PER_LINE &&
  lineCount * startsPerLine >= MIN_STARTS

/** What has no writing is a screen only with all of its frame: dark, with an outer side, and what it holds light and blue. */
const FRAME_DARK_RATIO = 0.8
const FRAME_END_RATIO = 1.3
const LIT_RATIO = 2
const LIT_BLUE = 10

const isLit = (inside: Tint, frame: Tint, around: Tint): boolean =>
  frame.darkRatio >= FRAME_DARK_RATIO &&
  inside.level >= frame.level * LIT_RATIO &&
  around.level >= frame.level * FRAME_END_RATIO &&
  inside.level >= around.level &&
  inside.blue >= Math.max(0, around.blue) + LIT_BLUE

/** The least and the most of each pixel's three colours: paper is light in all of them, a dark screen in none. */
function channels({ rgba, width, height }: Picture): [Uint8Array, Uint8Array] {
  const [least, most] = [new Uint8Array(width * height), new Uint8Array(width * height)]
  for (let pixel = 0, at = 0; pixel < least.length; pixel++, at += 4) {
    const [red, green, blue] = [rgba[at]!, rgba[at + 1]!, rgba[at + 2]!]
    least[pixel] = Math.min(red, green, blue)
    most[pixel] = Math.max(red, green, blue)
  }
  return [least, most]
}

const isSame = (a: Quad, b: Quad): boolean =>
  b.every(([x, y]) =>
    a.some((other) => Math.abs(other[0] - x) <= SAME_PX && Math.abs(other[1] - y) <= SAME_PX),
  )

/** The largest of those that lie over each other: a block of text on a page is no second sheet. */
function withoutInner(
  found: readonly { kind: SheetSeen['kind']; quad: Quad }[],
  { width, height }: Picture,
): SheetSeen[] {
  const kept: SheetSeen[] = []
  for (const { kind, quad } of [...found].sort((a, b) => areaOf(b.quad) - areaOf(a.quad))) {
    const corners = quad.map(([x, y]): Point => [x / width, y / height])
    if (!kept.some((larger) => isMostlyIn(boxOf(corners), boxOf(larger.corners))))
      kept.push({ kind, corners })
  }
  return kept
}

const MOSTLY = 0.6
function isMostlyIn(box: Box, other: Box): boolean {
  const inside = boxIntersection(box, other)
  return inside !== undefined && inside.width * inside.height >= MOSTLY * box.width * box.height
}

/** The upright rectangle around corners, cut at the edge of the picture. */
export function boxOf(corners: readonly Point[]): Box {
  const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => Math.min(1, Math.max(0, corner[axis]!)))) as [
    number[],
    number[],
  ]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
