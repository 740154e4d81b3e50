import { TAKE_CRITERIA } from '@chiron/core/kinds'
import { refuse } from '../../platform/refuse.ts'
import type { SubmissionRow } from '../submission/index.ts'

export interface DecisionOrder {
  decision: 'accept' | 'return' | 'reject'
  label?: string | undefined
  reasonCode?: string | undefined
  momentMs?: number | undefined
  hint?: string | undefined
}

interface Decided {
  order: DecisionOrder
  /** The take that is decided about; undefined for a question, whose label is settled. */
  take: SubmissionRow | undefined
  labels: readonly string[]
}

/** Refuses `bad-input` for a decision that is not whole, `wrong-state` for a rejection without a retry before it. */
export function assertDecision({ order, take, labels }: Decided): void {
  if (order.label !== undefined && !labels.includes(order.label))
    wrong('label', 'This label is not one of the answers offered.')
  if (!take) {
    if (order.decision !== 'accept')
      wrong('decision', 'A question is settled by its label; nobody’s answer is rejected.')
    if (order.label === undefined) wrong('label', 'Choose the label that is right.')
    return
  }
  if (order.decision === 'accept') return
  const criterion = TAKE_CRITERIA.find(({ code }) => code === order.reasonCode)
  if (!criterion) wrong('reasonCode', 'Name the published criterion that the take does not meet (WR-12).')
  if (!order.hint) wrong('hint', 'Say in a few words what to do better: the worker reads it (WR-12).')
  if (order.decision === 'return') return
  if (order.momentMs === undefined) wrong('momentMs', 'Point at the moment in the clip (WR-12).')
  if (criterion.isFixable && take.attempt === 1)
    refuse('wrong-state', 'Filming again could mend this: return it for another take first (WR-13).', {
      reasonCode: criterion.code,
    })
}

function wrong(field: string, why: string): never {
  return refuse('bad-input', why, { field })
}
