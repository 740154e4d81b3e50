import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import { type Intrinsics, placeHand } from './index.ts'

type Triple = [number, number, number]

const CAMERA: Intrinsics = {
  width: 1280,
  height: 720,
  fx: 1050,
  fy: 1048,
  cx: 642,
  cy: 357,
  distortion: [0.12, -0.2, 0.001, -0.002, 0.05],
}

/** A right hand, palm to the camera and a little closed: the wrist, then five fingers from the palm outwards, in metres. */
const HAND: Triple[] = [
  [0, 0.09, 0],
  ...[-0.045, -0.025, 0, 0.022, 0.042].flatMap((x, finger): Triple[] =>
    [0, 1, 2, 3].map((joint): Triple => {
      const reach = (finger === 0 ? 0.05 : 0.01) - joint * (finger === 0 ? 0.024 : 0.028)
      return [x * (1 + joint * 0.12) - (finger === 0 ? joint * 0.012 : 0), reach, -0.008 * joint * joint]
    }),
  ),
]

function turned(points: readonly Triple[], [a, b, c]: Triple): Triple[] {
  return points.map(([x, y, z]) => {
    const [y1, z1] = [y * Math.cos(a) - z * Math.sin(a), y * Math.sin(a) + z * Math.cos(a)]
    const [x2, z2] = [x * Math.cos(b) + z1 * Math.sin(b), -x * Math.sin(b) + z1 * Math.cos(b)]
    return [x2 * Math.cos(c) - y1 * Math.sin(c), x2 * Math.sin(c) + y1 * Math.cos(c), z2]
  })
}

/** The forward model once more, by itself: a place in the room as shares of the picture. */
function shareOf([x, y, z]: Triple): Triple {
  const [k1 = 0, k2 = 0, p1 = 0, p2 = 0, k3 = 0] = CAMERA.distortion
  const [a, b] = [x / z, y / z]
  const r2 = a * a + b * b
  const radial = 1 + k1 * r2 + k2 * r2 ** 2 + k3 * r2 ** 3
  const u = CAMERA.fx * (a * radial + 2 * p1 * a * b + p2 * (r2 + 2 * a * a)) + CAMERA.cx
  const v = CAMERA.fy * (b * radial + p1 * (r2 + 2 * b * b) + 2 * p2 * a * b) + CAMERA.cy
  return [(u + 0.5) / CAMERA.width, (v + 0.5) / CAMERA.height, 0]
}

const dice = seededRandom('hands in metres')
const normal = () => Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next())
const about = (size: number) => (dice.next() * 2 - 1) * size
const noisy = (points: readonly Triple[], by: number): Triple[] =>
  points.map(([x, y, z]) => [x + by * normal(), y + by * normal(), z + by * normal()])

/** A hand somewhere before the camera: truly, in the picture, and as a detector tells its shape. */
function held({ pixels = 0, shapeM = 0, tiltRad = 0.2, sizeRatio = 1 }) {
  const pose = turned(HAND, [about(0.6), about(0.6), about(1.5)])
  const z = 0.4 + dice.next() * 0.5
  const at: Triple = [about(0.3) * z, about(0.15) * z, z]
  const truth = pose.map(
    ([x, y, far]): Triple => [at[0] + x * sizeRatio, at[1] + y * sizeRatio, at[2] + far * sizeRatio],
  )
  const seen = truth
    .map(shareOf)
    .map(
      ([x, y]): Triple => [
        x + (pixels * normal()) / CAMERA.width,
        y + (pixels * normal()) / CAMERA.height,
        0,
      ],
    )
  const shape = noisy(turned(pose, [about(tiltRad), about(tiltRad), about(tiltRad)]), shapeM)
  return { truth, seen, shape, distance: z }
}

const apart = (found: readonly { x: number; y: number; z: number }[], truth: readonly Triple[]) =>
  Math.sqrt(
    found.reduce((sum, { x, y, z }, at) => {
      const [tx, ty, tz] = truth[at] as Triple
      return sum + (x - tx) ** 2 + (y - ty) ** 2 + (z - tz) ** 2
    }, 0) / found.length,
  )

test('CMR-10 a hand whose shape and points are true is placed where it is, through the lens and turned', () => {
  for (let round = 0; round < 200; round++) {
    const { truth, seen, shape } = held({})
    const placed = placeHand(seen, shape, CAMERA)
    expect(placed, `round ${round}`).toBeDefined()
    expect(apart(placed!.points, truth)).toBeLessThan(1e-6)
    expect(placed!.missPx).toBeLessThan(1e-4)
  }
})

test('CMR-10 with noise, and with hands of many sizes, the error told is the error made', () => {
  for (const [name, pixels, shapeM, sizes] of [
    ['2 px, shape true', 2, 0, 0],
    ['2 px, joints off by 4 mm', 2, 0.004, 0],
    ['4 px, joints off by 6 mm, hands of many sizes', 4, 0.006, 0.065],
  ] as const) {
    const rounds = 600
    let [squares, told, places, found] = [0, 0, 0, 0]
    for (let round = 0; round < rounds; round++) {
      const hand = held({ pixels, shapeM, sizeRatio: 1 + sizes * normal() })
      const placed = placeHand(hand.seen, hand.shape, CAMERA)
      if (placed === undefined) continue
      found++
      const depth = placed.points.reduce((sum, { z }) => sum + z, 0) / 21
      const trueDepth = hand.truth.reduce((sum, [, , z]) => sum + z, 0) / 21
      squares += (depth - trueDepth) ** 2
      told += placed.errorM ** 2
      places += apart(placed.points, hand.truth) ** 2
    }
    const [real, said, joints] = [squares, told, places].map((sum) => Math.sqrt(sum / found) * 1000)
    process.stderr.write(
      `hands at 0.4 to 0.9 m, ${name}: distance off by ${real!.toFixed(1)} mm (told ${said!.toFixed(1)}), joints by ${joints!.toFixed(1)} mm, ${found} of ${rounds} placed\n`,
    )
    expect(found).toBeGreaterThan(0.98 * rounds)
    // Hands of one size are better known than is told: that nobody can know.
    expect(real! / said!).toBeLessThan(1.15)
    if (sizes > 0) expect(real! / said!).toBeGreaterThan(0.75)
  }
})

test('CMR-10 points that are no such hand are not placed', () => {
  const { shape } = held({})
  const scattered = shape.map((): Triple => [dice.next(), dice.next(), 0])
  expect(placeHand(scattered, shape, CAMERA)).toBeUndefined()
  const oneSpot = shape.map((): Triple => [0.5, 0.5, 0])
  expect(placeHand(oneSpot, shape, CAMERA)).toBeUndefined()
})
