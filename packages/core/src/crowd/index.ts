export type {
  CrowdModel,
  HeardAnswer,
  ModelState,
  Push,
  TaskBelief,
  TaskReading,
  WorkerState,
} from './crowd-model.ts'
export { isRefitDue, REFIT_AFTER_RATIO, REFIT_BELOW_ANSWERS } from './crowd-model.ts'
export type { CrowdFit, CrowdInput } from './fit-crowd.ts'
export { fitCrowd } from './fit-crowd.ts'
export type { Audit } from './guard.ts'
export { guardedBar } from './guard.ts'
export type { TaskInput, Weighed } from './weigh-task.ts'
export { readTask, weighTask } from './weigh-task.ts'
