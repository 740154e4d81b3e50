import { type Box, boxOverlap } from './box.ts'
import { boxOf, type SheetSeen } from './find-sheets.ts'
import type { Point } from './person-mask.ts'

/** The sheets that one look at a film found. */
export type SheetLook = { timeMs: number; sheets: SheetSeen[] }

/** One thing that was seen in several looks: where, each time, and which kind most looks took it for. */
export type FlaggedSheet = {
  kind: SheetSeen['kind']
  fromMs: number
  toMs: number
  seen: { timeMs: number; corners: Point[] }[]
}

/** Seen less often than this, or less often in as many looks one after the other, it was an error of the finder. */
const MIN_LOOKS = 3
const WITHIN_LOOKS = 8
/** More than a person answers for one film: of more, those seen most often are told. */
export const MAX_FLAGGED_SHEETS = 50
/** Who was not seen for so many looks and comes back is a thing of its own. */
const MAX_AWAY_LOOKS = 8
/** The same thing, from one look to the next that saw it: intersection over union. */
const SAME_OVERLAP = 0.25

/**
 * What was found in enough of a film's looks to be told to a person. Several weak looks make a sure one: a finder that sees
 * six of ten sees a thing that stays for eight looks at least three times in 95 of 100.
 */
export function flaggedSheets(looks: readonly SheetLook[]): FlaggedSheet[] {
  const tracks: { at: number; box: Box; timeMs: number; sheet: SheetSeen }[][] = []
  looks.forEach(({ timeMs, sheets }, at) => {
    for (const sheet of sheets) {
      const box = boxOf(sheet.corners)
      const track = tracks
        .filter((other) => at > other.at(-1)!.at && at - other.at(-1)!.at <= MAX_AWAY_LOOKS)
        .map((other) => ({ other, overlap: boxOverlap(other.at(-1)!.box, box) }))
        .filter(({ overlap }) => overlap >= SAME_OVERLAP)
        .sort((a, b) => b.overlap - a.overlap)[0]
      if (track) track.other.push({ at, box, timeMs, sheet })
      else tracks.push([{ at, box, timeMs, sheet }])
    }
  })
  const least = Math.min(MIN_LOOKS, Math.max(1, Math.ceil(looks.length / 2)))
  return tracks
    .filter((track) =>
      track.some((first, index) => {
        const last = track[index + least - 1]
        return last !== undefined && last.at - first.at < WITHIN_LOOKS
      }),
    )
    .map((track) => {
      const screens = track.filter(({ sheet }) => sheet.kind === 'screen').length
      return {
        kind: screens * 2 > track.length ? ('screen' as const) : ('paper' as const),
        fromMs: track[0]!.timeMs,
        toMs: track.at(-1)!.timeMs,
        seen: track.map(({ timeMs, sheet }) => ({ timeMs, corners: sheet.corners })),
      }
    })
    .sort((a, b) => b.seen.length - a.seen.length)
    .slice(0, MAX_FLAGGED_SHEETS)
    .sort((a, b) => a.fromMs - b.fromMs)
}
