import { z } from 'zod'
import { boxSchema } from './box.ts'
import { MAX_FLAGGED_SHEETS } from './flagged-sheets.ts'
import { handStreamSchema } from './hand-stream.ts'

/** Stretches of covers that are told; more than a film of ten minutes has. */
const MAX_COVERED_SPANS = 5_000
const MAX_BOXES = 50

const coversSchema = z
  .array(
    z.object({
      fromMs: z.number().min(0),
      toMs: z.number().min(0),
      boxes: z.array(boxSchema).max(MAX_BOXES),
    }),
  )
  .max(MAX_COVERED_SPANS)
const toolSchema = z.object({ name: z.string().max(60), version: z.string().max(40) })

/** What the person whose film it is said of something that may be read in it. */
const sheetChoiceSchema = z.enum(['covered', 'nothing-private'])
export type SheetChoice = z.infer<typeof sheetChoiceSchema>

/**
 * The lit screens and papers that were found in a film and told to its maker, what they chose for each, and what was filled
 * because of it. `lookCount`: how many looks saw it. None found: they were looked for all the same.
 */
const sheetsSchema = z.object({
  tool: toolSchema,
  looksPerSecond: z.number().min(0),
  carryMs: z.number().min(0),
  found: z
    .array(
      z.object({
        kind: z.enum(['screen', 'paper']),
        fromMs: z.number().min(0),
        toMs: z.number().min(0),
        lookCount: z.int().min(1),
        choice: sheetChoiceSchema,
      }),
    )
    .max(MAX_FLAGGED_SHEETS),
  covers: coversSchema,
})

/**
 * What was taken out of a film before it left the phone, by what, and that its maker saw the result. Times are those of
 * the film as sent. `covers`: faces, filled with one colour. `looksPerSecond`: how often faces were looked for.
 * `sheets` is absent from apps that did not look for screens and papers yet.
 */
export const redactionSchema = z.object({
  tool: toolSchema,
  models: z.array(z.string().max(60)).max(5),
  looksPerSecond: z.number().min(0),
  minConfidence: z.number().min(0).max(1),
  carryMs: z.number().min(0),
  covers: coversSchema,
  sheets: sheetsSchema.optional(),
  background: z.enum(['kept', 'removed']),
  sound: z.literal('dropped'),
  dates: z.literal('stripped'),
  approvedAt: z.iso.datetime(),
})
export type Redaction = z.infer<typeof redactionSchema>

/** The hands among what travels inside a film, behind its pictures. */
export const filmNotesSchema = z.object({ version: z.literal(1), hands: handStreamSchema.nullish() })
