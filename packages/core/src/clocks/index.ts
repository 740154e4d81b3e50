export type { Alignment, ClockPair } from './align-clocks.ts'
export { alignClocks, alignmentSchema } from './align-clocks.ts'
export { inverseAlignment, joinAlignments, mapTime } from './map-time.ts'
