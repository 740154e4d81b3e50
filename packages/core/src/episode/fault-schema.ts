import { z } from 'zod'
import { FAULT_CODES } from './fault.ts'

/**
 * Something wrong between two moments of a take. `value` is the worst that was measured, `limit` what was
 * allowed, both in the unit of the code (see SPEC.md). `fixable`: filming again helps; `fatal`: this file
 * can never be used; `notice`: worth knowing, nobody has to do anything.
 */
export const faultSchema = z.object({
  code: z.enum(FAULT_CODES),
  severity: z.enum(['fixable', 'fatal', 'notice']),
  fromMs: z.number().min(0),
  toMs: z.number().min(0),
  value: z.number(),
  limit: z.number(),
})
export type Fault = z.infer<typeof faultSchema>
