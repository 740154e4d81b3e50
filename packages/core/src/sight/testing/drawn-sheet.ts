import type { SeededRandom } from '../../kit/index.ts'

/** A picture in colour, three bytes a pixel, rows from the top. */
export type Colours = { width: number; height: number; rgb: Uint8Array }
export type Rgb = readonly [red: number, green: number, blue: number]

/** What is drawn: papers, and what screens show; a film has no writing. */
export const SHEET_STYLES = ['letter', 'form', 'receipt', 'notes', 'mail', 'code', 'chat', 'film'] as const
export type SheetStyle = (typeof SHEET_STYLES)[number]

export const isScreenStyle = (style: SheetStyle): boolean => ['mail', 'code', 'chat', 'film'].includes(style)

const SIZES: Record<SheetStyle, readonly [width: number, height: number]> = {
  letter: [600, 848],
  form: [600, 848],
  receipt: [300, 800],
  notes: [600, 848],
  mail: [960, 600],
  code: [960, 600],
  chat: [400, 800],
  film: [960, 540],
}
const WHITE: Rgb = [246, 246, 243]
const INK: Rgb = [40, 40, 46]

export function blankSheet(width: number, height: number, colour: Rgb): Colours {
  const rgb = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at++) rgb.set(colour, at * 3)
  return { width, height, rgb }
}

/** A sheet with made-up writing on it: words of strokes, in lines as pages and screens have them. */
export function drawnSheet(style: SheetStyle, random: SeededRandom): Colours {
  const [width, height] = SIZES[style]
  const sheet = blankSheet(width, height, WHITE)
  const pen: Pen = { sheet, random, ink: INK, letterPx: 10 }
  PAINTERS[style](pen)
  return sheet
}

type Pen = { sheet: Colours; random: SeededRandom; ink: Rgb; letterPx: number }

const PAINTERS: Record<SheetStyle, (pen: Pen) => void> = {
  letter: (pen) => {
    lines({ ...pen, letterPx: 16 }, { x: 60, y: 60, width: 220, count: 3 })
    lines(pen, { x: 60, y: 170, width: 480, count: 14 })
    lines(pen, { x: 60, y: 480, width: 480, count: 12 })
  },
  form: (pen) => {
    fill(pen.sheet, { x: 40, y: 40, width: 520, height: 34, colour: [70, 90, 130] })
    for (let row = 0; row < 14; row++) {
      const y = 110 + row * 50
      lines(pen, { x: 50, y, width: 150, count: 1 })
      lines(pen, { x: 230, y, width: 220, count: 1 })
      fill(pen.sheet, { x: 40, y: y + 26, width: 520, height: 2, colour: [120, 120, 120] })
    }
  },
  receipt: (pen) => {
    lines({ ...pen, letterPx: 14 }, { x: 60, y: 30, width: 180, count: 2 })
    for (let row = 0; row < 26; row++) {
      lines({ ...pen, letterPx: 9 }, { x: 24, y: 110 + row * 25, width: 150, count: 1 })
      lines({ ...pen, letterPx: 9 }, { x: 224, y: 110 + row * 25, width: 52, count: 1 })
    }
  },
  notes: (pen) => {
    for (let y = 60; y < 820; y += 36)
      fill(pen.sheet, { x: 0, y, width: 600, height: 1, colour: [170, 190, 215] })
    lines({ ...pen, ink: [40, 50, 120], letterPx: 15 }, { x: 40, y: 66, width: 500, count: 17, gapPx: 36 })
  },
  mail: (pen) => {
    fill(pen.sheet, { x: 0, y: 0, width: 960, height: 46, colour: [60, 100, 200] })
    fill(pen.sheet, { x: 0, y: 46, width: 200, height: 554, colour: [228, 232, 240] })
    lines(pen, { x: 20, y: 80, width: 150, count: 12, gapPx: 34 })
    lines(pen, { x: 230, y: 80, width: 690, count: 16, gapPx: 30 })
  },
  code: (pen) => {
    fill(pen.sheet, { x: 0, y: 0, width: 960, height: 600, colour: [30, 32, 40] })
    for (let row = 0; row < 22; row++) {
      const indent = 40 + 30 * Math.floor(pen.random.next() * 5)
      const ink: Rgb = pen.random.next() < 0.5 ? [200, 205, 215] : [120, 190, 240]
      lines({ ...pen, ink }, { x: indent, y: 24 + row * 26, width: 220 + 300 * pen.random.next(), count: 1 })
    }
  },
  chat: (pen) => {
    fill(pen.sheet, { x: 0, y: 0, width: 400, height: 60, colour: [40, 120, 110] })
    for (let row = 0; row < 7; row++) {
      const x = row % 2 === 0 ? 16 : 110
      const colour: Rgb = row % 2 === 0 ? [228, 230, 235] : [200, 235, 200]
      fill(pen.sheet, { x, y: 80 + row * 100, width: 270, height: 78, colour })
      lines(pen, { x: x + 14, y: 92 + row * 100, width: 240, count: 3, gapPx: 22 })
    }
  },
  film: ({ sheet, random }) => {
    fill(sheet, { x: 0, y: 0, width: 960, height: 540, colour: [120, 150, 190] })
    for (let thing = 0; thing < 24; thing++) {
      const colour: Rgb = [60 + random.int(150), 80 + random.int(150), 90 + random.int(160)]
      const [width, height] = [60 + random.int(240), 60 + random.int(200)]
      fill(sheet, { x: random.int(900), y: random.int(500), width, height, colour })
    }
  },
}

type Place = { x: number; y: number; width: number }

/** Lines of words; the last one is shorter, as ends of paragraphs are. */
function lines(pen: Pen, at: Place & { count: number; gapPx?: number }): void {
  const { random, letterPx } = pen
  for (let line = 0; line < at.count; line++) {
    const isLast = line === at.count - 1 && at.count > 2
    const end = at.x + at.width * (isLast ? 0.3 + 0.5 * random.next() : 0.9 + 0.1 * random.next())
    let x = at.x
    while (x < end) {
      const letters = 2 + Math.floor(random.next() * 8)
      for (let letter = 0; letter < letters && x < end; letter++) {
        stroke(pen, x, at.y + line * (at.gapPx ?? letterPx * 2))
        x += letterPx * 0.75
      }
      x += letterPx * 0.6
    }
  }
}

/** One letter: a stem, and bars that lean on it. */
function stroke({ sheet, random, ink, letterPx }: Pen, x: number, y: number): void {
  const thick = Math.max(1, Math.round(letterPx / 7))
  const wide = letterPx * 0.5
  const low = random.next() < 0.65 ? y + letterPx * 0.3 : y
  const stem = { x, y: low, width: thick, height: y + letterPx - low, colour: ink }
  fill(sheet, stem)
  if (random.next() < 0.6) fill(sheet, { ...stem, x: x + wide })
  for (const share of [0, 0.5, 1])
    if (random.next() < 0.5)
      fill(sheet, { x, y: low + share * (stem.height - thick), width: wide, height: thick, colour: ink })
}

type Filled = Place & { height: number; colour: Rgb }

function fill(sheet: Colours, { x, y, width, height, colour }: Filled): void {
  const [left, right] = [x, x + width].map((at) => Math.min(sheet.width, Math.max(0, Math.round(at))))
  const [top, bottom] = [y, y + height].map((at) => Math.min(sheet.height, Math.max(0, Math.round(at))))
  for (let row = top!; row < bottom!; row++)
    for (let column = left!; column < right!; column++)
      sheet.rgb.set(colour, (row * sheet.width + column) * 3)
}
