export type Point = readonly [number, number, number]
export type Colour = readonly [number, number, number]

/** A picture being drawn: 8-bit RGB, and per pixel the nearness (1 / distance along the view) of what is drawn there. */
export interface Picture {
  width: number
  height: number
  rgb: Uint8Array
  nearness: Float32Array
}

export const newPicture = (width: number, height: number): Picture => ({
  width,
  height,
  rgb: new Uint8Array(width * height * 3),
  nearness: new Float32Array(width * height),
})

/** A pinhole camera that stands at `eye` and looks at a point, z up. */
export interface Camera {
  eye: Point
  right: Point
  down: Point
  forward: Point
  /** Pixels per unit of slope. */
  focalPx: number
  width: number
  height: number
}

export function lookAt(
  eye: Point,
  target: Point,
  view: { width: number; height: number; focalPx: number },
): Camera {
  const forward = unit(minus(target, eye))
  const right = unit(cross(forward, [0, 0, 1]))
  return { eye, forward, right, down: cross(forward, right), ...view }
}

/** Pixel x, pixel y and nearness of a point of the world. */
export function project(camera: Camera, point: Point): Point {
  const from = minus(point, camera.eye)
  const nearness = 1 / Math.max(1e-3, dot(from, camera.forward))
  return [
    camera.width / 2 + dot(from, camera.right) * nearness * camera.focalPx,
    camera.height / 2 + dot(from, camera.down) * nearness * camera.focalPx,
    nearness,
  ]
}

/** The direction in the world that a pixel's middle looks along. */
export function rayOf(camera: Camera, x: number, y: number): Point {
  const across = (x + 0.5 - camera.width / 2) / camera.focalPx
  const below = (y + 0.5 - camera.height / 2) / camera.focalPx
  const { forward, right, down } = camera
  return [0, 1, 2].map(
    (at) => (forward[at] ?? 0) + (right[at] ?? 0) * across + (down[at] ?? 0) * below,
  ) as never
}

type Corners = readonly [Point, Point, Point]

/**
 * Visits every pixel whose middle lies in a projected triangle, with the nearness there (which is linear over the
 * picture). Edge functions after Pineda 1988.
 */
export function overTriangle(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  [a, b, c]: Corners,
  visit: (pixel: number, nearness: number) => void,
): void {
  const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
  if (Math.abs(area) < 1e-9) return
  const [minX, maxX] = bounds([a[0], b[0], c[0]], width)
  const [minY, maxY] = bounds([a[1], b[1], c[1]], height)
  for (let y = minY; y <= maxY; y += 1) {
    const py = y + 0.5
    for (let x = minX; x <= maxX; x += 1) {
      const px = x + 0.5
      const wa = ((b[0] - px) * (c[1] - py) - (b[1] - py) * (c[0] - px)) / area
      const wb = ((c[0] - px) * (a[1] - py) - (c[1] - py) * (a[0] - px)) / area
      const wc = 1 - wa - wb
      if (wa >= 0 && wb >= 0 && wc >= 0) visit(y * width + x, wa * a[2] + wb * b[2] + wc * c[2])
    }
  }
}

/** Draws a triangle of one colour where nothing nearer is. */
export function drawTriangle(picture: Picture, corners: Corners, [red, green, blue]: Colour): void {
  const { rgb, nearness: before } = picture
  overTriangle(picture, corners, (pixel, nearness) => {
    if (nearness <= (before[pixel] ?? 0)) return
    before[pixel] = nearness
    rgb[pixel * 3] = red
    rgb[pixel * 3 + 1] = green
    rgb[pixel * 3 + 2] = blue
  })
}

const bounds = (values: readonly number[], size: number): [number, number] => [
  Math.max(0, Math.floor(Math.min(...values))),
  Math.min(size - 1, Math.ceil(Math.max(...values))),
]

export const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const cross = (a: Point, b: Point): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
export function unit(a: Point): Point {
  const length = Math.hypot(...a)
  return [a[0] / length, a[1] / length, a[2] / length]
}
