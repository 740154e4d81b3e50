export type { RobotModel } from './read-model.ts'
export { MAX_MODEL_BYTES, readModel } from './read-model.ts'
