import { seededRandom } from '@chiron/core/kit'
import { expect, test } from 'vitest'
import {
  addHistogram,
  addPicture,
  emptyHistogram,
  joinStatistics,
  pictureStatistics,
  vectorStatistics,
} from './statistics.ts'

test('LER-2 statistics of a known column', () => {
  const rows = Array.from({ length: 100 }, (_, at) => [at + 1, 7])
  expect(vectorStatistics(rows)).toEqual({
    min: [1, 7],
    max: [100, 7],
    mean: [50.5, 7],
    std: [Math.sqrt((100 ** 2 - 1) / 12), 0],
    q01: [1, 7],
    q10: [10, 7],
    q50: [50, 7],
    q90: [90, 7],
    q99: [99, 7],
    count: 100,
  })
  expect(vectorStatistics([[3]])).toMatchObject({
    min: [3],
    max: [3],
    std: [0],
    q01: [3],
    q99: [3],
    count: 1,
  })
})

test('LER-2 joined episodes have the mean, spread and extremes of all their frames', () => {
  const dice = seededRandom('join')
  const parts = [1, 5, 40].map((count) =>
    Array.from({ length: count }, () => [dice.next() * 10, dice.int(9)]),
  )
  const whole = vectorStatistics(parts.flat())
  const joined = joinStatistics(parts.map(vectorStatistics))
  const stepwise = parts.map(vectorStatistics).reduce((before, part) => joinStatistics([before, part]))
  for (const name of ['min', 'max', 'mean', 'std'] as const) {
    whole[name].forEach((value, at) => {
      expect(joined[name][at]).toBeCloseTo(value, 10)
      expect(stepwise[name][at]).toBeCloseTo(value, 10)
    })
  }
  expect([joined.count, stepwise.count]).toEqual([46, 46])
})

test('LER-2 statistics of pictures are exact per channel, and adding histograms loses nothing', () => {
  const dice = seededRandom('pictures')
  const pictures = Array.from({ length: 7 }, () => Uint8Array.from({ length: 300 }, () => dice.int(256)))
  const all = emptyHistogram()
  for (const picture of pictures) addPicture(all, picture)
  const channels = [0, 1, 2].map((channel) =>
    pictures.flatMap((picture) => [...picture.filter((_, at) => at % 3 === channel)]),
  )
  const wanted = channels.map((levels) => vectorStatistics(levels.map((level) => [level / 255])))
  const found = pictureStatistics(all)
  for (const name of ['min', 'max', 'mean', 'std', 'q01', 'q10', 'q50', 'q90', 'q99'] as const) {
    wanted.forEach((channel, at) => {
      expect(found[name][at], name).toBeCloseTo(channel[name][0] as number, 10)
    })
  }
  expect(found.count).toBe(7)
  const halves = [pictures.slice(0, 3), pictures.slice(3)].map((half) => {
    const histogram = emptyHistogram()
    for (const picture of half) addPicture(histogram, picture)
    return histogram
  })
  addHistogram(halves[0]!, halves[1]!)
  expect(halves[0]).toEqual(all)
})
