import type { CampaignDraft, Localized } from './campaign-draft.ts'

/** A campaign to start from: whole save for the picture of success, which only the team can take. */
export type CampaignTemplate = {
  readonly id: string
  readonly name: Localized
  readonly description: Localized
  readonly draft: CampaignDraft
}
