import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import {
  CARD_MM,
  type CameraScale,
  CORNER_ERROR_PX,
  fitCard,
  measureCard,
  type Point2,
  scaleAt,
  staleScale,
} from './index.ts'

const SIZE = { width: 1280, height: 720 }
const FOCAL_PX = 1050

/** A card on a table, seen through a pinhole: where a place of it (mm from its middle) is, and its true scale there. */
function cardSeen(pose: { z: number; tilt: number; turn: number; x?: number; y?: number }) {
  const { z, tilt, turn, x = 0, y = 0 } = pose
  const project = (u: number, v: number): Point2 => {
    const [a, b] = [u * Math.cos(turn) - v * Math.sin(turn), u * Math.sin(turn) + v * Math.cos(turn)]
    const depth = z + b * Math.sin(tilt)
    return {
      x: SIZE.width / 2 + (FOCAL_PX * (x + a)) / depth,
      y: SIZE.height / 2 + (FOCAL_PX * (y + b * Math.cos(tilt))) / depth,
    }
  }
  const [w, h] = [CARD_MM.width / 2, CARD_MM.height / 2]
  const corners = [project(-w, -h), project(w, -h), project(w, h), project(-w, h)]
  // A square of a hundredth of a millimetre in the middle, by its area.
  const [o, e, s] = [project(0, 0), project(0.01, 0), project(0, 0.01)]
  const area = Math.abs((e.x - o.x) * (s.y - o.y) - (e.y - o.y) * (s.x - o.x))
  return { corners, mmPerPx: 0.01 / Math.sqrt(area), project }
}

/** The card in the picture: round corners, lighter than the table, a dark stripe on it, noise. Two samples a pixel a side. */
function rendered(pose: Parameters<typeof cardSeen>[0], noise: number) {
  const { project, ...truth } = cardSeen(pose)
  const { width, height } = SIZE
  const luma = new Uint8Array(width * height)
  const dice = seededRandom('card')
  const { z, tilt, turn, x = 0, y = 0 } = pose
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0
      for (let sample = 0; sample < 4; sample++) {
        const px = (column + (sample % 2) / 2 - 0.25 - width / 2) / FOCAL_PX
        const py = (row + Math.floor(sample / 2) / 2 - 0.25 - height / 2) / FOCAL_PX
        // The ray cut with the table: y + b cos = py (z + b sin).
        const b = (py * z - y) / (Math.cos(tilt) - py * Math.sin(tilt))
        const a = px * (z + b * Math.sin(tilt)) - x
        sum += levelAt(a * Math.cos(turn) + b * Math.sin(turn), -a * Math.sin(turn) + b * Math.cos(turn))
      }
      luma[row * width + column] = Math.max(0, Math.min(255, sum / 4 + (dice.next() - 0.5) * noise))
    }
  }
  return { ...truth, luma }
}

function levelAt(u: number, v: number): number {
  const radius = 3.18
  const [fromX, fromY] = [Math.abs(u) - CARD_MM.width / 2 + radius, Math.abs(v) - CARD_MM.height / 2 + radius]
  const isCard =
    Math.max(fromX, fromY) <= radius && !(fromX > 0 && fromY > 0 && Math.hypot(fromX, fromY) > radius)
  if (!isCard) return 90
  return v > -20 && v < -9 ? 30 : 190
}

const off = (found: number, truth: number) => Math.abs(found / truth - 1)

test('CMR-7 four corners give the scale in the card’s plane, flat or tilted, in any order and turned either way', () => {
  for (const pose of [
    { z: 400, tilt: 0, turn: 0 },
    { z: 500, tilt: 0.6, turn: 0.3, x: 60, y: -40 },
    { z: 600, tilt: -0.5, turn: 1.4, x: -100, y: 50 },
    { z: 450, tilt: 0.7, turn: Math.PI / 2 },
  ]) {
    const { corners, mmPerPx } = cardSeen(pose)
    const [a, b, c, d] = corners as [Point2, Point2, Point2, Point2]
    for (const order of [
      [a, b, c, d],
      [c, a, d, b],
      [d, c, b, a],
    ]) {
      const measured = measureCard(order, true)
      expect(off(measured!.mmPerPx, mmPerPx), JSON.stringify(pose)).toBeLessThan(1e-4)
      expect(measured?.fault).toBeUndefined()
    }
  }
})

