export type { AgreedSegment, SegmentAnswer } from './aggregate-segments.ts'
export { aggregateSegments } from './aggregate-segments.ts'
