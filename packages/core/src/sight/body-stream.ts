import { z } from 'zod'

const BODY_LANDMARK_COUNT = 33
/** So many people are told apart in one look; more count as this many. */
export const MAX_BODIES = 3
/** Ten minutes at five looks a second, twice over. */
const MAX_BODY_FRAMES = 6_000

/**
 * x and y in shares of the picture, beyond 0 … 1 where a landmark is guessed outside it; z in shares of its width from the
 * middle of the hips, towards the camera where negative; how likely it is in sight, 0 … 1.
 */
const landmarkSchema = z.tuple([z.number(), z.number(), z.number(), z.number().min(0).max(1)])
const bodySchema = z.array(landmarkSchema).length(BODY_LANDMARK_COUNT)
/** One body: its 33 landmarks, each `[x, y, z, visibility]`. */
export type Body = z.infer<typeof bodySchema>

/** One look: the largest of `count` bodies in the picture, null where none was seen. */
const bodyFrameSchema = z.object({
  timeMs: z.number(),
  count: z.int().min(0).max(MAX_BODIES),
  body: bodySchema.nullable(),
})
export type BodyFrame = z.infer<typeof bodyFrameSchema>

/**
 * What a detector believed about the body of whoever is nearest, look by look: an aid, never the truth. Times are those of the
 * pictures it was given, on the clock of the take as filmed; the film begins at `filmStartMs` of them. `sha256`: of the
 * model's file as the detector loaded it.
 */
const bodyStreamSchema = z.object({
  tool: z.object({
    name: z.string().max(60),
    version: z.string().max(40),
    model: z.string().max(60),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  clock: z.literal('film'),
  filmStartMs: z.number(),
  frames: z.array(bodyFrameSchema).max(MAX_BODY_FRAMES),
})
export type BodyStream = z.infer<typeof bodyStreamSchema>

/**
 * Why there is no stream where one was asked for: the device is too slow, its model was not there (no network, or a person
 * who saves data), or the detector failed. None is a fault of the take.
 */
const bodyAbsenceSchema = z.enum(['device', 'not-fetched', 'failed'])
export type BodyAbsence = z.infer<typeof bodyAbsenceSchema>

export const bodyNoteSchema = z.union([bodyStreamSchema, z.object({ absent: bodyAbsenceSchema })])
/** What a take says of the body where it was asked for. */
export type BodyNote = z.infer<typeof bodyNoteSchema>

/** The body among what travels inside a film, behind its pictures. */
export const bodyNotesSchema = z.object({ version: z.literal(1), body: bodyNoteSchema.nullish() })
