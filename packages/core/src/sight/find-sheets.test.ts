import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import {
  type Box,
  boxOf,
  boxOverlap,
  coversAt,
  findSheets,
  flaggedSheets,
  type Picture,
  redactionSchema,
  SHEET_CARRY_MS,
  type SheetLook,
  sheetCovers,
  sheetsLeft,
} from './index.ts'
import {
  blankSheet,
  type Colours,
  drawnSheet,
  isScreenStyle,
  placeSheet,
  type Rgb,
  type SheetStyle,
} from './testing/index.ts'

const DATA = process.env.CHIRON_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data')
const CLIP = join(DATA, 'hands/human_hand_video.mp4')
const footage = test.skipIf(!existsSync(CLIP))
if (!existsSync(CLIP)) process.stderr.write(`Sheets on real footage are not tried: ${CLIP} is not here.\n`)

const WIDTH = 640
const HEIGHT = 480
const WOOD: Rgb = [120, 84, 58]

/** A table with some grain and noise. */
function table(colour: Rgb, seed = 1): Colours {
  const random = seededRandom(seed)
  const picture = blankSheet(WIDTH, HEIGHT, colour)
  for (let at = 0; at < picture.rgb.length; at++) {
    const grain = 10 * Math.sin(Math.floor(at / 3 / WIDTH) / 7)
    picture.rgb[at] = Math.max(0, picture.rgb[at]! + grain + (random.next() - 0.5) * 12)
  }
  return picture
}

const pixelsOf = ({ rgb, width, height }: Colours): Picture => {
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let at = 0; at < width * height; at++) rgba.set(rgb.subarray(at * 3, at * 3 + 3), at * 4)
  return { rgba, width, height }
}

type Lying = { x: number; y: number; long: number; turn?: number; tilt?: number }

function cornersOf(sheet: Colours, { x, y, long, turn = 0, tilt = 0 }: Lying, margin = 0) {
  const scale = long / Math.max(sheet.width, sheet.height)
  const [wide, high] = [(sheet.width * scale) / 2 + margin, (sheet.height * scale) / 2 + margin]
  return [
    [-wide, -high],
    [wide, -high],
    [wide, high],
    [-wide, high],
  ].map(([right = 0, down = 0]) => {
    const far = 1 + (down * Math.sin(tilt)) / 700
    return {
      x: x + (right * Math.cos(turn) - down * Math.sin(turn)) / far,
      y: y + (right * Math.sin(turn) + down * Math.cos(turn)) / far,
    }
  })
}

const boxAt = (corners: readonly { x: number; y: number }[]): Box =>
  boxOf(corners.map(({ x, y }) => [x / WIDTH, y / HEIGHT] as const))

type Scene = { style: SheetStyle; lying: Lying; light: Rgb; change?: (picture: Colours) => void }

function seenOf({ style, lying, light, change }: Scene) {
  const sheet = drawnSheet(style, seededRandom(style))
  const picture = table(WOOD)
  const corners = cornersOf(sheet, lying)
  if (isScreenStyle(style))
    placeSheet(picture, blankSheet(50, 50, [20, 20, 22]), {
      corners: cornersOf(sheet, lying, lying.long * 0.03),
    })
  placeSheet(picture, sheet, { corners, light, slope: style === 'letter' ? 0.4 : 0 })
  change?.(picture)
  return { sheets: findSheets(pixelsOf(picture)), truth: boxAt(corners) }
}

const WARM: Rgb = [0.85, 0.82, 0.72]
const COOL: Rgb = [0.92, 0.98, 1.08]
const letter: Lying = { x: 330, y: 250, long: 360, turn: 0.5, tilt: 0.6 }
const CASES = [
  ['a letter, turned and tilted, light from one side', { style: 'letter', lying: letter, light: WARM }],
  ['a form on its side', { style: 'form', lying: { x: 300, y: 240, long: 340, turn: 1.5 }, light: WARM }],
  ['a receipt', { style: 'receipt', lying: { x: 280, y: 240, long: 360, turn: -0.2 }, light: WARM }],
  ['notes in the shade', { style: 'notes', lying: { x: 340, y: 240, long: 380 }, light: [0.62, 0.6, 0.52] }],
  ['mail on a monitor', { style: 'mail', lying: { x: 320, y: 220, long: 400, turn: 0.05 }, light: COOL }],
  ['code, light on dark', { style: 'code', lying: { x: 320, y: 220, long: 420 }, light: COOL }],
  ['a chat on a phone', { style: 'chat', lying: { x: 320, y: 240, long: 340, turn: 0.25 }, light: COOL }],
  ['a film, no writing', { style: 'film', lying: { x: 320, y: 240, long: 380, turn: 0.1 }, light: COOL }],
] as const satisfies [string, Scene][]

