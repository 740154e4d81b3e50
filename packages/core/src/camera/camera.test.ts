import { expect, test } from 'vitest'
import {
  BOARD,
  boardCorner,
  boardRects,
  boardSvg,
  CARD_MM,
  type Calibration,
  cardScale,
  coverage,
  depthOfWidth,
  handInMetres,
  type Intrinsics,
  intrinsicsAt,
  lookAtBoard,
  MIN_VIEWS,
  placeOf,
  type SeenCorner,
  staleReasons,
  viewFault,
  watchBoard,
} from './index.ts'

const CAMERA: Intrinsics = {
  width: 1280,
  height: 720,
  fx: 1050,
  fy: 1048,
  cx: 642,
  cy: 357,
  distortion: [0.12, -0.2, 0.001, -0.002, 0.05],
}
const SIZE = { width: 1280, height: 720 }

/** A place in the camera's room as a pixel: the forward model, written down a second time for the test. */
function project([x, y, z]: readonly [number, number, number]): { x: number; y: number } {
  const [k1 = 0, k2 = 0, p1 = 0, p2 = 0, k3 = 0] = CAMERA.distortion
  const [a, b] = [x / z, y / z]
  const r2 = a * a + b * b
  const radial = 1 + k1 * r2 + k2 * r2 ** 2 + k3 * r2 ** 3
  const u = a * radial + 2 * p1 * a * b + p2 * (r2 + 2 * a * a)
  const v = b * radial + p1 * (r2 + 2 * b * b) + 2 * p2 * a * b
  return { x: CAMERA.fx * u + CAMERA.cx, y: CAMERA.fy * v + CAMERA.cy }
}

/** The board's corners as seen `z` millimetres away, its middle at x, y of the camera's room, turned about the upright. */
function seen(x: number, y: number, z: number, turnDeg = 0): SeenCorner[] {
  const turn = (turnDeg * Math.PI) / 180
  const corners: SeenCorner[] = []
  for (let id = 0; id < (BOARD.columns - 1) * (BOARD.rows - 1); id++) {
    const corner = boardCorner(id)
    const [u, v] = [
      corner.x - (BOARD.columns * BOARD.squareMm) / 2,
      corner.y - (BOARD.rows * BOARD.squareMm) / 2,
    ]
    const pixel = project([x + u * Math.cos(turn), y + v, z + u * Math.sin(turn)])
    const isInside = pixel.x >= 0 && pixel.y >= 0 && pixel.x < SIZE.width && pixel.y < SIZE.height
    if (isInside) corners.push({ id, ...pixel })
  }
  return corners
}

test('CMR-1 the board has its squares, its markers and its true size, with a line of 100 mm', () => {
  const rects = boardRects()
  const squares = rects.filter(({ width }) => width === BOARD.squareMm)
  expect(squares).toHaveLength(18)
  expect(squares[0]).toMatchObject({ x: 0, y: 0 })
  // Each of 17 markers has a border of 20 cells, and bits inside.
  expect(rects.length - squares.length).toBeGreaterThan(17 * 20)
  for (const { x, y, width, height } of rects) {
    expect(x + width).toBeLessThanOrEqual(BOARD.columns * BOARD.squareMm + 1e-9)
    expect(y + height).toBeLessThanOrEqual(BOARD.rows * BOARD.squareMm + 1e-9)
  }
  const svg = boardSvg('100 mm <check>')
  expect(svg).toContain('width="265mm" height="210mm" viewBox="0 0 265 210"')
  expect(svg).toContain('h100')
  expect(svg).toContain('100 mm &lt;check&gt;')
})

test('CMR-2 a view that shows too little, or what another showed, is not taken', () => {
  const first = seen(0, 0, 500)
  expect(first).toHaveLength(24)
  expect(viewFault(first, [], SIZE.width)).toBeUndefined()
  expect(viewFault(first.slice(0, 9), [], SIZE.width)).toBe('few-corners')
  expect(viewFault(seen(4, 2, 502), [first], SIZE.width)).toBe('same-again')
  expect(viewFault(seen(90, 0, 500), [first], SIZE.width)).toBeUndefined()
  // Tilted on the spot is another view; tilted alike is not.
  expect(viewFault(seen(0, 0, 500, 30), [first], SIZE.width)).toBeUndefined()
  expect(viewFault(seen(0, 0, 500, 30), [first, seen(2, 0, 500, 29)], SIZE.width)).toBe('same-again')
})

test('CMR-2 what is missing is told as one thing at a time, until it is enough', () => {
  expect(coverage([], SIZE)).toMatchObject({ ratio: 0, next: { do: 'move', cell: 0 } })
  const flat = [seen(-130, -70, 500), seen(130, -70, 500), seen(-130, 70, 500), seen(130, 70, 500)]
  const corners = coverage(flat, SIZE)
  expect(corners.cells.every(Boolean)).toBe(true)
  expect(corners).toMatchObject({ tiltedCount: 0, next: { do: 'tilt' } })
  const tilted = [seen(0, 0, 500, 30), seen(0, 0, 500, -30), seen(60, 20, 600, 35), seen(-60, 0, 600, -35)]
  expect(coverage([...flat, ...tilted], SIZE)).toMatchObject({ tiltedCount: 4, next: { do: 'more' } })
  const all = [...flat, ...tilted, seen(0, 0, 700), seen(0, 0, 420)]
  expect(all).toHaveLength(MIN_VIEWS)
  expect(coverage(all, SIZE)).toMatchObject({ ratio: 1, next: { do: 'done' } })
})

