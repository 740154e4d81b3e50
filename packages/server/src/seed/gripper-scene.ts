import { PAD } from './gripper-model.ts'
import type { GripperRun, PartName, Pose } from './gripper-run.ts'
import {
  type Camera,
  type Colour,
  dot,
  drawTriangle,
  lookAt,
  newPicture,
  overTriangle,
  type Picture,
  type Point,
  project,
  rayOf,
  unit,
} from './picture.ts'

export const SCENE = { width: 640, height: 480 } as const

const CAMERA: Camera = lookAt([0.2, -0.72, 0.52], [0.0, 0.0, 0.06], { ...SCENE, focalPx: 640 })
const TABLE = { halfX: 0.36, halfY: 0.26 }
/** Where the light comes from. */
const LIGHT: Point = unit([-0.35, -0.45, 1])
const SHADE = 0.58
const WALL: Colour = [150, 158, 166]

export interface GripperScene {
  /** The picture of one frame as RGB bytes; the next call draws over it. */
  draw(frame: readonly Pose[]): Uint8Array
}

/** A table with a pad, seen from the side and above; on it the boxes of a run with their shadows on the table. */
export function gripperScene(halfSizes: GripperRun['halfSizes'], blockColour: Colour): GripperScene {
  const still = stillPicture()
  const picture = newPicture(SCENE.width, SCENE.height)
  const shadow = new Uint8Array(SCENE.width * SCENE.height)
  const colours: Record<PartName, Colour> = {
    block: blockColour,
    palm: [92, 98, 108],
    wrist: [120, 126, 136],
    left: [58, 62, 70],
    right: [58, 62, 70],
  }
  return {
    draw(frame) {
      picture.rgb.set(still.rgb)
      picture.nearness.set(still.nearness)
      shadow.fill(0)
      for (const pose of frame) castShadow(shadow, cornersOf(pose, halfSizes[pose.part]))
      darken(picture, shadow)
      for (const pose of frame)
        drawBox(picture, { pose, halfSize: halfSizes[pose.part], colour: colours[pose.part] })
      stamp(picture, 'SIMULATED')
      return picture.rgb
    },
  }
}

/** What never moves, with the table's nearness. */
function stillPicture(): Picture {
  const picture = newPicture(SCENE.width, SCENE.height)
  for (let y = 0; y < SCENE.height; y += 1) {
    for (let x = 0; x < SCENE.width; x += 1) {
      const ray = rayOf(CAMERA, x, y)
      const along = -CAMERA.eye[2] / ray[2]
      const [onX, onY] = [CAMERA.eye[0] + ray[0] * along, CAMERA.eye[1] + ray[1] * along]
      const isTable = along > 0 && Math.abs(onX) < TABLE.halfX && Math.abs(onY) < TABLE.halfY
      const pixel = y * SCENE.width + x
      const fade = 0.72 + (0.28 * y) / SCENE.height
      const colour = isTable ? tableColour(onX, onY) : WALL.map((part) => part * fade)
      picture.rgb.set(colour, pixel * 3)
      // A ray goes one unit along the view for each unit of `along`.
      picture.nearness[pixel] = isTable ? 1 / along : 0
    }
  }
  return picture
}

/** Boards with a grain, and the pad painted on them. */
function tableColour(x: number, y: number): number[] {
  const [dx, dy] = [Math.abs(x - PAD.x), Math.abs(y - PAD.y)]
  if (dx < PAD.halfSide && dy < PAD.halfSide) {
    return Math.max(dx, dy) > PAD.halfSide - 0.008 ? [238, 240, 236] : [96, 168, 112]
  }
  const board = Math.floor((y + TABLE.halfY) / 0.065)
  const grain = noise(Math.floor(x * 900 + board * 37), Math.floor(y * 260)) * 0.1
  const seam = ((y + TABLE.halfY) / 0.065) % 1 < 0.03 ? 0.72 : 1
  const tone = (0.93 + noise(board, 7) * 0.12 + grain) * seam
  return [196 * tone, 164 * tone, 124 * tone].map((part) => Math.min(255, part))
}

/** The same number from 0 to 1 for the same two whole numbers. */
function noise(a: number, b: number): number {
  let bits = Math.imul(a, 374_761_393) ^ Math.imul(b, 668_265_263)
  bits = Math.imul(bits ^ (bits >>> 13), 1_274_126_177)
  return ((bits ^ (bits >>> 16)) >>> 0) / 4_294_967_296
}

