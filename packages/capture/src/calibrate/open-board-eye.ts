import type { View } from '@chiron/core/camera'
import { Refusal } from '@chiron/core/kit'
import type { BoardAsk, BoardReply, BoardSight } from './board.worker.ts'
import type { SolvedCamera } from './board-solver.ts'

/** What does the finding and solving, told with each result. */
export const BOARD_TOOL = { name: '@techstark/opencv-js', version: '4.12.0-release.1' } as const
/** What fetching it costs, once: about that many bytes on the way. */
export const BOARD_TOOL_BYTES = 3_000_000

/** Finds the board in a camera's frames and solves for the camera, in a worker. */
export type BoardEye = {
  /** Looks at the frame and closes it. */
  see: (frame: VideoFrame) => Promise<BoardSight>
  solve: (views: readonly View[], size: { width: number; height: number }) => Promise<SolvedCamera>
  close: () => void
}

type Waiting = { resolve: (reply: BoardReply) => void; reject: (why: Error) => void }

/**
 * Opens it. OpenCV makes functions at run time, which our pages forbid: it lives in a worker of its own, whose script
 * the server sends with a policy that allows it there and nowhere else.
 * @throws Refusal('solver-unavailable') where it cannot be fetched or does not start
 */
export async function openBoardEye(): Promise<BoardEye> {
  const worker = new Worker(new URL('./board.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  const end = (why: string): void => {
    worker.terminate()
    for (const { reject } of waiting.values()) reject(new Error(why))
    waiting.clear()
  }
  worker.onerror = ({ message }) => end(message)
  worker.onmessage = ({ data }: MessageEvent<{ id: number; reply?: BoardReply; error?: string }>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.reply === undefined) asked?.reject(new Error(data.error))
    else asked?.resolve(data.reply)
  }
  const ask = (content: BoardAsk, transfer: Transferable[] = []): Promise<BoardReply> =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, ...content }, transfer)
    })
  try {
    await ask({ open: true })
  } catch (error) {
    end('closed')
    throw new Refusal('solver-unavailable', { why: String(error) })
  }
  return {
    see: async (frame) => {
      const reply = await ask({ frame }, [frame])
      return (reply as { sight: BoardSight }).sight
    },
    solve: async (views, size) => {
      const reply = await ask({ views, size })
      return (reply as { camera: SolvedCamera }).camera
    },
    close: () => end('closed'),
  }
}
