export type { Check, CheckId } from './check.ts'
export type { ReleaseFormat } from './contents.ts'
export { formatsIn, RELEASE_FORMATS } from './contents.ts'
export { EPISODE_COLUMNS, episodeColumns } from './episode-columns.ts'
export type {
  EpisodeBasis,
  EpisodeBody,
  EpisodeBodyAbsence,
  EpisodeCamera,
  EpisodeCorrection,
  EpisodeHands,
  EpisodeOrigin,
  EpisodeProvenance,
  EpisodeRedaction,
  EpisodeScale,
  ManifestEpisode,
  ReleasedEpisode,
  ReleaseFacts,
  ReleaseManifest,
} from './manifest.ts'
export { PATHS, provenanceText } from './manifest.ts'
export type { SealOrder } from './seal-release.ts'
export { sealRelease } from './seal-release.ts'
export type { ReleaseVerdict } from './verify-release.ts'
export { verifyRelease } from './verify-release.ts'
