export type {
  DatasetShape,
  EpisodeColumnType,
  EpisodeColumnValue,
  EpisodeInput,
  EpisodeVideo,
  FrameFeature,
} from './dataset.ts'
export type { DatasetWriter, WrittenEpisode } from './open-dataset-writer.ts'
export { openDatasetWriter } from './open-dataset-writer.ts'
export { readParquet } from './read-parquet.ts'
export type { Release, ReleaseEpisode, ReleaseFeature, ReleaseInfo } from './read-release.ts'
export { readRelease } from './read-release.ts'
export type { ColourHistogram, FeatureStatistics } from './statistics.ts'
export { addPicture, emptyHistogram } from './statistics.ts'
