import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found, refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { readEmbodiment } from './embodiment-store.ts'
import { readPolicyVersion, type VersionRow } from './policy-store.ts'
import { readSuiteVersion } from './suite-store.ts'
import { contentOf } from './suite-wire.ts'

interface Claims {
  policyVersionId: string
  embodimentId: string | null
  suiteId: string | null
  suiteVersion: number | null
  scenarioKey: string | null
  success: boolean | null
  failureId: string | null
}

/**
 * Everything a rollout refers to is there and fits, in this workspace; gives its policy's version. Refuses `not-found`,
 * `not-frozen` for a draft of a suite, `bad-input`.
 */
export async function assertRollout(tx: Tx, ctx: Ctx, claims: Claims): Promise<VersionRow> {
  const workspaceId = workspaceOf(ctx)
  const version = found(
    await readPolicyVersion(tx, workspaceId, claims.policyVersionId),
    'version of a policy',
  )
  if (claims.embodimentId !== null)
    found(await readEmbodiment(tx, workspaceId, claims.embodimentId), 'embodiment')
  await assertScenario(tx, ctx, claims)
  return version
}

async function assertScenario(tx: Tx, ctx: Ctx, claims: Claims): Promise<void> {
  const { suiteId, suiteVersion, scenarioKey, success, failureId } = claims
  if (failureId !== null && success === true)
    refuse('bad-input', 'A rollout that succeeded has no failure reason.', { failureId })
  if (suiteId === null || suiteVersion === null || scenarioKey === null) {
    if (suiteId !== null || suiteVersion !== null || scenarioKey !== null)
      refuse('bad-input', 'Give suiteId, suiteVersion and scenarioKey together, or none of them.')
    if (failureId !== null)
      refuse('bad-input', 'A failure reason is one of a suite’s: say which suite and scenario.', {
        failureId,
      })
    return
  }
  const key = { workspaceId: workspaceOf(ctx), suiteId, version: suiteVersion }
  const suite = found(await readSuiteVersion(tx, key), 'version of the suite')
  if (suite.frozen_at === null)
    refuse('not-frozen', `Version ${suiteVersion} is a draft. Freeze it before rollouts refer to it.`)
  const { scenarios, failureIds } = contentOf(suite)
  if (!scenarios.some((scenario) => scenario.key === scenarioKey))
    refuse('bad-input', `This version of the suite has no scenario “${scenarioKey}”.`, { scenarioKey })
  if (failureId !== null && !failureIds.includes(failureId))
    refuse('bad-input', `This version of the suite has no failure reason “${failureId}”.`, { failureId })
}
