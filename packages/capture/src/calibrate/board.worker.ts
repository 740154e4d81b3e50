import type { SeenCorner, View } from '@chiron/core/camera'
import openCv from '@techstark/opencv-js'
import { type BoardSolver, boardSolver, type SolvedCamera } from './board-solver.ts'
import { type LoadingCv, readyCv } from './open-cv.ts'
import { readGrey } from './read-grey.ts'

type Size = { width: number; height: number }
export type BoardAsk = { frame: VideoFrame } | { views: readonly View[]; size: Size } | { open: true }
export type BoardSight = { corners: SeenCorner[]; size: Size }
export type BoardReply = { sight: BoardSight } | { camera: SolvedCamera } | { isOpen: true }

let solver: BoardSolver | undefined

addEventListener('message', ({ data }: MessageEvent<BoardAsk & { id: number }>) => {
  const { id } = data
  answer(data).then(
    (reply) => postMessage({ id, reply }),
    (error: unknown) => postMessage({ id, error: String(error) }),
  )
})

async function answer(ask: BoardAsk): Promise<BoardReply> {
  if ('frame' in ask) {
    try {
      const { luma, ...size } = await readGrey(ask.frame)
      return { sight: { corners: (await theSolver()).see({ ...size, luma }), size } }
    } finally {
      ask.frame.close()
    }
  }
  if ('views' in ask) return { camera: (await theSolver()).solve(ask.views, ask.size) }
  await theSolver()
  return { isOpen: true }
}

async function theSolver(): Promise<BoardSolver> {
  solver ??= boardSolver((await readyCv(openCv as unknown as LoadingCv)).cv)
  return solver
}
