import type { WorkspaceId } from '@chiron/core/kit'
import type { Feature } from '../../platform/feature.ts'
import { forgetPoints } from './forget-points.ts'
import { offerReturned } from './offer-returned.ts'
import { routes } from './routes.ts'

export {
  type ComparedWorld,
  type ComparisonsOf,
  type ComparisonTallies,
  comparisonTallies,
  latestVotes,
  type VoteOn,
} from './comparison-store.ts'
export {
  type Decision,
  decideSubmission,
  decisionFacts,
  moveSubmission,
  type Reason,
} from './decide-submission.ts'
export {
  type AnswerGiven,
  answersBetween,
  hourlyCounts,
  latestSubmissionIds,
  medianActiveMs,
  type PairAgreement,
  pairAgreement,
  type SubmissionCounts,
  submissionCounts,
  workerCounts,
} from './figures-store.ts'
export { type Import, importEpisode } from './import-episode.ts'
export { answersTo, labelsOf } from './labels-of.ts'
export { ownSubmission, ownSubmissions, type Page } from './own-submissions.ts'
export { type KnownTally, knownTallies, type RaterTally, raterTallies } from './rater-store.ts'
export { type KnownRatingTally, knownRatingTallies } from './rating-gold-store.ts'
export { changesWithout, forgetRatings, newestMarks, ratingTallies } from './rating-store.ts'
export {
  answersOfCampaign,
  answersOnTasks,
  latestAnswers,
  movedSince,
  overdueSubmissions,
  paySums,
  readOwnSubmission,
  readSubmission,
  type SubmissionRow,
  type SubmissionState,
  submissionsOfLeases,
  submissionsOfTask,
  UNDECIDED,
} from './store.ts'
export { appealUntil } from './submission-wire.ts'

const HOUR_MS = 3600 * 1000

export const submission: Feature = {
  name: 'submission',
  permissions: {
    'submission.submit': ['worker'],
    'submission.forget-points': ['system'],
    'task.offer': ['system'],
  },
  routes,
  jobs: [
    {
      name: 'submission.forget-points',
      run: (deps, { workspaceId, subjectId }) => forgetPoints(deps, workspaceId as WorkspaceId, subjectId),
    },
  ],
  sweeps: [{ name: 'submission.offer-returned', everyMs: HOUR_MS, run: offerReturned }],
  on: { 'submission.submit': ['media.probe'], 'media.erase': ['submission.forget-points'] },
}
