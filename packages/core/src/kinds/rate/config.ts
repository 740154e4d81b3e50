import { z } from 'zod'
import type { KindFault } from '../kind.ts'
import { askedFaults, askedRolloutsShape } from '../rollouts/index.ts'

export const LOWEST_RATING = 1
export const HIGHEST_RATING = 5
/** More on one screen are answered by habit. */
export const MAX_SCALES = 6

const words = z.record(z.string(), z.string().trim().min(1).max(300))
const example = z.string().min(1).max(100).nullable()

/**
 * One scale from 1 to 5: a term of the ontology, its question, what 1, 3 and 5 mean in words, and clips or pictures
 * that show what 1 and 5 look like. Words by locale; `middle` may be empty.
 */
const scale = z.object({
  termId: z.string().min(1).max(100),
  prompt: words,
  anchors: z.object({ low: words, middle: words, high: words }),
  examples: z.object({ low: example, high: example }),
})
export type RateScale = z.infer<typeof scale>

/** How well single rollouts went, on scales. */
export const rateConfigSchema = z.object({ ...askedRolloutsShape, scales: z.array(scale).max(MAX_SCALES) })
export type RateConfig = z.infer<typeof rateConfigSchema>

/** What a worker is told of it: nothing that says whose rollouts they are. */
export type ShownRateConfig = Pick<RateConfig, 'scales'>
export const shownRateConfig = ({ scales }: RateConfig): ShownRateConfig => ({ scales })

export function checkRateConfig(config: RateConfig): KindFault[] {
  const faults = askedFaults(config, { min: 1, why: 'Choose whose rollouts are rated.' })
  const { scales } = config
  const add = (code: string, field: string, why: string) => faults.push({ code, field, why })
  if (scales.length === 0) add('scale-missing', 'scales', 'Choose at least one scale.')
  for (const [at, { termId, prompt, anchors }] of scales.entries()) {
    if (scales.findIndex((each) => each.termId === termId) < at)
      add('term-twice', `scales.${at}`, 'A scale is asked twice.')
    if (Object.keys(prompt).length === 0)
      add('prompt-missing', `scales.${at}.prompt`, 'A scale has no question.')
    for (const end of ['low', 'high'] as const) {
      const why = `Say in words what ${end === 'low' ? LOWEST_RATING : HIGHEST_RATING} means.`
      if (Object.keys(anchors[end]).length === 0) add('anchor-missing', `scales.${at}.anchors.${end}`, why)
    }
  }
  return faults
}
