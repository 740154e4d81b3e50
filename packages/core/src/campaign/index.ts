export type { Brief, CampaignDraft, CampaignTerms, Localized } from './campaign-draft.ts'
export {
  briefSchema,
  campaignDraftSchema,
  campaignTermsSchema,
  localeSchema,
  localizedSchema,
  MAX_ESTIMATE_SECONDS,
  MAX_LEASE_SECONDS,
  MAX_PAY_MINOR,
  MAX_QUOTA,
  MAX_RETENTION_DAYS,
  MIN_ESTIMATE_SECONDS,
  MIN_LEASE_SECONDS,
} from './campaign-draft.ts'
export { campaignEscrow, paidUnitCount } from './campaign-escrow.ts'
export type { CampaignTemplate } from './campaign-template.ts'
export { campaignTemplates } from './campaign-templates.ts'
export type { FailureCluster, FilmDefaults } from './draft-from-failures.ts'
export { draftFromFailures } from './draft-from-failures.ts'
export type { CampaignFault } from './publish-faults.ts'
export { publishFaults } from './publish-faults.ts'
