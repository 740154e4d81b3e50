import { z } from 'zod'
import type { KindFault } from '../kind.ts'
import { askedFaults, askedRolloutsShape } from '../rollouts/index.ts'

export const MAX_WHY_TERMS = 64

/**
 * Which of two rollouts of different versions is better. Of both worlds a pair is still of one, like with like; with
 * `mixesWorlds` its sides may be of different worlds. `whyTermIds`: the reasons that are offered. `until`: what has to be
 * settled for no more votes to be bought; `never` buys the whole quota.
 */
export const compareConfigSchema = z.object({
  ...askedRolloutsShape,
  mixesWorlds: z.boolean().optional(),
  whyTermIds: z.array(z.string().min(1).max(100)).max(MAX_WHY_TERMS),
  asksProgress: z.boolean(),
  until: z.enum(['order', 'best', 'never']),
})
export type CompareConfig = z.infer<typeof compareConfigSchema>

/** What a worker may know of it: nothing that says whose rollouts they are. */
export type ShownCompareConfig = Pick<CompareConfig, 'whyTermIds' | 'asksProgress'>

export const shownCompareConfig = ({ whyTermIds, asksProgress }: CompareConfig): ShownCompareConfig => ({
  whyTermIds,
  asksProgress,
})

export function checkCompareConfig(config: CompareConfig): KindFault[] {
  const { whyTermIds, world, mixesWorlds } = config
  const faults = askedFaults(config, {
    min: 2,
    why: 'Choose at least two policy versions to compare.',
  })
  const add = (code: string, field: string, why: string) => faults.push({ code, field, why })
  if (new Set(whyTermIds).size < whyTermIds.length)
    add('term-twice', 'whyTermIds', 'A reason is offered twice.')
  if (mixesWorlds && world !== 'both')
    add('worlds-unmixed', 'mixesWorlds', 'Worlds can only be mixed where rollouts of both are compared.')
  return faults
}
