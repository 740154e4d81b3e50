import type { View } from '../template.ts'
import { type Camera, newPicture, type Picture, rayOf } from './picture.ts'

const WALL = [150, 158, 166]

/** What never moves: a table or a floor at height 0 with what is painted on it, and the wall behind; with nearness. */
export function drawGround(camera: Camera, view: View): Picture {
  const picture = newPicture(camera.width, camera.height)
  for (let y = 0; y < camera.height; y += 1) {
    for (let x = 0; x < camera.width; x += 1) {
      const ray = rayOf(camera, x, y)
      const along = -camera.eye[2] / ray[2]
      const [onX, onY] = [camera.eye[0] + ray[0] * along, camera.eye[1] + ray[1] * along]
      const isGround = along > 0 && isOn(view.ground, onX, onY)
      const pixel = y * camera.width + x
      const fade = 0.72 + (0.28 * y) / camera.height
      picture.rgb.set(isGround ? colourAt(view, onX, onY) : WALL.map((part) => part * fade), pixel * 3)
      // A ray goes one unit along the view for each unit of `along`.
      picture.nearness[pixel] = isGround ? 1 / along : 0
    }
  }
  return picture
}

/** Beyond this, in metres, a floor is lost in the wall. */
const FLOOR_REACH_M = 12

const isOn = (ground: View['ground'], x: number, y: number): boolean =>
  ground.kind === 'table'
    ? Math.abs(x) < ground.halfX && Math.abs(y) < ground.halfY
    : Math.hypot(x, y) < FLOOR_REACH_M

function colourAt({ ground, pad }: View, x: number, y: number): number[] {
  if (pad) {
    const away = Math.max(Math.abs(x - pad.x), Math.abs(y - pad.y))
    if (away < pad.halfSide) return away > pad.halfSide - 0.008 ? [238, 240, 236] : [96, 168, 112]
  }
  return ground.kind === 'table' ? board(x, y + ground.halfY) : tile(x, y)
}

/** Boards with a grain. */
function board(x: number, y: number): number[] {
  const at = Math.floor(y / 0.065)
  const grain = noise(Math.floor(x * 900 + at * 37), Math.floor(y * 260)) * 0.1
  const seam = (y / 0.065) % 1 < 0.03 ? 0.72 : 1
  const tone = (0.93 + noise(at, 7) * 0.12 + grain) * seam
  return [196 * tone, 164 * tone, 124 * tone].map((part) => Math.min(255, part))
}

/** Tiles of half a metre, each a little different. */
function tile(x: number, y: number): number[] {
  const [column, row] = [Math.floor(x * 2), Math.floor(y * 2)]
  const tone = ((column + row) % 2 === 0 ? 1 : 0.9) * (0.97 + 0.06 * noise(column, row))
  return [178 * tone, 184 * tone, 178 * tone]
}

/** The same number from 0 to 1 for the same two whole numbers. */
function noise(a: number, b: number): number {
  let bits = Math.imul(a, 374_761_393) ^ Math.imul(b, 668_265_263)
  bits = Math.imul(bits ^ (bits >>> 13), 1_274_126_177)
  return ((bits ^ (bits >>> 16)) >>> 0) / 4_294_967_296
}
