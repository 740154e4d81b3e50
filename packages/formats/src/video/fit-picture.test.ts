import { expect, test } from 'vitest'
import { fitPicture, placeInFit } from './index.ts'

test('VID-11 a place stays where it is in the picture, whatever the shape it is put into', () => {
  const same = fitPicture({ width: 1280, height: 720 }, { width: 640, height: 360 })
  expect(placeInFit(same, 0.1, 0.9)).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.9, 12)])
  // Upright into wide: 360 high, 202.5 wide, bars to its left and right.
  const upright = fitPicture({ width: 720, height: 1280 }, { width: 640, height: 360 })
  expect(upright.share).toEqual({ x: expect.closeTo(202.5 / 640, 12), y: 1 })
  expect(placeInFit(upright, 0, 0.25)).toEqual([expect.closeTo((640 - 202.5) / 2 / 640, 12), 0.25])
  expect(placeInFit(upright, 1, 1)[0]).toBeCloseTo((640 + 202.5) / 2 / 640, 12)
})
