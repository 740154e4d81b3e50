import type { Reply, Suite, suiteRoutes } from '@chiron/contract'
import { fillHoles, sampleHardCases, suiteCoverage, suiteDiff, suiteFaults } from '@chiron/core/suite'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { readOntologyVersion } from '../ontology/index.ts'
import { assertCursor, pageOf } from './paging.ts'
import type { NamedPage } from './policy-store.ts'
import {
  listSuiteRows,
  readSuite,
  readSuiteKey,
  readSuiteVersion,
  type SuiteRow,
  type SuiteVersionRow,
  scenarioTallies,
  versionHeads,
  versionTallies,
} from './suite-store.ts'
import { contentOf, suiteVersionWire } from './suite-wire.ts'

const HOLES_SHOWN = 200
const PROPOSED_SHOWN = 50

/** Suites of the workspace, newest first. */
export function listSuites(ctx: Ctx, page: NamedPage): Promise<{ items: Suite[]; next: string | null }> {
  may(ctx, 'evaluation.read')
  assertCursor(page.after)
  return read(ctx, async (tx) => {
    const rows = await listSuiteRows(tx, workspaceOf(ctx), { ...page, limit: page.limit + 1 })
    const { shown, next } = pageOf(rows, page.limit)
    return { items: await suiteWires(tx, ctx, shown), next }
  })
}

export function suiteOverview(ctx: Ctx, suiteId: string): Promise<Suite> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const row = found(await readSuite(tx, workspaceOf(ctx), suiteId), 'suite')
    const [wire] = await suiteWires(tx, ctx, [row])
    return wire as Suite
  })
}

async function suiteWires(tx: Tx, ctx: Ctx, rows: readonly SuiteRow[]): Promise<Suite[]> {
  const ids = rows.map(({ id }) => id)
  const heads = await versionHeads(tx, workspaceOf(ctx), ids)
  const tallies = await versionTallies(tx, workspaceOf(ctx), ids)
  const countOf = (suiteId: string, version: number) =>
    tallies.find((tally) => tally.suite_id === suiteId && tally.suite_version === version)?.rolloutCount ?? 0
  return rows.map(({ id, name, created_at: createdAt }) => ({
    id,
    name,
    createdAt: createdAt.toISOString(),
    versions: heads
      .filter((head) => head.suite_id === id)
      .map(({ version, scenarioCount, factorCount, created_at: made, frozen_at: frozen }) => ({
        version,
        state: frozen === null ? ('draft' as const) : ('frozen' as const),
        scenarioCount,
        factorCount,
        rolloutCount: countOf(id, version),
        createdAt: made.toISOString(),
        frozenAt: frozen?.toISOString() ?? null,
      })),
  }))
}

interface VersionOf {
  suiteId: string
  version: number
}

/** One version, with what keeps it from being frozen. */
export function suiteVersionDetail(ctx: Ctx, of: VersionOf): Promise<Reply<typeof suiteRoutes.readVersion>> {
  return withVersion(ctx, of, async (tx, row, name) => {
    const ontology = await readOntologyVersion(tx, row.ontology_id, row.ontology_version)
    const { terms } = found(ontology, 'version of a vocabulary')
    const faults = row.frozen_at === null ? suiteFaults(contentOf(row), terms) : []
    return { ...suiteVersionWire(name, row), faults, terms }
  })
}

/** What differs between two versions. */
export function diffSuite(
  ctx: Ctx,
  { suiteId, from, to }: { suiteId: string; from: number; to: number },
): Promise<Reply<typeof suiteRoutes.diff>> {
  return withVersion(ctx, { suiteId, version: from }, async (tx, before) => {
    const key = { workspaceId: workspaceOf(ctx), suiteId, version: to }
    const after = found(await readSuiteVersion(tx, key), 'version of the suite')
    return structuredClone(suiteDiff(contentOf(before), contentOf(after))) as Reply<typeof suiteRoutes.diff>
  })
}

/** Which combinations its scenarios set up, the holes, and what would close them. */
export function coverSuite(
  ctx: Ctx,
  of: VersionOf & { strength: number; seed: string },
): Promise<Reply<typeof suiteRoutes.coverage>> {
  return withVersion(ctx, of, async (_tx, row) => {
    const content = contentOf(row)
    const { holes, byFactors, ...counts } = suiteCoverage(content, of.strength)
    const { strength, seed } = of
    return {
      ...counts,
      byFactors: byFactors.map((each) => ({ ...each, factors: [...each.factors] })),
      holes: holes.slice(0, HOLES_SHOWN),
      holeCount: holes.length,
      proposed: fillHoles(content, { strength, seed, maxCount: PROPOSED_SHOWN }),
    }
  })
}

interface HardCasesOf extends VersionOf {
  count: number
  seed: string
  policyVersionId?: string | undefined
  world?: string | undefined
}

/** Scenarios to run next, by past failures and by how little is known. */
export function hardCasesOf(ctx: Ctx, of: HardCasesOf): Promise<Reply<typeof suiteRoutes.hardCases>> {
  return withVersion(ctx, of, async (tx, row) => {
    const key = { workspaceId: workspaceOf(ctx), suiteId: of.suiteId, version: of.version }
    const tallies = new Map(
      (await scenarioTallies(tx, key, of)).map(({ scenario_key: scenario, ...counts }) => [scenario, counts]),
    )
    const results = contentOf(row).scenarios.map(({ key: scenario }) => ({
      key: scenario,
      ...(tallies.get(scenario) ?? { rolloutCount: 0, successCount: 0 }),
    }))
    return { items: sampleHardCases(results, of) }
  })
}

/** The frozen version as it was signed. Refuses `not-frozen` for a draft. */
export function signedSuite(ctx: Ctx, of: VersionOf): Promise<Reply<typeof suiteRoutes.signed>> {
  return withVersion(ctx, of, async (tx, { envelope, version }) => {
    if (envelope === null)
      return refuse('not-frozen', `Version ${version} is a draft: it is signed when frozen.`)
    const key = found(await readSuiteKey(tx, workspaceOf(ctx)), 'key')
    return { envelope, key: key.public_key }
  })
}

function withVersion<T>(
  ctx: Ctx,
  { suiteId, version }: VersionOf,
  body: (tx: Tx, row: SuiteVersionRow, name: string) => Promise<T>,
): Promise<T> {
  may(ctx, 'evaluation.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const { name } = found(await readSuite(tx, workspaceId, suiteId), 'suite')
    const row = found(await readSuiteVersion(tx, { workspaceId, suiteId, version }), 'version of the suite')
    return body(tx, row, name)
  })
}
