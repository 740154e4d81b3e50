export { assert } from './assert.ts'
export { fromBase64, fromHex, fromUtf8, isBase64, toBase64, toBase64Url, toHex, utf8 } from './encode.ts'
export { groupBy } from './group-by.ts'
export type { Sha256Stream } from './hash.ts'
export { hmacSha256, sha256, sha256Stream } from './hash.ts'
export type {
  AppealId,
  BlobId,
  Brand,
  CampaignId,
  ConsentId,
  EpisodeId,
  LeaseId,
  MemberId,
  OntologyId,
  RecordId,
  ReleaseId,
  ReviewId,
  SubmissionId,
  TaskId,
  WorkerId,
  WorkspaceId,
} from './ids.ts'
export { jcs } from './jcs.ts'
export { Refusal } from './refusal.ts'
export type { SeededRandom } from './seeded-random.ts'
export { seededRandom } from './seeded-random.ts'
export { compareStrings, sortBy } from './sort.ts'
export { throwNormal } from './throw-normal.ts'
export { throwBeta, throwShares } from './throw-shares.ts'
export { isUuid, uuidv7 } from './uuid.ts'
