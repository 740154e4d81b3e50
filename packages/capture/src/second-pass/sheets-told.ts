import {
  type CoveredSpan,
  type FlaggedSheet,
  type Redaction,
  SHEET_CARRY_MS,
  SHEET_TOOL,
  type SheetChoice,
} from '@chiron/core/sight'
import { SHEET_LOOKS_PER_SECOND } from './sheet-pictures.ts'

/** Something that may be read in a take, and what its maker wants done about it. */
export type DecidedSheet = FlaggedSheet & { choice: SheetChoice }

/** What travels with the film about screens and papers; times are those of the film as sent. */
export function sheetsTold(
  sheets: readonly DecidedSheet[],
  covers: readonly CoveredSpan[],
): NonNullable<Redaction['sheets']> {
  return {
    tool: { ...SHEET_TOOL },
    looksPerSecond: SHEET_LOOKS_PER_SECOND,
    carryMs: SHEET_CARRY_MS,
    found: sheets.map(({ kind, fromMs, toMs, seen, choice }) => ({
      kind,
      fromMs,
      toMs,
      lookCount: seen.length,
      choice,
    })),
    covers: [...covers],
  }
}
