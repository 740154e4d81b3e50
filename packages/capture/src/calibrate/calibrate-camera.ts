import { BOARD, type BoardWatch, type Calibration, lookAtBoard, watchBoard } from '@chiron/core/camera'
import { uuidv7 } from '@chiron/core/kit'
import type { CameraHandle } from '../open-camera.ts'
import { BOARD_TOOL, type BoardEye } from './open-board-eye.ts'

/** Between two looks there is time for the board to come to rest, and for the phone to cool. */
const LOOK_EVERY_MS = 150

export type CalibrateOptions = {
  eye: BoardEye
  /** This phone's own number. */
  device: string
  /** After each look; once it wishes for nothing more, the camera is being worked out. */
  onWatch: (watch: BoardWatch) => void
}

/**
 * Looks through the camera at the board until enough was seen, then works out the camera. Pictures of another size (the
 * phone was turned) begin anew. Resolves to nothing once `signal` ends it.
 * @throws Error when the views cannot be solved or the worker breaks
 */
export async function calibrateCamera(
  camera: CameraHandle,
  options: CalibrateOptions,
  signal: AbortSignal,
): Promise<Calibration | undefined> {
  const watch = await gather(camera, options, signal)
  if (watch === undefined) return undefined
  const solved = await options.eye.solve(watch.views, watch.size)
  if (signal.aborted) return undefined
  const { viewCount, ratio } = watch.coverage
  return {
    id: uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
    device: options.device,
    camera: camera.label,
    facing: camera.facing,
    zoom: camera.zoom,
    ...solved,
    board: BOARD,
    viewCount,
    coverageRatio: ratio,
    tool: { ...BOARD_TOOL },
    madeAt: new Date().toISOString(),
  }
}

function gather(
  camera: CameraHandle,
  { eye, onWatch }: CalibrateOptions,
  signal: AbortSignal,
): Promise<BoardWatch | undefined> {
  return new Promise((resolve, reject) => {
    let watch: BoardWatch | undefined
    let isBusy = false
    let lastMs = Number.NEGATIVE_INFINITY
    const look = async (frame: VideoFrame): Promise<void> => {
      const { corners, size } = await eye.see(frame)
      if (signal.aborted) return
      const isOther = size.width !== watch?.size.width || size.height !== watch.size.height
      watch = lookAtBoard(watch === undefined || isOther ? watchBoard(size) : watch, corners)
      onWatch(watch)
      if (watch.wish.do !== 'done') return
      stop()
      resolve(watch)
    }
    const stop = camera.onFrame((frame) => {
      const nowMs = performance.now()
      if (isBusy || signal.aborted || nowMs - lastMs < LOOK_EVERY_MS) return
      isBusy = true
      lastMs = nowMs
      look(frame.clone()).then(
        () => {
          isBusy = false
        },
        (cause: unknown) => {
          stop()
          reject(cause)
        },
      )
    })
    signal.addEventListener('abort', () => {
      stop()
      resolve(undefined)
    })
  })
}
