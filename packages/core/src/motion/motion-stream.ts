import { z } from 'zod'
import { alignmentSchema } from '../clocks/index.ts'

/** Ten minutes of 100 samples a second. */
export const MAX_MOTION_SAMPLES = 60_000

const triple = z.tuple([z.number(), z.number(), z.number()])
const ascending = (timesMs: readonly number[]): boolean =>
  timesMs.every((timeMs, at) => at === 0 || timeMs >= (timesMs[at - 1] as number))

const timesMs = z.array(z.number()).max(MAX_MOTION_SAMPLES).refine(ascending, 'times ascend')

/**
 * What the sensors of a phone felt, on their own clock (`timesMs`, by the events' own stamps).
 * - `acceleration` m/s² along the device's axes, gravity included: x to the right, y to the top of the screen, z out of it.
 * - `rotationRate` rad/s about the same axes.
 * - `orientation` unit quaternions [x, y, z, w], from the device to the earth (x east or arbitrary, y north, z up).
 * - `toCamera` from the sensors' clock to the camera's; `cameraStartMs` is the film's first picture on the camera's.
 */
export const motionStreamSchema = z
  .object({
    motion: z.object({ timesMs, acceleration: z.array(triple), rotationRate: z.array(triple) }),
    orientation: z.object({
      timesMs,
      quaternion: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
      isAbsolute: z.boolean(),
    }),
    toCamera: alignmentSchema,
    cameraStartMs: z.number(),
  })
  .refine(
    ({ motion, orientation }) =>
      motion.acceleration.length === motion.timesMs.length &&
      motion.rotationRate.length === motion.timesMs.length &&
      orientation.quaternion.length === orientation.timesMs.length,
    'as many values as times',
  )
export type MotionStream = z.infer<typeof motionStreamSchema>

/** What travels behind a film, as far as it is about motion. Other streams stand beside it. */
export const motionNotesSchema = z.object({ version: z.literal(1), motion: motionStreamSchema.nullish() })
