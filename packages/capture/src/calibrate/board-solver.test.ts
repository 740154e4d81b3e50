import { createRequire } from 'node:module'
import { coverage, MAX_RMS_PX, type View } from '@chiron/core/camera'
import { beforeAll, expect, test } from 'vitest'
import { type BoardSolver, boardSolver } from './board-solver.ts'
import { readyCv } from './open-cv.ts'
import { BOARD_POSES, renderBoard, RENDERED_CAMERA as TRUTH } from './testing/index.ts'

const SIZE = { width: TRUTH.width, height: TRUTH.height }
let solver: BoardSolver

beforeAll(async () => {
  // Not imported: vitest awaits the library itself, which never settles.
  const { cv } = await readyCv(createRequire(import.meta.url)('@techstark/opencv-js'))
  solver = boardSolver(cv)
}, 120_000)

test('CAP-8 CMR-3 CMR-1 known intrinsics are recovered within 0.5 % from rendered boards', () => {
  const views: View[] = BOARD_POSES.map((pose) => solver.see(renderBoard(pose)))
  for (const view of views) expect(view.length).toBeGreaterThanOrEqual(12)
  expect(coverage(views, SIZE).next).toEqual({ do: 'done' })
  const { intrinsics, rmsPx } = solver.solve(views, SIZE)
  expect(rmsPx).toBeLessThan(MAX_RMS_PX / 2)
  for (const name of ['fx', 'fy', 'cx', 'cy'] as const) {
    const offRatio = Math.abs(intrinsics[name] - TRUTH[name]) / TRUTH[name]
    expect(offRatio, `${name} ${intrinsics[name]}`).toBeLessThan(0.005)
  }
  expect(intrinsics.distortion[0]).toBeCloseTo(0.08, 1)
}, 180_000)

test('CMR-2 a picture without a board has no corners', () => {
  expect(solver.see({ ...SIZE, luma: new Uint8Array(SIZE.width * SIZE.height).fill(128) })).toEqual([])
})