/** Two triangles for each side of a box; corners are numbered by the bits x, y, z. */
const FACES = [
  { axis: 0, sign: -1, corners: [0, 2, 6, 4] },
  { axis: 0, sign: 1, corners: [1, 3, 7, 5] },
  { axis: 1, sign: -1, corners: [0, 1, 5, 4] },
  { axis: 1, sign: 1, corners: [2, 3, 7, 6] },
  { axis: 2, sign: -1, corners: [0, 1, 3, 2] },
  { axis: 2, sign: 1, corners: [4, 5, 7, 6] },
] as const

function cornersOf({ middle, axes }: Pose, halfSize: Point): Point[] {
  return Array.from({ length: 8 }, (_, corner) => {
    const local = [0, 1, 2].map((axis) => ((corner >> axis) & 1 ? 1 : -1) * (halfSize[axis] ?? 0))
    return [0, 1, 2].map(
      (row) =>
        (middle[row] ?? 0) +
        [0, 1, 2].reduce((sum, axis) => sum + (axes[row * 3 + axis] ?? 0) * (local[axis] ?? 0), 0),
    ) as never as Point
  })
}

function drawBox(picture: Picture, box: { pose: Pose; halfSize: Point; colour: Colour }): void {
  const { pose, halfSize, colour } = box
  const corners = cornersOf(pose, halfSize).map((corner) => project(CAMERA, corner))
  for (const {
    axis,
    sign,
    corners: [a, b, c, d],
  } of FACES) {
    const normal = [0, 1, 2].map((row) => sign * (pose.axes[row * 3 + axis] ?? 0)) as never as Point
    const light = 0.45 + 0.6 * Math.max(0, dot(normal, LIGHT))
    const lit = colour.map((part) => Math.min(255, part * light)) as never as Colour
    const at = (corner: number) => corners[corner] as Point
    drawTriangle(picture, [at(a), at(b), at(c)], lit)
    drawTriangle(picture, [at(a), at(c), at(d)], lit)
  }
}

function castShadow(shadow: Uint8Array, corners: readonly Point[]): void {
  const fallen = corners.map(([x, y, z]) => {
    const way = z / LIGHT[2]
    return project(CAMERA, [x - LIGHT[0] * way, y - LIGHT[1] * way, 0])
  })
  for (const {
    corners: [a, b, c, d],
  } of FACES) {
    const at = (corner: number) => fallen[corner] as Point
    const mark = (pixel: number) => {
      shadow[pixel] = 1
    }
    overTriangle(SCENE, [at(a), at(b), at(c)], mark)
    overTriangle(SCENE, [at(a), at(c), at(d)], mark)
  }
}

/** Darkens the table where a shadow falls; the wall behind it (nearness 0) has none. */
function darken({ rgb, nearness }: Picture, shadow: Uint8Array): void {
  for (let pixel = 0; pixel < shadow.length; pixel += 1) {
    if (shadow[pixel] === 0 || nearness[pixel] === 0) continue
    for (let part = pixel * 3; part < pixel * 3 + 3; part += 1) rgb[part] = (rgb[part] ?? 0) * SHADE
  }
}

/** Letters of five by seven dots, a row a digit of base 32. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  D: [30, 17, 17, 17, 17, 17, 30],
  E: [31, 16, 16, 30, 16, 16, 31],
  I: [14, 4, 4, 4, 4, 4, 14],
  L: [16, 16, 16, 16, 16, 16, 31],
  M: [17, 27, 21, 21, 17, 17, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
}
const DOT_PX = 2

/** Says in the picture itself what it is. */
function stamp({ rgb }: Picture, words: string): void {
  const isInk = (x: number, y: number) => {
    const letter = LETTERS[words[Math.floor(x / 6)] ?? '']
    return x % 6 < 5 && letter !== undefined && (((letter[y] ?? 0) >> (4 - (x % 6))) & 1) === 1
  }
  const [left, top] = [14, SCENE.height - 14 - 9 * DOT_PX]
  for (let y = -2; y < 9; y += 1) {
    for (let x = -2; x < words.length * 6 + 1; x += 1) {
      const ink = isInk(x, y) ? [245, 245, 240] : [40, 44, 50]
      for (let dot = 0; dot < DOT_PX * DOT_PX; dot += 1) {
        const px = left + x * DOT_PX + (dot % DOT_PX)
        const py = top + y * DOT_PX + Math.floor(dot / DOT_PX)
        rgb.set(ink, (py * SCENE.width + px) * 3)
      }
    }
  }
}
