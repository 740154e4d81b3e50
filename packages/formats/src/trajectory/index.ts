export { readTrajectory } from './read-trajectory.ts'
export { thinSeries } from './thin-series.ts'
export type { Trajectory } from './trajectory.ts'
export { trajectoryText } from './trajectory-text.ts'