test('CMR-2 a view is taken when the board stands still, and only then', () => {
  let watch = watchBoard(SIZE)
  expect(watch.wish).toEqual({ do: 'show' })
  watch = lookAtBoard(watch, seen(0, 0, 500))
  expect(watch).toMatchObject({ hasTaken: false, wish: { do: 'still' } })
  watch = lookAtBoard(watch, seen(20, 0, 500))
  expect(watch).toMatchObject({ hasTaken: false, wish: { do: 'still' } })
  watch = lookAtBoard(watch, seen(20.5, 0, 500))
  expect(watch).toMatchObject({ hasTaken: true, views: { length: 1 } })
  watch = lookAtBoard(watch, seen(20.5, 0, 500))
  expect(watch).toMatchObject({ hasTaken: false, wish: watch.coverage.next, views: { length: 1 } })
  watch = lookAtBoard(watch, seen(20, 0, 500).slice(0, 4))
  expect(watch).toMatchObject({ hasTaken: false, wish: { do: 'show' }, views: { length: 1 } })
})

test('CMR-2 looking ends when it is enough, and takes no more', () => {
  const poses = [
    ...[-130, 130].flatMap((x) => [-70, 70].map((y) => seen(x, y, 500))),
    ...[30, -30, 35, -35].map((turn, at) => seen(at * 30 - 40, at * 10, 520, turn)),
    ...[420, 600, 700, 800].map((z) => seen(0, 0, z)),
  ]
  let watch = watchBoard(SIZE)
  for (const pose of poses) for (let look = 0; look < 2; look++) watch = lookAtBoard(watch, pose)
  expect(watch.wish).toEqual({ do: 'done' })
  expect(watch.coverage.ratio).toBe(1)
  const count = watch.views.length
  for (let look = 0; look < 2; look++) watch = lookAtBoard(watch, seen(60, 40, 650))
  expect(watch.views).toHaveLength(count)
})

test('CMR-4 a calibration that no longer fits says why', () => {
  const made: Calibration = {
    id: '01938f00-0000-7000-8000-000000000001',
    device: '01938f00-0000-7000-8000-000000000002',
    camera: 'back',
    facing: 'environment',
    zoom: 1,
    intrinsics: CAMERA,
    rmsPx: 0.3,
    board: BOARD,
    viewCount: 12,
    coverageRatio: 1,
    tool: { name: 'opencv', version: '4.12.0' },
    madeAt: '2026-06-01T00:00:00.000Z',
  }
  const now = { nowMs: Date.parse('2026-10-01'), camera: 'back', ...SIZE, zoom: 1 }
  expect(staleReasons(made, now)).toEqual([])
  expect(staleReasons(made, { ...now, nowMs: Date.parse('2026-12-30') })).toEqual(['old'])
  expect(staleReasons({ ...made, rmsPx: 1.4 }, { ...now, width: 1920, zoom: 2 })).toEqual([
    'other-size',
    'other-zoom',
    'inexact',
  ])
  expect(staleReasons({ ...made, zoom: null }, { ...now, zoom: 3 })).toEqual([])
  expect(staleReasons(made, { ...now, camera: 'front' })).toEqual(['other-camera'])
  expect(staleReasons(made, { ...now, camera: null })).toEqual([])
})

test('CMR-6 the same camera at half the size has half of everything, and at another shape nothing is known', () => {
  const half = intrinsicsAt(CAMERA, { width: 640, height: 360 })
  expect(half).toMatchObject({ width: 640, height: 360, fx: 525, fy: 524 })
  // The middle of four pixels is the middle of the one they become.
  expect(half?.cx).toBeCloseTo((642 - 0.5) / 2, 9)
  expect(half?.distortion).toEqual(CAMERA.distortion)
  expect(intrinsicsAt(CAMERA, { width: 640, height: 480 })).toBeUndefined()
  const other = { ...CAMERA, fx: 1 }
  expect(intrinsicsAt(CAMERA, other)).toEqual(CAMERA)
})

test('CMR-5 a picture’s point and its distance give the place, through the lens and back', () => {
  for (const place of [
    [0, 0, 0.5],
    [0.2, -0.1, 0.6],
    [-0.3, 0.15, 0.8],
  ] as const) {
    const found = placeOf(project(place), place[2], CAMERA)
    expect(found.x).toBeCloseTo(place[0], 6)
    expect(found.y).toBeCloseTo(place[1], 6)
    expect(found.z).toBe(place[2])
  }
})

test('CMR-5 a hand keeps its size in metres wherever it is held, and a card gives its distance', () => {
  // A finger of 8 cm, seen from the wrist, at two distances and two places.
  for (const [x, z] of [
    [0, 0.4],
    [0.1, 0.7],
  ] as const) {
    const share = (place: readonly [number, number, number]): [number, number, number] => {
      const pixel = project(place)
      const metresPerShare = (CAMERA.width / CAMERA.fx) * z
      return [pixel.x / CAMERA.width, pixel.y / CAMERA.height, (place[2] - z) / metresPerShare]
    }
    const points = [share([x, 0, z]), share([x, -0.064, z + 0.048])]
    const [wrist, tip] = handInMetres(points, z, CAMERA)
    expect(Math.hypot(tip!.x - wrist!.x, tip!.y - wrist!.y, tip!.z - wrist!.z)).toBeCloseTo(0.08, 4)
  }
  expect(depthOfWidth(CARD_MM.width, (CAMERA.fx * 85.6) / 400, CAMERA)).toBeCloseTo(0.4, 9)
  expect(cardScale(428)).toBeCloseTo(0.2, 9)
})
