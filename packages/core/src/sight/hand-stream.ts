import { z } from 'zod'

/** Joints of a hand, wrist first, then thumb to little finger, each from the palm outwards. */
export const HAND_POINT_COUNT = 21
export const MAX_HANDS = 4
/** Ten minutes at thirty looks a second. */
export const MAX_HAND_FRAMES = 18_000

const triple = z.tuple([z.number(), z.number(), z.number()])

/**
 * `points`: x and y in shares of the picture, beyond 0 … 1 where a joint is guessed outside it; z in shares of its width.
 * `world`: the same joints in metres from the hand's middle, turned about as the camera sees them: the model's belief of the
 * shape of a usual hand, not of this one's size. Streams of before have none.
 */
export const handSchema = z.object({
  side: z.enum(['left', 'right']),
  confidence: z.number().min(0).max(1),
  points: z.array(triple).length(HAND_POINT_COUNT),
  world: z.array(triple).length(HAND_POINT_COUNT).optional(),
})
export type Hand = z.infer<typeof handSchema>

export const handFrameSchema = z.object({
  timeMs: z.number(),
  hands: z.array(handSchema).max(MAX_HANDS),
})
export type HandFrame = z.infer<typeof handFrameSchema>

/**
 * What a detector believed about the hands, look by look: an aid for annotators, never the truth. Times are the
 * detector's own, those of the pictures it was given; the film's first picture lies at `filmStartMs` of them.
 */
export const handStreamSchema = z.object({
  tool: z.object({ name: z.string().max(60), version: z.string().max(40), model: z.string().max(60) }),
  clock: z.enum(['camera', 'film']),
  filmStartMs: z.number(),
  frames: z.array(handFrameSchema).max(MAX_HAND_FRAMES),
})
export type HandStream = z.infer<typeof handStreamSchema>

const DECIMALS = 10_000

/**
 * The hand with its figures rounded to a tenth of a thousandth (of the picture, of a metre): finer than any detector sees,
 * and a third as long.
 */
export function roundedHand({ side, confidence, points, world }: Hand): Hand {
  const round = (value: number): number => Math.round(value * DECIMALS) / DECIMALS
  const rounded = (joints: Hand['points']): Hand['points'] =>
    joints.map(([x, y, z]) => [round(x), round(y), round(z)])
  return {
    side,
    confidence: round(confidence),
    points: rounded(points),
    ...(world ? { world: rounded(world) } : {}),
  }
}
