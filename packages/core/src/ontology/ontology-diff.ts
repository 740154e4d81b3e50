import { compareStrings, jcs } from '../kit/index.ts'
import type { Term } from './term.ts'

export type TermChange = {
  readonly id: string
  /** Which of `kind`, `label`, `description`, `parent` differ, sorted. */
  readonly fields: readonly string[]
}

/** What a newer version has more, less and otherwise, each sorted by term id. */
export type OntologyDiff = {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly TermChange[]
}

/** The difference between two sound versions. Order of terms and of languages does not matter. */
export function ontologyDiff(before: readonly Term[], after: readonly Term[]): OntologyDiff {
  const old = new Map(before.map((term) => [term.id, term]))
  const now = new Map(after.map((term) => [term.id, term]))
  const ids = [...new Set([...old.keys(), ...now.keys()])].sort(compareStrings)
  return {
    added: ids.filter((id) => !old.has(id)),
    removed: ids.filter((id) => !now.has(id)),
    changed: ids.flatMap((id) => {
      const fields = changedFields(old.get(id), now.get(id))
      return fields.length > 0 ? [{ id, fields }] : []
    }),
  }
}

function changedFields(before: Term | undefined, after: Term | undefined): string[] {
  if (!before || !after) return []
  const fields = ['description', 'kind', 'label', 'parent'] as const
  return fields.filter((field) => jcs(before[field] ?? null) !== jcs(after[field] ?? null))
}
