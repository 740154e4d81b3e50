import type { OntologyVersion, Term } from '@chiron/contract'
import { sql } from 'kysely'
import type { Tx } from '../../platform/tx.ts'

export const insertOntology = (
  tx: Tx,
  row: { workspace_id: string; id: string; name: string; created_at: Date },
) => tx.insertInto('ontology').values(row).execute()

interface NewVersion {
  workspaceId: string
  ontologyId: string
  version: number
  terms: readonly Term[]
  now: Date
}

/** False when this version was made at the same moment by somebody else. */
export async function insertVersion(tx: Tx, { workspaceId, ontologyId, version, terms, now }: NewVersion) {
  const inserted = await tx
    .insertInto('ontology_version')
    .values({
      workspace_id: workspaceId,
      ontology_id: ontologyId,
      version,
      terms: JSON.stringify(terms),
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

export const latestVersion = (tx: Tx, workspaceId: string, ontologyId: string) =>
  tx
    .selectFrom('ontology_version as v')
    .innerJoin('ontology as o', (join) =>
      join.onRef('o.workspace_id', '=', 'v.workspace_id').onRef('o.id', '=', 'v.ontology_id'),
    )
    .select(['o.name', 'v.version', 'v.terms'])
    .where('v.workspace_id', '=', workspaceId)
    .where('v.ontology_id', '=', ontologyId)
    .orderBy('v.version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Every vocabulary of the workspace at its latest version, by name. */
export const listOntologies = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('ontology as o')
    .innerJoin('ontology_version as v', (join) =>
      join.onRef('v.workspace_id', '=', 'o.workspace_id').onRef('v.ontology_id', '=', 'o.id'),
    )
    .select(['o.id', 'o.name', 'o.created_at as createdAt'])
    .select((field) => field.fn.max('v.version').as('latestVersion'))
    .select(sql<number>`(array_agg(jsonb_array_length(v.terms) order by v.version desc))[1]`.as('termCount'))
    .where('o.workspace_id', '=', workspaceId)
    .groupBy(['o.id', 'o.name', 'o.created_at'])
    .orderBy('o.name')
    .orderBy('o.id')
    .execute()

/** One version with its terms, in whichever workspace the caller sees it. */
export async function readOntologyVersion(
  tx: Tx,
  ontologyId: string,
  version: number,
): Promise<OntologyVersion | undefined> {
  const row = await tx
    .selectFrom('ontology_version as v')
    .innerJoin('ontology as o', (join) =>
      join.onRef('o.workspace_id', '=', 'v.workspace_id').onRef('o.id', '=', 'v.ontology_id'),
    )
    .select(['o.id', 'o.name', 'v.version', 'v.terms', 'v.created_at'])
    .where('v.ontology_id', '=', ontologyId)
    .where('v.version', '=', version)
    .executeTakeFirst()
  if (!row) return undefined
  const { id, name, terms, created_at } = row
  return {
    ontologyId: id,
    name,
    version: row.version,
    createdAt: created_at.toISOString(),
    terms: terms as unknown as Term[],
  }
}
