import { isTest } from './files.ts'
import type { Fault } from './imports.ts'
import type { Source } from './source.ts'

const FEATURES = 'packages/server/src/features/'
const MIGRATION = /^packages\/server\/src\/migrations\/\d+-([a-z]+)\.sql$/

/** Calls of the query builder whose first word names a table, perhaps with an alias. */
const NAMES_TABLE =
  /^(selectFrom|insertInto|updateTable|deleteFrom|mergeInto|using|(inner|left|right|full|cross)Join)$/
const TABLES_IN_SQL = /\b(?:from|join|update|into)\s+(?:only\s+)?([a-z_]+)/gi

/** A feature's SQL names the tables of its own migration: what others keep is asked for through their doors. */
export function tableFaults(sources: Source[], migrations: { file: string; text: string }[]): Fault[] {
  const owners = ownersOf(migrations)
  return sources
    .filter(({ file }) => file.startsWith(FEATURES) && !isTest(file))
    .flatMap((source) => faultsOf(source, owners))
}

/** Feature by table: a migration is named after the feature that owns what it makes. */
function ownersOf(migrations: { file: string; text: string }[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  for (const { file, text } of migrations) {
    const feature = MIGRATION.exec(file)?.[1]
    for (const [, table] of text.matchAll(/^create table (\w+)/gm)) {
      if (feature && table) owners.set(table, feature)
    }
  }
  return owners
}

function faultsOf({ file, calls }: Source, owners: ReadonlyMap<string, string>): Fault[] {
  const own = file.slice(FEATURES.length).split('/')[0]
  return calls.flatMap((call) =>
    tablesOf(call).flatMap((table) => {
      const owner = owners.get(table)
      if (owner === undefined || owner === own) return []
      const message = `names the table ${table}, which is ${owner}’s: ask through its door`
      return [{ file, line: call.line, message }]
    }),
  )
}

function tablesOf({ name, texts }: Source['calls'][number]): string[] {
  if (NAMES_TABLE.test(name)) return texts.slice(0, 1).map((text) => text.split(' ')[0] ?? '')
  if (name !== 'sql') return []
  return [...texts.join(' ').matchAll(TABLES_IN_SQL)].map(([, table]) => table ?? '')
}
