import path from 'node:path'
import { type SeededRandom, seededRandom } from '@chiron/core/kit'
import type { Picture } from '@chiron/core/sight'
import {
  blankSheet,
  type Colours,
  drawnSheet,
  isScreenStyle,
  type Placing,
  placeSheet,
  type Rgb,
  SHEET_STYLES,
  type SheetStyle,
} from '@chiron/core/sight/testing'
import { DATA, ffmpeg, HANDS } from '../../tests/e2e/capture-browser.ts'

export const WIDTH = 640
export const HEIGHT = 480
/** As the second pass looks: so often, and at takes of this length. */
export const LOOKS_PER_SECOND = 2.5
export const LOOKS = 20

/** Real footage: a hand before a wall, and two of a robot's table. */
export const FOOTAGE = [
  HANDS,
  path.join(DATA, 'robots/robomimic/task_can_real.gif'),
  path.join(DATA, 'robots/robomimic/task_lift_real.gif'),
]

/** Where a sheet is in each of a take's pictures: its corners in pixels. */
export type SheetTake = {
  style: SheetStyle
  hasHand: boolean
  pictures: Colours[]
  corners: { x: number; y: number }[][]
}

/** The pictures that the looks would see of a clip, after `filter`. */
export function looksAt(file: string, filter: string, seconds: { from: number; length: number }): Colours[] {
  const fill = `scale=${WIDTH}:${HEIGHT}:force_original_aspect_ratio=increase,crop=${WIDTH}:${HEIGHT}`
  const still = /\.jpg$/.test(file) ? ['-loop', '1'] : []
  const range = [...still, '-ss', `${seconds.from}`, '-t', `${seconds.length}`, '-i', file]
  const shape = `fps=${LOOKS_PER_SECOND},${filter}${fill},format=rgb24`
  return picturesOf(ffmpeg([...range, '-vf', shape, '-f', 'rawvideo', '-']))
}

function picturesOf(raw: Buffer): Colours[] {
  const size = WIDTH * HEIGHT * 3
  return Array.from({ length: Math.floor(raw.length / size) }, (_, at) => ({
    width: WIDTH,
    height: HEIGHT,
    rgb: new Uint8Array(raw.subarray(at * size, (at + 1) * size)),
  }))
}

/** As the finder takes a picture. */
export function pixelsOf({ rgb, width, height }: Colours): Picture {
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let pixel = 0; pixel < width * height; pixel++)
    rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
  return { rgba, width, height }
}

/** Warm and lighter than the wall behind it, in the part of the clip where the hand is. */
function isSkin({ rgb }: Colours, pixel: number): boolean {
  const [red, green, blue] = [rgb[pixel * 3]!, rgb[pixel * 3 + 1]!, rgb[pixel * 3 + 2]!]
  const column = pixel % WIDTH
  return column > 230 && column < 480 && red > blue + 28 && red > green + 8 && red > 70
}

const within = (random: SeededRandom, least: number, most: number): number =>
  least + (most - least) * random.next()

/**
 * One take: a drawn page or screen that lies in real footage, drifts a little as a hand-held phone makes it, with light of
 * some strength, colour and slope, blur, in half of the takes a real hand in front of it, and encoded as H.264.
 */
export function sheetTake(seed: number, footage: readonly Colours[][]): SheetTake {
  const random = seededRandom(`sheet-${seed}`)
  const style = SHEET_STYLES[seed % SHEET_STYLES.length]!
  const isScreen = isScreenStyle(style)
  const sheet = drawnSheet(style, random)
  const ground = footage[random.int(footage.length)]!
  const lie = lieOf(sheet, isScreen, random)
  const light = lightOf(isScreen, random)
  const slope = isScreen ? 0 : within(random, -0.5, 0.5)
  const dim = isScreen ? within(random, 0.35, 1) : within(random, 0.7, 1)
  const blur = random.int(3)
  const hasHand = random.next() < 0.5
  const away = { x: Math.round(within(random, -150, 120)), y: Math.round(within(random, -40, 60)) }
  const [pictures, corners]: [Colours[], SheetTake['corners']] = [[], []]
  for (let look = 0; look < LOOKS; look++) {
    const rgb = Uint8Array.from(ground[look % ground.length]!.rgb, (level) => level * dim)
    const picture = { width: WIDTH, height: HEIGHT, rgb }
    const at = lie(look)
    if (isScreen) placeSheet(picture, blankSheet(60, 60, [22, 22, 24]), { corners: at.frame })
    placeSheet(picture, sheet, { corners: at.sheet, light, slope })
    if (hasHand) laidOver(picture, footage[0]![(look * 3) % footage[0]!.length]!, away)
    pictures.push(picture)
    corners.push([...at.sheet])
  }
  return { style, hasHand, corners, pictures: encoded(pictures, 26 + random.int(6), blur) }
}