test.each(CASES)('SEE-10 %s is found where it lies', (_, scene) => {
  const { sheets, truth } = seenOf(scene)
  expect(sheets.map(({ kind }) => kind)).toEqual([isScreenStyle(scene.style) ? 'screen' : 'paper'])
  expect(boxOverlap(boxOf(sheets[0]!.corners), truth)).toBeGreaterThan(0.75)
})

test('SEE-10 a letter with an arm across one side of it, and one that the edge of the picture cuts, are found', () => {
  const arm = (picture: Colours) => {
    for (let row = 300; row < HEIGHT; row++)
      picture.rgb.set(blankSheet(70, 1, [196, 146, 120]).rgb, (row * WIDTH + 280) * 3)
  }
  const lying = { x: 330, y: 230, long: 360, turn: 0.1 }
  const behind = seenOf({ style: 'letter', lying, light: WARM, change: arm })
  expect(behind.sheets).toHaveLength(1)
  expect(boxOverlap(boxOf(behind.sheets[0]!.corners), behind.truth)).toBeGreaterThan(0.6)
  const cut = seenOf({ style: 'letter', lying: { ...lying, y: 420 }, light: WARM })
  expect(cut.sheets).toHaveLength(1)
  expect(boxOverlap(boxOf(cut.sheets[0]!.corners), cut.truth)).toBeGreaterThan(0.6)
})

test('SEE-10 an empty page, a plate, a striped cloth and a table are nothing that can be read', () => {
  const empty = table(WOOD)
  const page = blankSheet(300, 400, [240, 240, 236])
  placeSheet(empty, page, { corners: cornersOf(page, { x: 320, y: 240, long: 320, turn: 0.3 }), light: WARM })
  const plate = table(WOOD)
  for (let at = 0; at < WIDTH * HEIGHT; at++)
    if (Math.hypot((at % WIDTH) - 320, Math.floor(at / WIDTH) - 240) < 150)
      plate.rgb.fill(225, at * 3, at * 3 + 3)
  const cloth = table(WOOD)
  const stripes = blankSheet(300, 300, [230, 228, 220])
  for (let row = 0; row < 300; row++) if (row % 30 < 15) stripes.rgb.fill(90, row * 900, (row + 1) * 900)
  placeSheet(cloth, stripes, { corners: cornersOf(stripes, { x: 320, y: 240, long: 300 }), light: WARM })
  for (const picture of [empty, plate, cloth, table(WOOD), table([30, 34, 30])])
    expect(findSheets(pixelsOf(picture))).toEqual([])
})

footage('SEE-10 in a real film of a hand before a wall nothing is flagged', { timeout: 60_000 }, () => {
  const ffmpeg: string = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg').path
  const shape = 'fps=2.5,scale=-2:480,crop=640:480,format=rgba'
  const decode = ['-v', 'error', '-t', '8', '-i', CLIP, '-vf', shape, '-f', 'rawvideo', '-']
  const raw = execFileSync(ffmpeg, decode, { maxBuffer: 1 << 28 })
  const size = WIDTH * HEIGHT * 4
  const looks = Array.from({ length: raw.length / size }, (_, at): SheetLook => {
    const rgba = raw.subarray(at * size, (at + 1) * size)
    return { timeMs: at * 400, sheets: findSheets({ rgba, width: WIDTH, height: HEIGHT }) }
  })
  expect(looks).toHaveLength(20)
  expect(flaggedSheets(looks)).toEqual([])
})

const sheetAt = (x: number, y = 0.4, size = 0.2, kind: 'paper' | 'screen' = 'paper') => ({
  kind,
  corners: [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
  ] as [number, number][],
})
const film = (seen: readonly (readonly ReturnType<typeof sheetAt>[])[]): SheetLook[] =>
  seen.map((sheets, at) => ({ timeMs: at * 400, sheets: [...sheets] }))

