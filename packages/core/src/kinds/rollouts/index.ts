import { z } from 'zod'
import type { KindFault } from '../kind.ts'

export const MAX_ASKED_VERSIONS = 100

/**
 * Which rollouts a campaign asks about, in the config of every kind that does: those of these policy versions on the
 * scenarios of a frozen suite, in one world or both. `stream` names the camera that is shown; null: the first by name.
 */
export const askedRolloutsShape = {
  suiteId: z.uuid(),
  suiteVersion: z.int().min(1),
  world: z.enum(['real', 'sim', 'both']),
  policyVersionIds: z.array(z.uuid()).max(MAX_ASKED_VERSIONS),
  stream: z.string().min(1).max(80).nullable(),
}
export const askedRolloutsSchema = z.object(askedRolloutsShape)
export type AskedRollouts = z.infer<typeof askedRolloutsSchema>

/** Where no suite is chosen yet, as in a template. */
export const NO_SUITE_ID = '00000000-0000-0000-0000-000000000000'

/** No suite, too few versions, or one named twice. */
export function askedFaults(
  { suiteId, policyVersionIds: ids }: Pick<AskedRollouts, 'suiteId' | 'policyVersionIds'>,
  { min, why }: { min: number; why: string },
): KindFault[] {
  const faults: KindFault[] = []
  if (suiteId === NO_SUITE_ID)
    faults.push({ code: 'suite-missing', field: 'suiteId', why: 'Choose the suite that is judged on.' })
  const field = 'policyVersionIds'
  if (ids.length < min) faults.push({ code: 'versions-missing', field, why })
  if (new Set(ids).size < ids.length)
    faults.push({ code: 'version-twice', field, why: 'A policy version is named twice.' })
  return faults
}
