import type { PolicyVersion } from '@chiron/contract'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found } from '../../platform/refuse.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { versionWire } from './list-policies.ts'
import { insertVersion, readPolicy, talliesOf, versionByLabel } from './policy-store.ts'

interface NewVersion {
  policyId: string
  label: string
  note: string
  weightsSha256: string | null
}

/** A version of a policy by label; the same label again gives the same version, as it was first described. */
export function addPolicyVersion(ctx: Ctx, version: NewVersion): Promise<PolicyVersion> {
  return write(ctx, async (tx) => {
    may(ctx, 'policy.add-version')
    const workspaceId = workspaceOf(ctx)
    const { policyId, label, note, weightsSha256 } = version
    found(await readPolicy(tx, workspaceId, policyId), 'policy')
    const { clock } = ctx.deps
    const id = newId(clock)
    const isMade = await insertVersion(tx, {
      workspace_id: workspaceId,
      id,
      policy_id: policyId,
      label,
      note,
      weights_sha256: weightsSha256,
      created_at: clock.now(),
    })
    if (isMade) {
      const subject = { kind: 'policy', id: policyId }
      await record(tx, ctx, 'policy.add-version', { subject, policyVersionId: id, weightsSha256 })
    } else recordNothing(tx)
    const row = found(await versionByLabel(tx, workspaceId, { policyId, label }), 'version')
    return versionWire(row, await talliesOf(tx, workspaceId, [row.id]))
  })
}
