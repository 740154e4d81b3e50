import type { Policy, PolicyVersion } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { assertCursor, pageOf } from './paging.ts'
import {
  listPolicyRows,
  type NamedPage,
  type PolicyRow,
  readPolicy,
  type Tally,
  talliesOf,
  type VersionRow,
  versionsOf,
} from './policy-store.ts'

const NONE: Tally = { rolloutCount: 0, successCount: 0, failureCount: 0 }

/** Policies of the workspace, newest first. */
export function listPolicies(ctx: Ctx, page: NamedPage): Promise<{ items: Policy[]; next: string | null }> {
  may(ctx, 'evaluation.read')
  assertCursor(page.after)
  return read(ctx, async (tx) => {
    const rows = await listPolicyRows(tx, workspaceOf(ctx), { ...page, limit: page.limit + 1 })
    const { shown, next } = pageOf(rows, page.limit)
    return { items: await policyWires(tx, ctx, shown), next }
  })
}

/** One policy with its versions. */
export function policyDetail(ctx: Ctx, id: string): Promise<Policy & { versions: PolicyVersion[] }> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const row = found(await readPolicy(tx, workspaceOf(ctx), id), 'policy')
    const versions = await versionsOf(tx, workspaceOf(ctx), [id])
    const tallies = await talliesOf(tx, workspaceOf(ctx), idsOf(versions))
    const wires = versions.map((version) => versionWire(version, tallies))
    return { ...policyWire(row, wires), versions: wires }
  })
}

/** Policies as the contract shows them. */
export async function policyWires(tx: Tx, ctx: Ctx, rows: readonly PolicyRow[]): Promise<Policy[]> {
  const versions = await versionsOf(tx, workspaceOf(ctx), idsOf(rows))
  const tallies = await talliesOf(tx, workspaceOf(ctx), idsOf(versions))
  return rows.map((row) => {
    const own = versions.filter((version) => version.policy_id === row.id)
    return policyWire(
      row,
      own.map((version) => versionWire(version, tallies)),
    )
  })
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)

function policyWire(row: PolicyRow, versions: readonly Tally[]): Policy {
  const sum = (of: keyof Tally): number => versions.reduce((total, version) => total + version[of], 0)
  return {
    id: row.id,
    name: row.name,
    versionCount: versions.length,
    createdAt: row.created_at.toISOString(),
    rolloutCount: sum('rolloutCount'),
    successCount: sum('successCount'),
    failureCount: sum('failureCount'),
  }
}

export function versionWire(row: VersionRow, tallies: ReadonlyMap<string, Tally>): PolicyVersion {
  return {
    id: row.id,
    policyId: row.policy_id,
    policyName: row.policy_name,
    label: row.label,
    note: row.note,
    weightsSha256: row.weights_sha256,
    createdAt: row.created_at.toISOString(),
    ...(tallies.get(row.id) ?? NONE),
  }
}
