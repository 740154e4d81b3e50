import { boxIntersection, boxOverlap } from './box.ts'
import { coveredRatio } from './covered-ratio.ts'
import { type CoveredSpan, coverPlan, coversAt } from './face-cover.ts'
import { boxOf } from './find-sheets.ts'
import type { FlaggedSheet, SheetLook } from './flagged-sheets.ts'

/** How much larger than the sheet, on each side, the cover is. Less than around a face: its edges are known better. */
export const SHEET_COVER_RATIO = 0.12
/** A cover reaches this far before the first and after the last look that saw the sheet: two looks, as one may have missed it. */
export const SHEET_CARRY_MS = 1_000

/** What to cover, and when: each sheet from before the first look that saw it until after the last, the whole way between. */
export function sheetCovers(
  sheets: readonly Pick<FlaggedSheet, 'seen'>[],
  film: { durationMs: number },
): CoveredSpan[] {
  const order = { ...film, carryMs: SHEET_CARRY_MS, coverRatio: SHEET_COVER_RATIO }
  return sheets.flatMap(({ seen }) =>
    coverPlan(
      seen.map(({ timeMs, corners }) => ({ timeMs, boxes: [boxOf(corners)] })),
      order,
    ),
  )
}

/** Nearly all of it lies under covers. */
const UNDER_COVER_RATIO = 0.9
/** A look so near to one that saw a sheet sees it about where it was. */
const NEAR_MS = 1_000

/**
 * What looks at the painted film saw of sheets beside the covers that lie over them: to be covered as well. `kept`: sheets that
 * stay by their maker's choice.
 */
export function sheetsLeft(
  looks: readonly SheetLook[],
  { covers, kept }: { covers: readonly CoveredSpan[]; kept: readonly Pick<FlaggedSheet, 'seen'>[] },
): Pick<FlaggedSheet, 'seen'>[] {
  return looks.flatMap(({ timeMs, sheets }) => {
    const here = coversAt(covers, timeMs)
    const staying = kept
      .flatMap(({ seen }) => seen)
      .filter((look) => Math.abs(look.timeMs - timeMs) <= NEAR_MS)
      .map(({ corners }) => boxOf(corners))
    return sheets.flatMap(({ corners }) => {
      const box = boxOf(corners)
      const under = here.flatMap((cover) => boxIntersection(cover, box) ?? [])
      const isLeft = under.length > 0 && coveredRatio(under) < UNDER_COVER_RATIO * box.width * box.height
      const mayStay = staying.some((other) => boxOverlap(other, box) > 0)
      return isLeft && !mayStay ? [{ seen: [{ timeMs, corners }] }] : []
    })
  })
}
