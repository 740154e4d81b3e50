import type { Deployment, deploymentRoutes } from '@chiron/contract'
import { assert, jcs, sha256, toHex } from '@chiron/core/kit'
import type { z } from 'zod'
import { newId } from '../../platform/clock.ts'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { recordNothing, type Tx, write } from '../../platform/tx.ts'
import { readPolicyVersion } from '../evaluation/index.ts'
import { deploymentWires } from './deployment-wire.ts'
import { countDeployment, type DeploymentRow, deploymentByClient, insertDeployment } from './store.ts'

export type NewDeployment = z.output<(typeof deploymentRoutes.add)['body']>

/** Clocks differ; further ahead than this a report is not of something that happened. */
const AHEAD_MS = 24 * 3600 * 1000

/**
 * Keeps one report of use and counts it, once: the same client id again gives the same report. Refuses `not-found`,
 * `bad-input`, and `idempotency-mismatch` for a client id that named another or that was taken back.
 */
export function addDeployment(ctx: Ctx, order: NewDeployment): Promise<Deployment> {
  return write(ctx, async (tx) => {
    may(ctx, 'deployment.add')
    const workspaceId = workspaceOf(ctx)
    const { clock } = ctx.deps
    assertReport(order, clock.now())
    found(await readPolicyVersion(tx, workspaceId, order.policyVersionId), 'version of a policy')
    const bodySha256 = toHex(sha256(jcs(order)))
    const row = await insertDeployment(tx, {
      workspace_id: workspaceId,
      id: newId(clock),
      client_id: order.clientId,
      body_sha256: bodySha256,
      policy_version_id: order.policyVersionId,
      task: order.task,
      place: order.place,
      happened_at: new Date(order.happenedAt),
      success_count: order.successCount,
      failure_count: order.failureCount,
      failure_id: order.failureId,
      note: order.note,
      created_at: clock.now(),
    })
    if (row) {
      await countDeployment(tx, row, 1)
      const { policyVersionId, successCount, failureCount, failureId } = order
      const subject = { kind: 'deployment', id: row.id }
      await record(tx, ctx, 'deployment.add', {
        subject,
        policyVersionId,
        successCount,
        failureCount,
        failureId,
      })
    } else recordNothing(tx)
    const [wire] = await deploymentWires(tx, workspaceId, [
      row ?? (await repeated(tx, ctx, order, bodySha256)),
    ])
    return wire as Deployment
  })
}

function assertReport({ successCount, failureCount, failureId, happenedAt }: NewDeployment, now: Date): void {
  if (successCount + failureCount === 0)
    refuse('bad-input', 'A report counts at least one run, succeeded or failed.')
  if (failureId !== null && failureCount === 0)
    refuse('bad-input', 'Nothing failed, so there is no failure reason.', { failureId })
  if (Date.parse(happenedAt) > now.getTime() + AHEAD_MS)
    refuse('bad-input', 'This has not happened yet.', { happenedAt })
}

async function repeated(
  tx: Tx,
  ctx: Ctx,
  { clientId }: NewDeployment,
  bodySha256: string,
): Promise<DeploymentRow> {
  const row = await deploymentByClient(tx, workspaceOf(ctx), clientId)
  assert(row !== undefined, 'the client id is taken by something')
  const facts = { deploymentId: row.id }
  if (row.retracted_at !== null)
    refuse('idempotency-mismatch', 'This report was taken back. Send what is right under another id.', facts)
  if (row.body_sha256 !== bodySha256)
    refuse('idempotency-mismatch', 'This id already names another report. Nothing was changed.', facts)
  return row
}
