import { z } from 'zod'
import type { KindFault } from '../kind.ts'

export const MAX_COMPARED_VERSIONS = 100
export const MAX_WHY_TERMS = 64

/**
 * Which of two rollouts is better: rollouts of these policy versions on the scenarios of a frozen suite, in one world or in
 * both. Also of both a pair is of one world, like with like; with `mixesWorlds` the two sides may be of different worlds.
 * `stream` names the camera that is shown (null: the first by name); `whyTermIds` the reasons that are offered.
 * `until`: what has to be settled for no more votes to be bought; `never` buys the whole quota.
 */
export const compareConfigSchema = z.object({
  suiteId: z.uuid(),
  suiteVersion: z.int().min(1),
  world: z.enum(['real', 'sim', 'both']),
  mixesWorlds: z.boolean().optional(),
  policyVersionIds: z.array(z.uuid()).max(MAX_COMPARED_VERSIONS),
  stream: z.string().min(1).max(80).nullable(),
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
  const { policyVersionIds, whyTermIds, world, mixesWorlds } = config
  const faults: KindFault[] = []
  const add = (code: string, field: string, why: string) => faults.push({ code, field, why })
  if (policyVersionIds.length < 2)
    add('versions-missing', 'policyVersionIds', 'Choose at least two policy versions to compare.')
  if (new Set(policyVersionIds).size < policyVersionIds.length)
    add('version-twice', 'policyVersionIds', 'A policy version is named twice.')
  if (new Set(whyTermIds).size < whyTermIds.length)
    add('term-twice', 'whyTermIds', 'A reason is offered twice.')
  if (mixesWorlds && world !== 'both')
    add('worlds-unmixed', 'mixesWorlds', 'Worlds can only be mixed where rollouts of both are compared.')
  return faults
}
