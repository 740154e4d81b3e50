import { sortBy } from '../kit/index.ts'
import type { Term } from './term.ts'
import { MAX_TERM_DEPTH } from './term.ts'

/** Why terms do not make an ontology: a stable code, the term, and why in plain words. */
export type OntologyFault = { readonly code: string; readonly termId: string; readonly why: string }

/** Everything wrong between the terms of one version, sorted by term; empty: they fit together. */
export function ontologyFaults(terms: readonly Term[]): OntologyFault[] {
  const byId = new Map(terms.map((term) => [term.id, term]))
  const faults = [...twiceFaults(terms), ...terms.flatMap((term) => termFaults(term, byId))]
  return sortBy(
    faults,
    (fault) => fault.termId,
    (fault) => fault.code,
  )
}

function twiceFaults(terms: readonly Term[]): OntologyFault[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const { id } of terms) (seen.has(id) ? twice : seen).add(id)
  return [...twice].map((id) => fault('term-twice', id, `“${id}” is there more than once.`))
}

function termFaults(term: Term, byId: ReadonlyMap<string, Term>): OntologyFault[] {
  const faults: OntologyFault[] = []
  if (!term.id.startsWith(`${term.kind}.`)) {
    faults.push(fault('kind-mismatch', term.id, `“${term.id}” must begin with its kind, “${term.kind}.”.`))
  }
  if (term.parent === undefined) return faults
  const parent = byId.get(term.parent)
  if (!parent) {
    faults.push(
      fault('parent-missing', term.id, `“${term.id}” names a parent, “${term.parent}”, that is not here.`),
    )
  } else if (parent.kind !== term.kind) {
    const why = `“${term.id}” and its parent “${parent.id}” are of different kinds.`
    faults.push(fault('parent-kind-mismatch', term.id, why))
  }
  return [...faults, ...ancestryFaults(term, byId)]
}

function ancestryFaults(term: Term, byId: ReadonlyMap<string, Term>): OntologyFault[] {
  const met = new Set<string>([term.id])
  let at: Term | undefined = term
  while (at?.parent !== undefined) {
    if (at.parent === term.id) return [fault('parent-cycle', term.id, `“${term.id}” is its own ancestor.`)]
    if (met.has(at.parent)) return [] // a cycle further up: it is reported there
    if (met.size > MAX_TERM_DEPTH) {
      return [fault('too-deep', term.id, `“${term.id}” lies more than ${MAX_TERM_DEPTH} terms deep.`)]
    }
    met.add(at.parent)
    at = byId.get(at.parent)
  }
  return []
}

function fault(code: string, termId: string, why: string): OntologyFault {
  return { code, termId, why }
}
