import type { Redaction, SheetChoice } from '@chiron/core/sight'
import type { EpisodeProvenance, EpisodeRedaction } from '@chiron/formats/proof'
import type { EpisodeRow } from '../media/index.ts'

/** What was taken out of a recording before it left the phone; undefined for films that no phone of ours sent. */
export const redactionOf = ({ redaction }: Pick<EpisodeRow, 'redaction'>): Redaction | undefined =>
  (redaction as Redaction | null) ?? undefined

/** The same as a release tells it: each kind with its tool, and which places were filled when. */
export function redactionsTold(
  redaction: Redaction | undefined,
): Pick<EpisodeProvenance, 'redactions' | 'covers' | 'sheetCovers'> {
  if (redaction === undefined) return { redactions: [] }
  const { tool, models, covers, sheets, background, sound, dates } = redaction
  const by = { tool: tool.name, version: tool.version }
  const faces: EpisodeRedaction =
    covers.length > 0
      ? { kind: 'faces-filled', ...by, models, spanCount: covers.length, coveredMs: lengthMs(covers) }
      : { kind: 'faces-looked-for', ...by, models }
  return {
    redactions: [
      faces,
      ...(sheets ? sheetsTold(sheets) : []),
      ...(background === 'removed' ? [{ kind: 'background-removed' as const, ...by, models }] : []),
      { kind: `sound-${sound}`, ...by },
      { kind: `dates-${dates}`, ...by },
    ],
    ...(covers.length > 0 ? { covers } : {}),
    ...(sheets && sheets.covers.length > 0 ? { sheetCovers: sheets.covers } : {}),
  }
}

/** Screens and papers: those filled, and those that stay because their maker said that nothing on them is private. */
function sheetsTold({ tool, found, covers }: NonNullable<Redaction['sheets']>): EpisodeRedaction[] {
  const by = { tool: tool.name, version: tool.version }
  const countOf = (wanted: SheetChoice) => found.filter(({ choice }) => choice === wanted).length
  const [filled, kept] = [countOf('covered'), countOf('nothing-private')]
  if (filled + kept === 0) return [{ kind: 'sheets-looked-for', ...by }]
  const spans = { spanCount: covers.length, coveredMs: lengthMs(covers) }
  return [
    ...(filled > 0 ? [{ kind: 'sheets-filled' as const, ...by, sheetCount: filled, ...spans }] : []),
    ...(kept > 0 ? [{ kind: 'sheets-kept' as const, ...by, sheetCount: kept }] : []),
  ]
}

/** How long something is covered in all; stretches may overlap. */
function lengthMs(spans: Redaction['covers']): number {
  let [sum, end] = [0, 0]
  for (const { fromMs, toMs } of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    sum += Math.max(0, toMs - Math.max(fromMs, end))
    end = Math.max(end, toMs)
  }
  return sum
}
