/** A value that cannot be swapped with another of the same shape. Branding happens once, at the door. */
export type Brand<T, B extends string> = T & { readonly brand: B }

export type WorkspaceId = Brand<string, 'WorkspaceId'>
export type MemberId = Brand<string, 'MemberId'>
export type WorkerId = Brand<string, 'WorkerId'>
export type CampaignId = Brand<string, 'CampaignId'>
export type TaskId = Brand<string, 'TaskId'>
export type LeaseId = Brand<string, 'LeaseId'>
export type SubmissionId = Brand<string, 'SubmissionId'>
export type EpisodeId = Brand<string, 'EpisodeId'>
export type ConsentId = Brand<string, 'ConsentId'>
export type ReleaseId = Brand<string, 'ReleaseId'>
export type ReviewId = Brand<string, 'ReviewId'>
export type AppealId = Brand<string, 'AppealId'>
export type RecordId = Brand<string, 'RecordId'>
export type OntologyId = Brand<string, 'OntologyId'>
export type BlobId = Brand<string, 'BlobId'>
