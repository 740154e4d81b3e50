export type { Figure, PolicyInUse, PredictivePower } from './predictive-power.ts'
export { correlation, predictivePower } from './predictive-power.ts'
