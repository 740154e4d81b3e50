import fc from 'fast-check'
import { expect, test } from 'vitest'
import { downscaleLuma, frameSignals, lumaFromRgba, lumaFromYPlane, timingSignals } from './index.ts'

const plane = (width: number, height: number, level: (x: number, y: number) => number): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, at) => level(at % width, Math.floor(at / width)))

test('EPI-1 luma of RGBA is BT.601: white 255, black 0, green outweighs red outweighs blue', () => {
  const rgba = Uint8Array.from([
    255, 255, 255, 0, 0, 0, 0, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255,
  ])
  expect([...lumaFromRgba(rgba, 5, 1)]).toEqual([255, 0, 76, 150, 29])
})

test('EPI-1 a Y plane loses its padding, and studio levels are stretched to full range', () => {
  const padded = Uint8Array.from([9, 16, 235, 7, 7, 126, 255, 7])
  const layout = { width: 2, height: 2, strideBytes: 4, offsetBytes: 1 }
  expect([...lumaFromYPlane(padded, { ...layout, fullRange: false })]).toEqual([0, 255, 128, 255])
  expect([...lumaFromYPlane(padded, { ...layout, fullRange: true })]).toEqual([16, 235, 126, 255])
})

test('EPI-2 the box filter gives the mean of each box and keeps the shape', () => {
  const small = downscaleLuma(
    plane(640, 360, (x) => (x % 4 < 2 ? 10 : 20)),
    640,
    360,
  )
  expect({ width: small.width, height: small.height }).toEqual({ width: 160, height: 90 })
  expect(new Set(small.luma)).toEqual(new Set([15]))
})

test('EPI-2 boxes of one size keep the mean within rounding, and a narrow picture is copied', () => {
  const times = fc.integer({ min: 1, max: 9 })
  fc.assert(
    fc.property(
      times,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 255 }),
      (scale, rows, shade) => {
        const width = 37 * scale
        const height = rows * scale
        const source = plane(width, height, (x, y) => (x * 7 + y * 13 + shade) & 255)
        const small = downscaleLuma(source, width, height, 37)
        if (scale === 1) expect(small.luma).toEqual(source)
        const mean = (luma: Uint8Array): number => luma.reduce((sum, level) => sum + level, 0) / luma.length
        expect(Math.abs(mean(small.luma) - mean(source))).toBeLessThanOrEqual(0.5)
        expect(small).toMatchObject({ width: 37, height: rows })
      },
    ),
    { numRuns: 60 },
  )
})

test('EPI-2 a plain picture of any size stays plain', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 90 }), (width, height) => {
      const small = downscaleLuma(
        plane(width, height, () => 91),
        width,
        height,
      )
      expect(small.luma.every((level) => level === 91)).toBe(true)
      expect(small.luma.length).toBe(small.width * small.height)
    }),
    { numRuns: 60 },
  )
})

test('EPI-3 brightness, clipping, sharpness and motion of known pictures', () => {
  const grey = plane(160, 90, () => 102)
  expect(frameSignals(grey, 160, 90)).toEqual({ brightness: 0.4, clippedRatio: 0, sharpness: 0, motion: 0 })
  const half = plane(160, 90, (x) => (x < 80 ? 0 : 255))
  const signals = frameSignals(half, 160, 90, grey)
  expect(signals.brightness).toBeCloseTo(0.5, 6)
  expect(signals.clippedRatio).toBe(1)
  expect(signals.motion).toBeCloseTo((102 + 153) / 2 / 255, 6)
  expect(signals.sharpness).toBeGreaterThan(100)
})

test('EPI-3 a blurred picture is less sharp than the picture', () => {
  const stripes = plane(160, 90, (x, y) => (((x >> 1) + (y >> 1)) % 2 === 0 ? 60 : 180))
  const soft = plane(160, 90, (x, y) => {
    let sum = 0
    for (let dx = 0; dx < 3; dx++) sum += stripes[y * 160 + Math.min(159, x + dx)]!
    return sum / 3
  })
  expect(frameSignals(soft, 160, 90).sharpness).toBeLessThan(frameSignals(stripes, 160, 90).sharpness / 3)
})

test('EPI-4 a full-size picture and the same picture shrunk first give the same signals', () => {
  const large = plane(1280, 720, (x, y) => (x * y) & 255)
  const before = plane(1280, 720, (x, y) => (x * y + 40) & 255)
  const small = downscaleLuma(large, 1280, 720)
  const smallBefore = downscaleLuma(before, 1280, 720)
  const expected = frameSignals(small.luma, small.width, small.height, smallBefore.luma)
  expect(frameSignals(large, 1280, 720, before)).toEqual(expected)
  expect(frameSignals(large, 1280, 720, smallBefore.luma)).toEqual(expected)
})

test('EPI-4 a previous picture of another size counts as none', () => {
  expect(
    frameSignals(
      plane(90, 160, () => 5),
      90,
      160,
      plane(80, 45, () => 200),
    ).motion,
  ).toBe(0)
})

test('EPI-5 thirty frames a second in an MP4 that rounds to milliseconds is constant', () => {
  const times = Array.from({ length: 150 }, (_, frame) => Math.round((frame * 1000) / 30))
  const timing = timingSignals(times)
  expect(timing).toMatchObject({ droppedRatio: 0, constantRate: true, longestGapMs: 34 })
  expect(timing.fps).toBeCloseTo(30, 1)
})

test('EPI-5 missing frames are counted, whatever the order of the packets', () => {
  const kept = Array.from({ length: 100 }, (_, frame) => frame).filter((frame) => frame < 40 || frame >= 50)
  const timing = timingSignals(kept.map((frame) => (frame * 1000) / 25).reverse())
  expect(timing.droppedRatio).toBeCloseTo(0.1, 6)
  expect(timing.longestGapMs).toBeCloseTo(440, 6)
  expect(timing.fps).toBeCloseTo(25, 6)
  expect(timing.constantRate).toBe(false)
})

test('EPI-5 no frame, one frame and frames at one moment have no rate', () => {
  for (const times of [[], [40], [0, 0, 0]])
    expect(timingSignals(times)).toMatchObject({ fps: 0, constantRate: false })
})