test('SEE-11 what is seen three times within eight looks is flagged, once, though it moves and is missed between', () => {
  const moving = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) =>
    at % 2 === 0 ? [sheetAt(0.1 + at * 0.02, 0.4, 0.2, at === 0 ? 'screen' : 'paper')] : [],
  )
  const flagged = flaggedSheets(film(moving))
  expect(flagged).toMatchObject([{ kind: 'paper', fromMs: 0, toMs: 3200 }])
  expect(flagged[0]!.seen).toHaveLength(5)
  // A fluke here and there, or twice at one place, is none.
  expect(flaggedSheets(film([[sheetAt(0.1)], [], [sheetAt(0.6)], [], [sheetAt(0.1)], [], [], []]))).toEqual(
    [],
  )
  const rare = Array.from({ length: 30 }, (_, at) => (at % 6 === 0 ? [sheetAt(0.1)] : []))
  expect(flaggedSheets(film(rare))).toEqual([])
  // Of a film of three looks two are enough.
  const short = [[sheetAt(0.1), sheetAt(0.6)], [sheetAt(0.1)], [sheetAt(0.6)]]
  expect(flaggedSheets(film(short))).toHaveLength(2)
  expect(flaggedSheets(film([[sheetAt(0.1)], [], []]))).toEqual([])
})

test('SEE-12 a sheet is covered larger than it is, from before its first look until after its last, gaps too', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 12 }), (found) => {
      const seen = found.flatMap((isSeen, at) =>
        isSeen ? [{ timeMs: at * 400, corners: sheetAt(0.2 + at * 0.01).corners }] : [],
      )
      if (seen.length === 0) return
      const durationMs = found.length * 400
      const covers = sheetCovers([{ seen }], { durationMs })
      const [first, last] = [seen[0]!.timeMs, seen.at(-1)!.timeMs]
      for (
        let timeMs = Math.max(0, first - SHEET_CARRY_MS + 1);
        timeMs < Math.min(durationMs, last + SHEET_CARRY_MS);
        timeMs += 50
      )
        expect(coversAt(covers, timeMs).length).toBeGreaterThan(0)
      for (const { timeMs, corners } of seen) {
        const box = boxOf(corners)
        const holds = coversAt(covers, timeMs).some(
          (cover) => cover.x < box.x - 0.02 && cover.x + cover.width > box.x + box.width + 0.02,
        )
        expect(holds).toBe(true)
      }
    }),
  )
})

test('SEE-12 what still shows of a covered sheet is covered as well, what is to stay is not', () => {
  const covers = [{ fromMs: 0, toMs: 2_000, boxes: [{ x: 0.2, y: 0.3, width: 0.3, height: 0.4 }] }]
  const beside = film([[sheetAt(0.4)]])
  expect(sheetsLeft(beside, { covers, kept: [] })).toHaveLength(1)
  expect(
    sheetsLeft(beside, { covers, kept: [{ seen: [{ timeMs: 0, corners: sheetAt(0.42).corners }] }] }),
  ).toEqual([])
  // Under the cover, and far from it.
  expect(sheetsLeft(film([[sheetAt(0.25), sheetAt(0.7)]]), { covers, kept: [] })).toEqual([])
})

test('SEE-13 what was found and chosen is part of the redaction; redactions of before have none', () => {
  const before = {
    tool: { name: 'a detector', version: '1' },
    models: [],
    looksPerSecond: 5,
    minConfidence: 0.3,
    carryMs: 500,
    covers: [],
    background: 'kept',
    sound: 'dropped',
    dates: 'stripped',
    approvedAt: '2026-01-02T03:04:05.000Z',
  }
  expect(redactionSchema.parse(before).sheets).toBeUndefined()
  const found = { kind: 'paper', fromMs: 0, toMs: 800, lookCount: 3, choice: 'covered' }
  const sheets = {
    tool: { name: 'a finder', version: '1' },
    looksPerSecond: 2.5,
    carryMs: 1000,
    found: [found],
    covers: [],
  }
  expect(redactionSchema.parse({ ...before, sheets }).sheets?.found).toEqual([found])
  // Nothing may travel that nobody decided about.
  const open = { ...sheets, found: [{ ...found, choice: undefined }] }
  expect(redactionSchema.safeParse({ ...before, sheets: open }).success).toBe(false)
})
