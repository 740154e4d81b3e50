export { type Mean, meanInterval } from './mean-interval.ts'
export { variety } from './variety.ts'
export type { Share } from './wilson.ts'
export { wilsonShare } from './wilson.ts'
