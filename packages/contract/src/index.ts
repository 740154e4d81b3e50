export {
  type ApiKey,
  accountRoutes,
  apiKey,
  country,
  type Invite,
  invite,
  type Me,
  type Member,
  me,
  member,
  type Person,
  person,
  pin,
  type Role,
  role,
} from './account.ts'
export {
  calibrationRoutes,
  type EpisodeCalibration,
  type EpisodeScale,
  episodeCalibration,
} from './calibration.ts'
export {
  type Brief,
  brief,
  type Campaign,
  type CampaignDraft,
  type CampaignProgress,
  campaign,
  campaignDraft,
  campaignProgress,
  campaignRoutes,
  campaignState,
  campaignTemplate,
  type KindName,
  kind,
  measure,
  type Terms,
  terms,
} from './campaign.ts'
export { type Consent, consent, consentRoutes, consentState, type Notice, notice } from './consent.ts'
export {
  type Deployment,
  type DeploymentDraft,
  deploymentRoutes,
  type Validity,
  validityRoutes,
} from './deployment.ts'
export { type Drift, type DriftAlarmShown, type DriftWatchShown, driftRoutes } from './drift.ts'
export { EVENTS_PATH, type LiveEvent, liveEvent } from './events.ts'
export { type FailureClusterShown, failureRoutes } from './failure.ts'
export { type Leaderboard, leaderboard, leaderboardRoutes } from './leaderboard.ts'
export { type LogRow, logRoutes, logRow } from './log.ts'
export {
  type Episode,
  type EpisodeDetail,
  type EpisodeMotion,
  episode,
  episodeDetail,
  episodeMotion,
  episodeState,
  fault,
  frameSignal,
  type HandCorrection,
  mediaPaths,
  mediaRoutes,
  ownEpisode,
  probe,
  provenanceStep,
  type VerdictBasis,
  verdictBasis,
  type WireFault,
  type WireProbe,
} from './media.ts'
export {
  type Ontology,
  type OntologyVersion,
  ontology,
  ontologyRoutes,
  ontologyVersion,
  type Term,
  term,
} from './ontology.ts'
export { type Entry, earningLine, entry, payout, payRoutes } from './pay.ts'
export {
  type Embodiment,
  embodimentModelPath,
  embodimentRoutes,
  type Policy,
  type PolicyVersion,
  policyRoutes,
} from './policy.ts'
export {
  calibrationBin,
  type JudgedTask,
  type JudgedWorker,
  type Judgement,
  judgedTask,
  judgedWorker,
  judgement,
  type MeasuredShare,
  measuredShare,
  qualityRoutes,
} from './quality.ts'
export {
  type Release,
  type ReleaseOrderFormat,
  release,
  releaseFile,
  releaseFilePath,
  releaseFormat,
  releaseRoutes,
} from './release.ts'
export {
  type Appeal,
  appeal,
  type Review,
  type ReviewDetail,
  review,
  reviewDetail,
  reviewRoutes,
} from './review.ts'
export {
  type Rollout,
  type RolloutDetail,
  type RolloutDraft,
  type RolloutStream,
  rolloutRoutes,
  rolloutStreamPath,
  type SimSource,
} from './rollout.ts'
export { type Body, type Params, type Query, type Reply, type Route, route, type Who } from './route.ts'
export { type SimTrustReport, simTrustReport, simTrustRoutes, type Trust } from './sim-trust.ts'
export {
  reason,
  type Submission,
  type SubmissionState,
  submission,
  submissionRoutes,
  submissionState,
} from './submission.ts'
export { type Suite, type SuiteVersion, suiteRoutes } from './suite.ts'
export { systemRoutes } from './system.ts'
export { type Lease, lease, type Offer, type OfferDetail, offer, offerDetail, taskRoutes } from './task.ts'
export {
  done,
  instant,
  localized,
  MAX_PAGE,
  type Money,
  money,
  type Problem,
  pageQuery,
  problem,
} from './wire.ts'
