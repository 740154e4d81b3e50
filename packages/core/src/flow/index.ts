export type {
  Answered,
  Appealed,
  Checked,
  ConsensusReached,
  FaultSeverity,
  FlowEvent,
  FlowFault,
  Reviewed,
  Withdrawn,
} from './flow-event.ts'
export type { FlowRule } from './flow-rule.ts'
export { flowRuleSchema, MAX_ANSWERS_PER_TASK, MAX_RETAKES } from './flow-rule.ts'
export { hasPassedChecks } from './has-passed-checks.ts'
export type { ReviewWhy, Step } from './next-step.ts'
export { MAX_FLOW_EVENTS, nextStep } from './next-step.ts'
