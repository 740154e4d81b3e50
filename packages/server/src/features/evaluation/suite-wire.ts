import type { SuiteVersion } from '@chiron/contract'
import { type SuiteContent, suiteContentSchema } from '@chiron/core/suite'
import { found } from '../../platform/refuse.ts'
import type { SuiteVersionRow } from './suite-store.ts'

export const contentOf = (row: Pick<SuiteVersionRow, 'content'>): SuiteContent =>
  suiteContentSchema.parse(row.content)

export const suiteVersionWire = (name: string, row: SuiteVersionRow): SuiteVersion => ({
  suiteId: row.suite_id,
  name,
  version: row.version,
  state: row.frozen_at === null ? 'draft' : 'frozen',
  revision: row.revision,
  ontologyId: row.ontology_id,
  ontologyVersion: row.ontology_version,
  content: contentOf(row),
  sha256: row.sha256,
  createdAt: row.created_at.toISOString(),
  frozenAt: row.frozen_at?.toISOString() ?? null,
})

/** What a robot was told to do in a scenario. */
export const instructionOf = ({ scenarios }: SuiteContent, scenario: string): Record<string, string> =>
  found(
    scenarios.find(({ key }) => key === scenario),
    'scenario',
  ).instruction
