import { kinds, POINTS_WORDS } from '@chiron/core/kinds'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { readOntologyVersion } from '../ontology/index.ts'

export interface LabelChoice {
  id: string
  label: Record<string, string>
}

/** The labels a member may settle on: the answers to the question that decides, or what accepts a take. */
export async function labelChoices(tx: Tx, campaign: CampaignRow): Promise<LabelChoice[]> {
  const kind = kinds[campaign.kind]
  const question = kind.verdictQuestion(campaign.config)
  const set = kind.labelSets(campaign.config).find((each) => each.question === question)
  const ids = set?.labels ?? campaign.flow.acceptLabels
  const version = await readOntologyVersion(tx, campaign.ontologyId, campaign.ontologyVersion)
  const words = new Map((version?.terms ?? []).map((term) => [term.id, term.label]))
  return ids.map((id) => ({ id, label: words.get(id) ?? POINTS_WORDS[id] ?? { en: id } }))
}
