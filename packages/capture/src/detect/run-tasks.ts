import {
  type Body,
  FACE_MIN_CONFIDENCE,
  type Face,
  type Hand,
  MAX_BODIES,
  roundedHand,
} from '@chiron/core/sight'
import {
  FaceDetector,
  HandLandmarker,
  type HandLandmarkerResult,
  ImageSegmenter,
  type MPMask,
  PoseLandmarker,
} from '@mediapipe/tasks-vision'
import type { Found, ModelFiles, PersonMask, Picture, Want } from './detector.ts'

/** Two people's hands: so that a second person's are noticed. */
const MAX_HANDS_LOOKED_FOR = 3
/** Wider pictures are shrunk first: the models see 192 to 256 pixels, and reading back large ones takes longer. */
const PICTURE_WIDTH_PX = 640

type Tasks = {
  hands?: HandLandmarker
  faces?: FaceDetector
  person?: ImageSegmenter
  bodies?: PoseLandmarker
}

/** Runs tasks-vision where it is called: in the worker, or on the page. */
export type TaskRunner = { look: (picture: Picture, want: Want) => Promise<Found>; close: () => void }

/** Loads the program; each task's weights when it is first asked for. The same origin is all that is asked. */
export function taskRunner(files: ModelFiles): TaskRunner {
  const tasks: Tasks = {}
  const opening = opener(files)
  let clockMs = 0
  return {
    look: async (picture, want) => {
      const small = await shrunk(picture)
      try {
        if (want.hands) tasks.hands ??= await opening.hands()
        if (want.faces) tasks.faces ??= await opening.faces()
        if (want.person) tasks.person ??= await opening.person()
        if (want.bodies) tasks.bodies ??= await opening.bodies()
        const startMs = performance.now()
        // The tasks want times that only rise; those of two films do not.
        clockMs += 33
        const hands = want.hands ? handsOf(tasks.hands!.detectForVideo(small, clockMs)) : undefined
        const faces = want.faces ? facesOf(tasks.faces!, small) : undefined
        const person = want.person ? personOf(tasks.person!, small, clockMs) : undefined
        const bodies = want.bodies ? bodiesOf(tasks.bodies!, small) : undefined
        return { hands, faces, person, bodies, tookMs: performance.now() - startMs }
      } finally {
        small.close()
      }
    },
    close: () => {
      for (const task of [tasks.hands, tasks.faces, tasks.person, tasks.bodies]) task?.close()
    },
  }
}

/**
 * tasks-vision loads its program in a way of its own in workers and on pages, once, and forgets it after each task.
 * So it is given to it before each: a module is the same in both.
 */
async function handProgram({ loader, wasm }: ModelFiles) {
  const { default: factory } = (await import(/* @vite-ignore */ loader.url)) as { default: unknown }
  // Its notes on the way (which kernels it chose, what metadata it would like) are for nobody here.
  const quiet = { print: () => undefined, printErr: () => undefined }
  Object.assign(globalThis, { ModuleFactory: factory, Module: quiet })
  return { wasmLoaderPath: '', wasmBinaryPath: wasm.url }
}

function opener(files: ModelFiles) {
  const base = (url: string) => ({ modelAssetPath: url, delegate: 'CPU' as const })
  return {
    hands: async () =>
      HandLandmarker.createFromOptions(await handProgram(files), {
        baseOptions: base(files.hands.url),
        runningMode: 'VIDEO',
        numHands: MAX_HANDS_LOOKED_FOR,
      }),
    faces: async () =>
      FaceDetector.createFromOptions(await handProgram(files), {
        baseOptions: base(files.face.url),
        runningMode: 'IMAGE',
        minDetectionConfidence: FACE_MIN_CONFIDENCE,
      }),
    person: async () =>
      ImageSegmenter.createFromOptions(await handProgram(files), {
        baseOptions: base(files.person.url),
        runningMode: 'VIDEO',
        outputCategoryMask: false,
        outputConfidenceMasks: true,
      }),
    // Looks are too far apart to follow somebody from one to the next, so each stands for itself.
    bodies: async () =>
      PoseLandmarker.createFromOptions(await handProgram(files), {
        baseOptions: base(files.body.url),
        runningMode: 'IMAGE',
        numPoses: MAX_BODIES,
      }),
  }
}

async function shrunk(picture: Picture): Promise<ImageBitmap> {
  const { width, height } = sizeOf(picture)
  if (picture instanceof ImageBitmap && width <= PICTURE_WIDTH_PX) return picture
  const resizeWidth = Math.min(width, PICTURE_WIDTH_PX)
  try {
    return await createImageBitmap(picture, {
      resizeWidth,
      resizeHeight: Math.max(1, Math.round((height * resizeWidth) / width)),
      resizeQuality: 'low',
    })
  } finally {
    picture.close()
  }
}

const sizeOf = (picture: Picture): { width: number; height: number } =>
  'displayWidth' in picture
    ? { width: picture.displayWidth, height: picture.displayHeight }
    : { width: picture.width, height: picture.height }

function handsOf({ landmarks, worldLandmarks, handedness }: HandLandmarkerResult): Hand[] {
  return landmarks.map((points, at) => {
    const [belief, world] = [handedness[at]?.[0], worldLandmarks[at]]
    return roundedHand({
      side: belief?.categoryName === 'Left' ? 'left' : 'right',
      confidence: Math.min(1, Math.max(0, belief?.score ?? 0)),
      points: points.map(({ x, y, z }) => [x, y, z]),
      ...(world ? { world: world.map(({ x, y, z }) => [x, y, z]) } : {}),
    })
  })
}

function bodiesOf(landmarker: PoseLandmarker, picture: ImageBitmap): Body[] {
  return landmarker
    .detect(picture)
    .landmarks.map((points) =>
      points.map(({ x, y, z, visibility }) => [x, y, z, Math.min(1, Math.max(0, visibility))]),
    )
}

function facesOf(detector: FaceDetector, picture: ImageBitmap): Face[] {
  const { detections } = detector.detect(picture)
  return detections.flatMap(({ boundingBox, categories }) =>
    boundingBox
      ? {
          x: boundingBox.originX / picture.width,
          y: boundingBox.originY / picture.height,
          width: boundingBox.width / picture.width,
          height: boundingBox.height / picture.height,
          score: categories[0]?.score ?? 1,
        }
      : [],
  )
}

function personOf(segmenter: ImageSegmenter, picture: ImageBitmap, timeMs: number): PersonMask | undefined {
  const result = segmenter.segmentForVideo(picture, timeMs)
  try {
    const mask: MPMask | undefined = result.confidenceMasks?.[0]
    if (!mask) return undefined
    const shares = mask.getAsFloat32Array()
    const levels = Uint8Array.from(shares, (share) => Math.round(share * 255))
    return { levels, width: mask.width, height: mask.height }
  } finally {
    result.close()
  }
}
