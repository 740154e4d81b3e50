import { z } from 'zod'
import type { KindFault } from '../kind.ts'
import type { ShownCompareConfig } from './config.ts'

export const COMPARE_WINNERS = ['left', 'right', 'tie', 'both-bad'] as const
export type CompareWinner = (typeof COMPARE_WINNERS)[number]
export const MAX_WHY = 8

const percent = z.int().min(0).max(100)

/** `why`: terms of the ontology. `progress`: how far each robot came, 0 to 100, where it was asked and said. */
export const compareAnswerSchema = z.object({
  winner: z.enum(COMPARE_WINNERS),
  why: z.array(z.string().max(100)).max(MAX_WHY),
  progress: z.object({ left: percent, right: percent }).optional(),
  note: z.string().max(500).optional(),
})
export type CompareAnswer = z.infer<typeof compareAnswerSchema>

export function checkCompareAnswer(
  { whyTermIds, asksProgress }: ShownCompareConfig,
  { why, progress }: CompareAnswer,
): KindFault[] {
  const faults: KindFault[] = []
  const add = (code: string, field: string, text: string) => faults.push({ code, field, why: text })
  for (const [at, termId] of why.entries()) {
    if (!whyTermIds.includes(termId))
      add('term-unknown', `why.${at}`, 'this is not one of the reasons offered')
    else if (why.indexOf(termId) < at) add('term-twice', `why.${at}`, 'this reason is named twice')
  }
  if (progress && !asksProgress) add('progress-unasked', 'progress', 'progress was not asked for')
  return faults
}