test('CMR-7 its error is what corners that are off do to it', () => {
  const dice = seededRandom('corners')
  const normal = () => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next())
  const { corners, mmPerPx } = cardSeen({ z: 500, tilt: 0.5, turn: 0.4 })
  for (const [isFitted, px] of [
    [false, CORNER_ERROR_PX.hand],
    [true, CORNER_ERROR_PX.fitted],
  ] as const) {
    const told = measureCard(corners, isFitted)!.errorRatio
    let squares = 0
    for (let round = 0; round < 2000; round++) {
      const moved = corners.map(({ x, y }) => ({ x: x + px * normal(), y: y + px * normal() }))
      squares += Math.log(measureCard(moved, isFitted)!.mmPerPx / mmPerPx) ** 2
    }
    const real = Math.hypot(Math.sqrt(squares / 2000), 0.0015)
    expect(told / real, `${told} told, ${real} real`).toBeGreaterThan(0.93)
    expect(told / real).toBeLessThan(1.07)
  }
})

test('CMR-7 corners that make no card, a card seen from the side and one far away are told as such', () => {
  const { corners } = cardSeen({ z: 500, tilt: 0, turn: 0 })
  const [a, b, c] = corners as [Point2, Point2, Point2]
  expect(
    measureCard([a, b, c, { x: (a.x + b.x + c.x) / 3, y: (a.y + b.y + c.y) / 3 }], false),
  ).toBeUndefined()
  expect(measureCard([a, b, c, b], false)).toBeUndefined()
  expect(measureCard(cardSeen({ z: 500, tilt: 1.1, turn: 0 }).corners, true)?.fault).toBe('tilted')
  expect(measureCard(cardSeen({ z: 2500, tilt: 0, turn: 0 }).corners, false)?.fault).toBe('unsure')
})

test('CMR-8 corners put roughly by hand are drawn to the card’s edges, round corners and noise notwithstanding', () => {
  const dice = seededRandom('hand')
  for (const [pose, noise] of [
    [{ z: 480, tilt: 0.5, turn: 0.35, x: 20, y: -10 }, 16],
    [{ z: 420, tilt: -0.4, turn: 1.2 }, 24],
  ] as const) {
    const { corners, mmPerPx, luma } = rendered(pose, noise)
    const rough = corners.map(({ x, y }) => ({ x: x + dice.next() * 18 - 9, y: y + dice.next() * 18 - 9 }))
    const fitted = fitCard({ ...SIZE, luma }, rough)
    expect(fitted).toBeDefined()
    const worst = Math.max(
      ...fitted!.map(({ x, y }, at) => Math.hypot(x - corners[at]!.x, y - corners[at]!.y)),
    )
    const measured = measureCard(fitted!, true)!
    const ratio = off(measured.mmPerPx, mmPerPx)
    process.stderr.write(
      `card: corners off by at most ${worst.toFixed(2)} px, scale by ${(ratio * 100).toFixed(3)} %, told ±${(measured.errorRatio * 100).toFixed(2)} %\n`,
    )
    expect(worst).toBeLessThan(1)
    expect(ratio).toBeLessThan(0.005)
  }
  const flat = { ...SIZE, luma: new Uint8Array(SIZE.width * SIZE.height).fill(120) }
  expect(fitCard(flat, cardSeen({ z: 480, tilt: 0, turn: 0 }).corners)).toBeUndefined()
})

test('CMR-9 a scale is stale for another camera, size or zoom, when unsure, and after one sitting', () => {
  const measured = measureCard(cardSeen({ z: 400, tilt: 0, turn: 0 }).corners, true)!
  const scale: CameraScale = {
    kind: 'bank-card',
    id: '01938f00-0000-7000-8000-000000000001',
    device: '01938f00-0000-7000-8000-000000000002',
    camera: 'back',
    facing: 'environment',
    zoom: 1,
    ...SIZE,
    ...measured,
    tool: { name: 'chiron', version: '0.1.0' },
    madeAt: '2026-11-20T10:00:00.000Z',
  }
  const now = { nowMs: Date.parse('2026-11-20T13:59:00Z'), camera: 'back', ...SIZE, zoom: 1 }
  expect(staleScale(scale, now)).toEqual([])
  const late = {
    ...now,
    nowMs: Date.parse('2026-11-20T14:01:00Z'),
    camera: 'front',
    width: 640,
    height: 360,
    zoom: 2,
  }
  expect(staleScale(scale, late)).toEqual(['other-camera', 'other-size', 'other-zoom', 'old'])
  expect(staleScale({ ...scale, errorRatio: 0.05 }, now)).toEqual(['inexact'])
  expect(scaleAt(scale, { width: 640, height: 360 })?.mmPerPx).toBeCloseTo(scale.mmPerPx * 2, 12)
  expect(scaleAt(scale, { width: 640, height: 480 })).toBeUndefined()
})
