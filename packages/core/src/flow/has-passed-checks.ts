import { sortBy } from '../kit/index.ts'
import type { FlowEvent } from './flow-event.ts'
import type { FlowRule } from './flow-rule.ts'

/**
 * Whether the checks looked at this attempt and had nothing against it; false while they have not run. Where a rule
 * asks for no checks, whatever they found counts for nothing. The latest check stands (FLOW-3).
 */
export function hasPassedChecks(rule: FlowRule, events: readonly FlowEvent[], attempt: number): boolean {
  const checks = events.filter((event) => event.kind === 'checked' && event.attempt === attempt)
  const checked = sortBy(checks, (event) => event.id).at(-1)
  if (checked?.kind !== 'checked') return false
  return rule.checks === 'none' || checked.faults.every(({ severity }) => severity === 'notice')
}
