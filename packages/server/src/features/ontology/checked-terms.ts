import type { Term } from '@chiron/contract'
import { ontologyFaults, termsSchema } from '@chiron/core/ontology'
import { refuse } from '../../platform/refuse.ts'

/** The terms as core reads them, or a refusal that says which of them do not fit together and why. */
export function checkedTerms(terms: readonly Term[]): Term[] {
  const parsed = termsSchema.safeParse(terms)
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), why: message }))
    return refuse('bad-input', `Some terms are not right: ${faults[0]?.field}: ${faults[0]?.why}`, { faults })
  }
  const faults = ontologyFaults(parsed.data)
  if (faults.length > 0)
    refuse('bad-input', `The terms do not fit together: ${faults.map(({ why }) => why).join(' ')}`, {
      faults,
    })
  return parsed.data as Term[]
}
