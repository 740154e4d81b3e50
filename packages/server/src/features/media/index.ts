import type { Feature } from '../../platform/feature.ts'
import { jobs, sweeps } from './jobs.ts'
import { routes } from './routes.ts'

export { briefBlob } from './brief-media.ts'
export { calibrationOf, scaleOf } from './calibration-of.ts'
export { createEpisode, type NewEpisode } from './create-episode.ts'
export { episodeCore, episodeSummaries } from './episode-core.ts'
export { checkFaces, faceFault } from './face-check/check-faces.ts'
export {
  conditionsBetween,
  type EpisodeFigures,
  episodeCountsOf,
  episodeFigures,
} from './figures-store.ts'
export { forgetBytes } from './forget-bytes.ts'
export { judgeFile } from './judge-file.ts'
export { isQuarantinedFor, liftQuarantine } from './quarantine.ts'
export { bodyIn } from './read-body.ts'
export { handsIn } from './read-hands.ts'
export { blobSource, motionIn } from './read-motion.ts'
export { type EpisodePart, readableBlob, readableEpisode, storedBlob } from './readable-episode.ts'
export { sendEpisodePart } from './routes.ts'
export { rangeOf, sendBlob } from './send-blob.ts'
export { episodesWithConsent, judgeableEpisodes, settleEpisode } from './settle-episode.ts'
export {
  type BlobRow,
  type EpisodeRow,
  listEpisodes,
  readBlob,
  readEpisode,
  wrappedBlobKey,
} from './store.ts'
export { type PlainFile, type TakenFile, takeFile } from './take-file.ts'
export { useUpload, waitingUpload } from './use-upload.ts'

export const media: Feature = {
  name: 'media',
  permissions: {
    'media.accept-upload': ['manager', 'worker', 'system'],
    'media.calibrate': ['worker'],
    'media.import': ['manager', 'system'],
    'media.probe': ['system'],
    'media.freeze': ['system'],
    'media.erase': ['system'],
    'media.read': ['manager', 'reviewer', 'auditor'],
  },
  routes,
  jobs,
  sweeps,
  on: {
    'media.import': ['media.probe'],
    'consent.withdraw': ['media.freeze'],
    'consent.expire': ['media.freeze'],
  },
}
