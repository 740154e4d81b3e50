import type { DecidedSheet } from '@chiron/capture'
import { type FlaggedSheet, flaggedSheets, SHEET_CARRY_MS, type SheetChoice } from '@chiron/core/sight'
import { useMemo, useState } from 'preact/hooks'
import type { Cut } from './judge-cut.ts'
import type { Examination } from './use-examined.ts'

/** A thing that may be read in what the cut keeps. `look`: the one it is shown by. */
export type ShownSheet = FlaggedSheet & {
  id: string
  look: FlaggedSheet['seen'][number]
  choice: SheetChoice | undefined
}

export type Sheets = {
  shown: ShownSheet[]
  openCount: number
  /** All of them with what was chosen; undefined while one is open. */
  decided: DecidedSheet[] | undefined
  choose: (id: string, choice: SheetChoice) => void
  coverAll: () => void
}

/** What may be read in the take, and what its maker wants done about each; what the cut leaves out does not matter. */
export function useSheets(examination: Examination, cut: Cut): Sheets {
  const [choices, setChoices] = useState<Record<string, SheetChoice>>({})
  const flagged = useMemo(
    () => (examination.state === 'done' ? flaggedSheets(examination.examined.sheets) : []),
    [examination],
  )
  const shown = flagged.flatMap((sheet, at) => {
    const id = String(at)
    if (sheet.fromMs - SHEET_CARRY_MS > cut.toMs || sheet.toMs + SHEET_CARRY_MS < cut.fromMs) return []
    const { seen } = sheet
    const middleMs = (Math.max(sheet.fromMs, cut.fromMs) + Math.min(sheet.toMs, cut.toMs)) / 2
    const away = (look: { timeMs: number }) => Math.abs(look.timeMs - middleMs)
    const look = [...seen].sort((a, b) => away(a) - away(b))[0]!
    return [{ ...sheet, id, look, choice: choices[id] }]
  })
  const decided = shown.flatMap(({ kind, fromMs, toMs, seen, choice }) =>
    choice ? [{ kind, fromMs, toMs, seen, choice }] : [],
  )
  return {
    shown,
    openCount: shown.length - decided.length,
    decided: decided.length === shown.length ? decided : undefined,
    choose: (id, choice) => setChoices((now) => ({ ...now, [id]: choice })),
    coverAll: () =>
      setChoices((now) => ({
        ...now,
        ...Object.fromEntries(shown.map(({ id }) => [id, 'covered' as const])),
      })),
  }
}
