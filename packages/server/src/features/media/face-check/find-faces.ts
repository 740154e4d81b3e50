import { Worker } from 'node:worker_threads'
import { FACE_INPUT_PX, FACE_MIN_CONFIDENCE, type Face, type FaceLook } from '@chiron/core/sight'
import { readSquareFrames } from '@chiron/formats/node'

/** Server's own detector and weights: the same family as the phone's, the denser model. */
export const SERVER_FACE_TOOL = {
  name: '@litertjs/core',
  version: '2.5.3',
  model: 'face_detection_full_range',
}
/** A take is looked at this often, and a long one no more than this in all. */
const LOOKS_PER_SECOND = 2
const MAX_LOOKS = 60
const PATIENCE_MS = 120_000

/**
 * Looks for faces in a film, evenly through it. Places are shares of the picture.
 * @throws Error when the detector does not run here, Refusal `ffmpeg-failed`
 */
export async function findFaces(
  file: string,
  film: { durationMs: number; width: number; height: number },
): Promise<FaceLook[]> {
  const thread = faceThread()
  const looks: FaceLook[] = []
  try {
    await readSquareFrames(file, film, {
      sidePx: FACE_INPUT_PX,
      maxCount: MAX_LOOKS,
      maxPerSecond: LOOKS_PER_SECOND,
      onFrame: async ({ timeMs, rgb }) => {
        const faces = await thread.look(rgb)
        looks.push({ timeMs, faces: faces.map((face) => inPicture(face, film)) })
      },
    })
    return looks
  } finally {
    await thread.end()
  }
}

/** From the square back to the picture that was fitted into it. */
function inPicture(face: Face, { width, height }: { width: number; height: number }): Face {
  const scaleX = Math.max(width, height) / width
  const scaleY = Math.max(width, height) / height
  return {
    x: (face.x - 0.5) * scaleX + 0.5,
    y: (face.y - 0.5) * scaleY + 0.5,
    width: face.width * scaleX,
    height: face.height * scaleY,
    score: face.score,
  }
}

/** One film a thread: its memory is given back, and a film that breaks it breaks no other. */
function faceThread() {
  const worker = new Worker(new URL('./face-thread.ts', import.meta.url))
  const waiting = new Map<number, { resolve: (faces: Face[]) => void; reject: (cause: Error) => void }>()
  let lastId = 0
  const fail = (cause: Error): void => {
    for (const { reject } of waiting.values()) reject(cause)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`the face detector ended with ${code}`)))
  worker.on('message', ({ id, faces, error }: { id: number; faces?: Face[]; error?: string }) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (faces) asked?.resolve(faces)
    else asked?.reject(new Error(error))
  })
  return {
    look: (rgb: Uint8Array): Promise<Face[]> =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        const timer = setTimeout(() => fail(new Error('the face detector does not answer')), PATIENCE_MS)
        const settle =
          <T>(next: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer)
            next(value)
          }
        waiting.set(id, { resolve: settle(resolve), reject: settle(reject) })
        worker.postMessage({ id, rgb, minScore: FACE_MIN_CONFIDENCE })
      }),
    end: () => worker.terminate(),
  }
}
