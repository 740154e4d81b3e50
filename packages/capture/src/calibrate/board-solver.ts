import { BOARD, boardCorner, type Intrinsics, type SeenCorner, type View } from '@chiron/core/camera'
import type { CV, Mat } from './open-cv.ts'

export type SolvedCamera = { intrinsics: Intrinsics; rmsPx: number }

/** A grey picture, a byte a pixel. */
export type GreyPicture = { width: number; height: number; luma: Uint8Array }

/** Finds the board in pictures and the camera behind them. `close` gives OpenCV's memory back. */
export type BoardSolver = {
  see: (picture: GreyPicture) => SeenCorner[]
  solve: (views: readonly View[], size: { width: number; height: number }) => SolvedCamera
  close: () => void
}

/** The board of core with OpenCV's own detector (Garrido-Jurado 2014) and solver (Zhang 2000). */
export function boardSolver(cv: CV): BoardSolver {
  const size = new cv.Size(BOARD.columns, BOARD.rows)
  const dictionary = cv.getPredefinedDictionary(cv.DICT_4X4_50)
  const board = new cv.aruco_CharucoBoard(size, BOARD.squareMm, BOARD.markerMm, dictionary, new cv.Mat())
  const detector = new cv.aruco_CharucoDetector(
    board,
    new cv.aruco_CharucoParameters(),
    new cv.aruco_DetectorParameters(),
    new cv.aruco_RefineParameters(10, 3, true),
  )
  return {
    see: (picture) => see(cv, detector, picture),
    solve: (views, pictureSize) => solve(cv, views, pictureSize),
    close: () => {
      for (const held of [detector, board, dictionary]) held.delete()
    },
  }
}

function see(
  cv: CV,
  detector: { detectBoard: (picture: Mat, corners: Mat, ids: Mat) => void },
  { width, height, luma }: GreyPicture,
): SeenCorner[] {
  const [picture, corners, ids] = [new cv.Mat(height, width, cv.CV_8UC1), new cv.Mat(), new cv.Mat()]
  try {
    picture.data.set(luma)
    detector.detectBoard(picture, corners, ids)
    return Array.from({ length: ids.rows }, (_, at) => ({
      id: ids.data32S[at] as number,
      x: corners.data32F[at * 2] as number,
      y: corners.data32F[at * 2 + 1] as number,
    }))
  } finally {
    for (const held of [picture, corners, ids]) held.delete()
  }
}

function solve(
  cv: CV,
  views: readonly View[],
  { width, height }: { width: number; height: number },
): SolvedCamera {
  const [objects, pictures] = [new cv.MatVector(), new cv.MatVector()]
  const [turns, moves] = [new cv.MatVector(), new cv.MatVector()]
  const [matrix, distortion] = [new cv.Mat(), new cv.Mat()]
  const [inner, outer, perView] = [new cv.Mat(), new cv.Mat(), new cv.Mat()]
  const held = [objects, pictures, turns, moves, matrix, distortion, inner, outer, perView]
  try {
    for (const view of views) {
      const places = view.flatMap(({ id }) => [boardCorner(id).x, boardCorner(id).y, 0])
      const seen = view.flatMap(({ x, y }) => [x, y])
      const rows = [
        cv.matFromArray(view.length, 1, cv.CV_32FC3, places),
        cv.matFromArray(view.length, 1, cv.CV_32FC2, seen),
      ] as const
      objects.push_back(rows[0])
      pictures.push_back(rows[1])
      for (const row of rows) row.delete()
    }
    const size = new cv.Size(width, height)
    const rmsPx = cv.calibrateCameraExtended(
      objects,
      pictures,
      size,
      matrix,
      distortion,
      turns,
      moves,
      inner,
      outer,
      perView,
    )
    const [fx = 0, , cx = 0, , fy = 0, cy = 0] = matrix.data64F
    const lens = Array.from(distortion.data64F.slice(0, 5))
    return { intrinsics: { width, height, fx, fy, cx, cy, distortion: lens }, rmsPx }
  } finally {
    for (const each of held) each.delete()
  }
}
