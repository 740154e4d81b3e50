import { BOARD, boardRects, type Intrinsics } from '@chiron/core/camera'
import type { GreyPicture } from '../board-solver.ts'

/** The camera that all pictures here are taken with: what a calibration has to find. */
export const RENDERED_CAMERA: Intrinsics = {
  width: 1280,
  height: 720,
  fx: 1050,
  fy: 1046,
  cx: 648,
  cy: 352,
  distortion: [0.08, -0.15, 0, 0, 0],
}

/** Where the board's middle is, in millimetres of the camera's room, and how it is turned, in radians. */
export type Pose = { x: number; y: number; z: number; turnX: number; turnY: number }

/** The board in all parts of the picture, flat and tilted. */
export const BOARD_POSES: readonly Pose[] = [
  { x: -90, y: -50, z: 420, turnX: 0, turnY: 0 },
  { x: 90, y: -50, z: 420, turnX: 0, turnY: 0 },
  { x: -90, y: 50, z: 420, turnX: 0, turnY: 0 },
  { x: 90, y: 50, z: 420, turnX: 0, turnY: 0 },
  { x: 0, y: 0, z: 400, turnX: 0.5, turnY: 0 },
  { x: 0, y: 0, z: 400, turnX: -0.5, turnY: 0 },
  { x: 0, y: 0, z: 400, turnX: 0, turnY: 0.55 },
  { x: 0, y: 0, z: 400, turnX: 0, turnY: -0.55 },
  { x: 70, y: 30, z: 480, turnX: 0.4, turnY: 0.4 },
  { x: -70, y: -30, z: 480, turnX: -0.4, turnY: 0.4 },
]

const MM_PER_CELL = 0.25
/** Samples a pixel has a side: edges as a lens draws them, not stairs. With two, the corners are off by a fifth of a pixel. */
const SAMPLES = 3
const WALL = 235

type Paper = { width: number; height: number; levels: Uint8Array }
let paper: Paper | undefined

/** The board as pixels of a quarter of a millimetre. */
function printed(): Paper {
  const width = (BOARD.columns * BOARD.squareMm) / MM_PER_CELL
  const height = (BOARD.rows * BOARD.squareMm) / MM_PER_CELL
  const levels = new Uint8Array(width * height).fill(255)
  for (const rect of boardRects()) {
    const [top, bottom] = [rect.y, rect.y + rect.height].map((at) => Math.round(at / MM_PER_CELL))
    for (let row = top!; row < bottom!; row++) {
      const [from, to] = [rect.x, rect.x + rect.width].map((at) => row * width + Math.round(at / MM_PER_CELL))
      levels.fill(0, from, to)
    }
  }
  return { width, height, levels }
}

/** What the camera sees of the board. */
export function renderBoard(pose: Pose): GreyPicture {
  paper ??= printed()
  const { levels, width, height } = paper
  return renderPlane(pose, (right, down) => {
    const column = right / MM_PER_CELL + width / 2
    const row = down / MM_PER_CELL + height / 2
    const isOnBoard = column >= 0 && row >= 0 && column < width && row < height
    return isOnBoard ? (levels[Math.floor(row) * width + Math.floor(column)] as number) : WALL
  })
}

/** The plane's own directions in the camera's room. */
function axesOf({ turnX, turnY }: Pose) {
  const [cx, sx, cy, sy] = [Math.cos(turnX), Math.sin(turnX), Math.cos(turnY), Math.sin(turnY)]
  return {
    right: [cy, sx * sy, -cx * sy] as const,
    down: [0, cx, sx] as const,
    normal: [sy, -sx * cy, cx * cy] as const,
  }
}

/**
 * What the camera sees of a plane: every pixel's ray is undistorted and cut with it. `levelOf` gives the brightness at a
 * place, in millimetres to the right and down from its middle.
 */
export function renderPlane(pose: Pose, levelOf: (right: number, down: number) => number): GreyPicture {
  const { x, y, z } = pose
  const { width, height, fx, fy, cx: centreX, cy: centreY } = RENDERED_CAMERA
  const { right, down, normal } = axesOf(pose)
  const away = normal[0] * x + normal[1] * y + normal[2] * z
  const luma = new Uint8Array(width * height)
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      let sum = 0
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const du = ((sample % SAMPLES) + 0.5) / SAMPLES - 0.5
        const dv = (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - 0.5
        const [a, b] = undistorted((u + du - centreX) / fx, (v + dv - centreY) / fy)
        const far = away / (normal[0] * a + normal[1] * b + normal[2])
        const [px, py, pz] = [a * far - x, b * far - y, far - z]
        sum += levelOf(
          right[0] * px + right[1] * py + right[2] * pz,
          down[0] * px + down[1] * py + down[2] * pz,
        )
      }
      luma[v * width + u] = sum / SAMPLES ** 2
    }
  }
  return { width, height, luma }
}

/** Where a place of the plane is in the picture, in pixels. */
export function seenAt(pose: Pose, alongRight: number, alongDown: number): { x: number; y: number } {
  const { fx, fy, cx, cy, distortion } = RENDERED_CAMERA
  const [k1 = 0, k2 = 0] = distortion
  const { right, down } = axesOf(pose)
  const [x, y, z] = [pose.x, pose.y, pose.z].map(
    (middle, axis) => middle + right[axis]! * alongRight + down[axis]! * alongDown,
  ) as [number, number, number]
  const r2 = (x / z) ** 2 + (y / z) ** 2
  const radial = 1 + k1 * r2 + k2 * r2 * r2
  return { x: cx + (fx * x * radial) / z, y: cy + (fy * y * radial) / z }
}

function undistorted(x0: number, y0: number): [number, number] {
  const [k1 = 0, k2 = 0] = RENDERED_CAMERA.distortion
  let [x, y] = [x0, y0]
  for (let round = 0; round < 4; round++) {
    const r2 = x * x + y * y
    const radial = 1 + k1 * r2 + k2 * r2 * r2
    x = x0 / radial
    y = y0 / radial
  }
  return [x, y]
}
