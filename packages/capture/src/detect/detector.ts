import type { Body, Face, Hand } from '@chiron/core/sight'

/** One of the detector's files: where it lies, how long it is and how long on its way, and its digest. */
export type ModelFile = { url: string; bytes: number; downloadBytes: number; sha256: string }

export type ModelPart = 'loader' | 'wasm' | 'hands' | 'face' | 'person' | 'body'
/** The detector's program and weights, as the build lays them out. */
export type ModelFiles = Readonly<Record<ModelPart, ModelFile>>

/** What every take needs. The body's weights are fetched apart, by those whose task asks for them. */
export const USUAL_PARTS: readonly ModelPart[] = ['loader', 'wasm', 'hands', 'face', 'person']
export const BODY_PARTS: readonly ModelPart[] = ['body']

export const DETECTOR_TOOL = { name: '@mediapipe/tasks-vision', version: '0.10.35' } as const
export const HANDS_MODEL = 'hand_landmark_lite'
export const FACE_MODEL = 'face_detection_full_range_sparse'
export const PERSON_MODEL = 'selfie_segmentation_landscape'
export const BODY_MODEL = 'pose_landmark_lite'

/** What to look for in one picture. */
export type Want = { hands?: boolean; faces?: boolean; person?: boolean; bodies?: boolean }

/** How likely each place of a picture is a person: 0 … 255, rows from the top, in a size of the model's own. */
export type PersonMask = { levels: Uint8Array; width: number; height: number }

/** What was found, `undefined` where it was not asked for. Faces are mere candidates (see core's `likelyFaces`), and so are bodies (`largestBody`). */
export type Found = {
  hands?: Hand[] | undefined
  faces?: Face[] | undefined
  person?: PersonMask | undefined
  bodies?: Body[] | undefined
  tookMs: number
}

/** A picture to look at; whoever looks closes it. */
export type Picture = VideoFrame | ImageBitmap

/**
 * Finds hands, faces, people and bodies, one picture after the other. `where`: in a worker, or, in browsers that cannot,
 * between the page's own work.
 */
export type Detector = {
  where: 'worker' | 'page'
  /** Looks at the picture and closes it. Pictures of one film in order of time. */
  look: (picture: Picture, want: Want) => Promise<Found>
  close: () => void
}
