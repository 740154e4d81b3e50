export type { KeypointAggregate, PlacedKeypoint, PointAnswer, PointWorker } from './aggregate-keypoints.ts'
export { aggregateKeypoints } from './aggregate-keypoints.ts'
