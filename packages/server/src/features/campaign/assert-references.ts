import type { CampaignDraft } from '@chiron/contract'
import { asksAboutRecordings } from '@chiron/core/kinds'
import { refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { briefBlob } from '../media/index.ts'
import { readOntologyVersion } from '../ontology/index.ts'
import { readCampaign } from './store.ts'

type References = Pick<
  CampaignDraft,
  'kind' | 'ontologyId' | 'ontologyVersion' | 'sourceCampaignId' | 'exampleMediaId'
>

/** CPN-2: what a campaign refers to exists in the same workspace and fits its kind. */
export async function assertReferences(tx: Tx, draft: References): Promise<void> {
  const version = await readOntologyVersion(tx, draft.ontologyId, draft.ontologyVersion)
  if (!version)
    refuse('bad-input', 'This version of the ontology does not exist here.', { field: 'ontologyId' })
  if (draft.exampleMediaId !== null && !(await briefBlob(tx, draft.exampleMediaId)))
    refuse('bad-input', 'This picture or clip is not here. Please upload it again.', {
      field: 'exampleMediaId',
    })
  if (draft.sourceCampaignId === null) return
  const source = await readCampaign(tx, draft.sourceCampaignId)
  if (!source) refuse('bad-input', 'The source campaign does not exist here.', { field: 'sourceCampaignId' })
  if (!asksAboutRecordings(draft.kind) || source.kind !== 'demonstrate') {
    refuse('bad-input', 'Only questions have a source, and the source is a campaign of recordings.', {
      field: 'sourceCampaignId',
    })
  }
}
