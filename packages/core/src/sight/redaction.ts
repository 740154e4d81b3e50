import { z } from 'zod'
import { boxSchema } from './box.ts'
import { handStreamSchema } from './hand-stream.ts'

/** Stretches of covers that are told; more than a film of ten minutes has. */
const MAX_COVERED_SPANS = 5_000
const MAX_BOXES = 50

/**
 * What was taken out of a film before it left the phone, by what, and that its maker saw the result. Times are those of
 * the film as sent. `covers`: places filled with one colour. `looksPerSecond`: how often faces were looked for.
 */
export const redactionSchema = z.object({
  tool: z.object({ name: z.string().max(60), version: z.string().max(40) }),
  models: z.array(z.string().max(60)).max(5),
  looksPerSecond: z.number().min(0),
  minConfidence: z.number().min(0).max(1),
  carryMs: z.number().min(0),
  covers: z
    .array(
      z.object({
        fromMs: z.number().min(0),
        toMs: z.number().min(0),
        boxes: z.array(boxSchema).max(MAX_BOXES),
      }),
    )
    .max(MAX_COVERED_SPANS),
  background: z.enum(['kept', 'removed']),
  sound: z.literal('dropped'),
  dates: z.literal('stripped'),
  approvedAt: z.iso.datetime(),
})
export type Redaction = z.infer<typeof redactionSchema>

/** The hands among what travels inside a film, behind its pictures. */
export const filmNotesSchema = z.object({ version: z.literal(1), hands: handStreamSchema.nullish() })
