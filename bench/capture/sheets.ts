// Screens and papers: how often they are found in takes whose truth is known, and how often where there are none.
import { existsSync } from 'node:fs'
import { boxOf, boxOverlap, findSheets, flaggedSheets, type SheetLook } from '@chiron/core/sight'
import type { Colours } from '@chiron/core/sight/testing'
import { isScreenStyle, SHEET_STYLES } from '@chiron/core/sight/testing'
import { PEOPLE } from '../../tests/e2e/capture-browser.ts'
import {
  FOOTAGE,
  HEIGHT,
  LOOKS,
  LOOKS_PER_SECOND,
  looksAt,
  pixelsOf,
  type SheetTake,
  sheetTake,
  WIDTH,
} from './sheet-takes.ts'

const SECONDS = LOOKS / LOOKS_PER_SECOND
/** Of found and true boxes (intersection over union), from which on it is that thing. */
const SAME = 0.35
const TARGETS = { recall: 0.6, falseRatio: 0.05 }

/** The same footage seen otherwise: mirrored, turned, lighter, harder, and parts of it. */
const VIEWS = [
  '',
  'hflip,',
  'vflip,',
  'transpose=1,',
  'eq=brightness=0.15,',
  'eq=contrast=1.4:brightness=-0.1,',
  'crop=iw*0.6:ih*0.6:0:0,',
  'crop=iw*0.6:ih*0.6:iw*0.4:0,',
  'crop=iw*0.6:ih*0.6:0:ih*0.4,',
  'crop=iw*0.6:ih*0.6:iw*0.4:ih*0.4,',
]
const PHOTO_PANS = [0, 1, 2, 3].map((at) => `crop=iw*0.6:ih*0.45:iw*0.1*${at}+12*n:ih*0.12*${at}+6*n,`)

const looksOf = (
  pictures: readonly Colours[],
  find: (picture: Colours) => SheetLook['sheets'],
): SheetLook[] =>
  pictures.map((picture, at) => ({ timeMs: (at * 1000) / LOOKS_PER_SECOND, sheets: find(picture) }))
const look = (picture: Colours) => findSheets(pixelsOf(picture))

type Found = {
  style: SheetTake['style']
  hasHand: boolean
  pictures: number
  isFlagged: boolean
  others: number
}

function foundIn({ pictures, corners, style, hasHand }: SheetTake): Found {
  const truths = corners.map((each) => boxOf(each.map(({ x, y }) => [x / WIDTH, y / HEIGHT] as const)))
  const looks = looksOf(pictures, look)
  const isIt = (at: number, seen: SheetLook['sheets'][number]['corners']) =>
    boxOverlap(boxOf(seen), truths[at]!) >= SAME
  const flagged = flaggedSheets(looks)
  const ofIt = flagged.filter(({ seen }) =>
    seen.some(({ timeMs, corners: at }) => isIt(Math.round((timeMs * LOOKS_PER_SECOND) / 1000), at)),
  )
  return {
    style,
    hasHand,
    pictures: looks.filter(({ sheets }, at) => sheets.some((sheet) => isIt(at, sheet.corners))).length,
    isFlagged: ofIt.length > 0,
    others: flagged.length - ofIt.length,
  }
}

const percent = (part: number, whole: number): string =>
  `${part} of ${whole}`.padStart(12) + `${((100 * part) / Math.max(1, whole)).toFixed(0)} %`.padStart(7)

function told(words: string, takes: readonly Found[]): void {
  const pictures = takes.reduce((sum, take) => sum + take.pictures, 0)
  const flagged = takes.filter(({ isFlagged }) => isFlagged).length
  console.log(
    `  ${words.padEnd(26)}${percent(pictures, takes.length * LOOKS)}   ${percent(flagged, takes.length)}`,
  )
}

/** Real takes that show no lit screen and nothing written: stretches of the footage in all its views. */
function* emptyTakes(): Generator<{ name: string; pictures: Colours[] }> {
  for (const [at, file] of FOOTAGE.entries()) {
    for (const view of VIEWS) {
      for (const from of at === 0 ? [0, SECONDS] : [0])
        yield {
          name: `${file.split('/').at(-1)} from ${from} s ${view}`,
          pictures: looksAt(file, view, { from, length: SECONDS }),
        }
    }
  }
  for (const pan of PHOTO_PANS)
    yield { name: `photo ${pan}`, pictures: looksAt(PEOPLE, pan, { from: 0, length: SECONDS }) }
}

/** Prints both, and returns how many targets were missed. */
export function benchSheets(takeCount: number): number {
  const missing = [...FOOTAGE, PEOPLE].find((file) => !existsSync(file))
  if (missing) {
    console.log(`Nothing was measured: ${missing} is not here (see CHIRON_DATA).`)
    return 1
  }
  const footage = FOOTAGE.map((file) => looksAt(file, '', { from: 0, length: 20 }))
  const takes: Found[] = []
  for (let seed = 0; seed < takeCount; seed++) takes.push(foundIn(sheetTake(seed, footage)))
  console.log(`drawn sheets in real footage, ${WIDTH} × ${HEIGHT}, ${SECONDS} s, ${LOOKS} looks a take`)
  console.log(`  ${''.padEnd(26)}${'pictures'.padStart(19)}   ${'takes'.padStart(19)}`)
  told('all', takes)
  told(
    'papers',
    takes.filter(({ style }) => !isScreenStyle(style)),
  )
  told(
    'screens',
    takes.filter(({ style }) => isScreenStyle(style)),
  )
  for (const style of SHEET_STYLES)
    told(
      `  ${style}`,
      takes.filter((take) => take.style === style),
    )
  told(
    'a hand in the picture',
    takes.filter(({ hasHand }) => hasHand),
  )
  console.log(
    `  something else flagged as well: ${percent(takes.filter(({ others }) => others > 0).length, takes.length)}`,
  )
  let [empty, flagged, slowMs, pictures] = [0, 0, 0, 0]
  for (const take of emptyTakes()) {
    const startMs = performance.now()
    const sheets = flaggedSheets(looksOf(take.pictures, look))
    slowMs += performance.now() - startMs
    pictures += take.pictures.length
    empty++
    if (sheets.length === 0) continue
    flagged++
    console.log(
      `  flagged: ${take.name}: ${sheets.map(({ kind, seen }) => `${kind} in ${seen.length} looks`).join(', ')}`,
    )
  }
  console.log(`real footage without any: ${percent(flagged, empty)} of takes flagged`)
  console.log(`one look takes ${(slowMs / pictures).toFixed(0)} ms (not slowed)`)
  const recall = takes.filter(({ isFlagged }) => isFlagged).length / Math.max(1, takes.length)
  const isMet = [recall >= TARGETS.recall, flagged / empty < TARGETS.falseRatio]
  console.log(`  ${isMet[0] ? 'met   ' : 'MISSED'}  flagged in at least ${TARGETS.recall * 100} % of takes`)
  console.log(
    `  ${isMet[1] ? 'met   ' : 'MISSED'}  false flags in fewer than ${TARGETS.falseRatio * 100} % of takes`,
  )
  return isMet.filter((met) => !met).length
}
