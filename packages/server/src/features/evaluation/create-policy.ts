import type { Policy } from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { recordNothing, write } from '../../platform/tx.ts'
import { policyWires } from './list-policies.ts'
import { insertPolicy, policyByName } from './policy-store.ts'

/** A policy by name; the same name again gives the same policy. */
export function createPolicy(ctx: Ctx, { name }: { name: string }): Promise<Policy> {
  return write(ctx, async (tx) => {
    may(ctx, 'policy.create')
    const workspaceId = workspaceOf(ctx)
    const { clock } = ctx.deps
    const row = { workspace_id: workspaceId, id: newId(clock), name, created_at: clock.now() }
    const made = await insertPolicy(tx, row)
    if (made) await record(tx, ctx, 'policy.create', { subject: { kind: 'policy', id: made.id } })
    else recordNothing(tx)
    const policy = made ?? (await policyByName(tx, workspaceId, name))
    assert(policy !== undefined, 'the name is taken by something')
    const [wire] = await policyWires(tx, ctx, [policy])
    return wire as Policy
  })
}
