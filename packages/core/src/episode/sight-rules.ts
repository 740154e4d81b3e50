import type { Sight } from '../sight/index.ts'
import type { FaultCode } from './fault.ts'

export type SightCode = Extract<
  FaultCode,
  'face-visible' | 'several-people' | 'no-hands' | 'hand-cut-off' | 'camera-moved'
>

/** A sight, and how far the camera has moved since filming began: a share of the picture's width, null not known. */
export type TimedSight = Sight & { cameraShift: number | null }

/** The camera has moved when the picture lies this share of its width away. */
export const MAX_CAMERA_SHIFT = 0.03

/**
 * One thing a detector can see wrong. It believes, it does not know: none of these fails a take, they are what the
 * coach says and what the timeline marks. `value` and `limit` as in `Fault`.
 */
export type SightRule = {
  code: SightCode
  isBad: (sight: TimedSight) => boolean
  value: (sight: TimedSight) => number
  limit: number
}

const faces = ({ faceCount }: TimedSight): number => faceCount ?? 0

/** The one to mend first coming first. */
export const SIGHT_RULES: readonly SightRule[] = [
  { code: 'several-people', isBad: (sight) => faces(sight) > 1, value: faces, limit: 1 },
  { code: 'face-visible', isBad: (sight) => faces(sight) === 1, value: faces, limit: 0 },
  {
    code: 'camera-moved',
    isBad: ({ cameraShift }) => (cameraShift ?? 0) > MAX_CAMERA_SHIFT,
    value: ({ cameraShift }) => cameraShift ?? 0,
    limit: MAX_CAMERA_SHIFT,
  },
  {
    code: 'no-hands',
    isBad: ({ handCount }) => handCount === 0,
    value: ({ handCount }) => handCount ?? 0,
    limit: 1,
  },
  {
    code: 'hand-cut-off',
    isBad: ({ cutOffCount }) => cutOffCount > 0,
    value: ({ cutOffCount }) => cutOffCount,
    limit: 0,
  },
]