const lightOf = (isScreen: boolean, random: SeededRandom): Rgb => {
  const gain = isScreen ? within(random, 0.8, 1.15) : within(random, 0.45, 1)
  if (isScreen) return [gain * 0.92, gain * 0.98, gain * 1.08]
  return [gain * within(random, 0.97, 1.06), gain, gain * within(random, 0.82, 1.02)]
}

type Lying = { sheet: Placing['corners']; frame: Placing['corners'] }

/** Where it lies in a look's picture: a quarter to three quarters of the picture long, turned and tilted. */
function lieOf(sheet: Colours, isScreen: boolean, random: SeededRandom): (look: number) => Lying {
  const long = within(random, 0.25, 0.75) * WIDTH
  const scale = long / Math.max(sheet.width, sheet.height)
  const [wide, high] = [sheet.width * scale, sheet.height * scale]
  const turn = isScreen ? within(random, -0.35, 0.35) : within(random, -Math.PI, Math.PI)
  const [tiltX, tiltY] = [within(random, -0.7, 0.7), within(random, -0.6, 0.6)]
  const middle = { x: within(random, 0.25, 0.75) * WIDTH, y: within(random, 0.3, 0.7) * HEIGHT }
  const drift = { x: within(random, -5, 5), y: within(random, -3, 3) }
  return (look) => {
    const turned = turn + within(random, -0.02, 0.02)
    const x = middle.x + drift.x * look + within(random, -4, 4)
    const y = middle.y + drift.y * look + within(random, -4, 4)
    const around = (margin: number) =>
      [
        [-wide / 2 - margin, -high / 2 - margin],
        [wide / 2 + margin, -high / 2 - margin],
        [wide / 2 + margin, high / 2 + margin],
        [-wide / 2 - margin, high / 2 + margin],
      ].map(([right = 0, down = 0]) => {
        const across = right * Math.cos(turned) - down * Math.sin(turned)
        const along = right * Math.sin(turned) + down * Math.cos(turned)
        const far = 1 + (across * Math.sin(tiltX) + along * Math.sin(tiltY)) / 900
        return { x: x + (across * Math.cos(tiltX)) / far, y: y + (along * Math.cos(tiltY)) / far }
      })
    return { sheet: around(0), frame: around(long * 0.035) }
  }
}

function laidOver(picture: Colours, hand: Colours, away: { x: number; y: number }): void {
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    if (!isSkin(hand, pixel)) continue
    const [x, y] = [(pixel % WIDTH) + away.x, Math.floor(pixel / WIDTH) + away.y]
    if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) continue
    picture.rgb.set(hand.rgb.subarray(pixel * 3, pixel * 3 + 3), (y * WIDTH + x) * 3)
  }
}

/** Through a phone's noise and encoder and back. */
function encoded(pictures: readonly Colours[], crf: number, blurPx: number): Colours[] {
  const raw = Buffer.concat(pictures.map(({ rgb }) => rgb))
  const source = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${WIDTH}x${HEIGHT}`, '-r', '5', '-i', '-']
  const filter = `noise=alls=8:allf=t${blurPx > 0 ? `,boxblur=${blurPx}:1` : ''}`
  const avc = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-crf', `${crf}`]
  const film = ffmpeg([...source, '-vf', filter, ...avc, '-f', 'matroska', '-'], raw)
  return picturesOf(ffmpeg(['-i', '-', '-vf', 'format=rgb24', '-f', 'rawvideo', '-'], film))
}
