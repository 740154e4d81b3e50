export type FaultSeverity = 'fixable' | 'fatal' | 'notice'
export type FlowFault = { readonly code: string; readonly severity: FaultSeverity }

/** The checks of one recording are done. */
export type Checked = {
  readonly kind: 'checked'
  readonly id: string
  readonly attempt: number
  readonly faults: readonly FlowFault[]
}

/** A worker answered about the subject. A worker counts once per attempt, however often they answer. */
export type Answered = {
  readonly kind: 'answered'
  readonly id: string
  readonly attempt: number
  readonly worker: string
  readonly label: string
}

/**
 * The best label so far, from the answers of `answerCount` workers; `settledBy` where a member settled their dispute.
 * `sureness`: what the less sure of several models grants the label, by which the flow stops; without it
 * `probability` counts. `sureAt`: the guard's bar, raised where audits found workers to err together.
 */
export type ConsensusReached = {
  readonly kind: 'consensus'
  readonly id: string
  readonly attempt: number
  readonly answerCount: number
  readonly label: string
  readonly probability: number
  readonly sureness?: number | undefined
  readonly sureAt?: number | undefined
  readonly settledBy?: 'member' | undefined
}

/** A worker asks for another decision. */
export type Appealed = { readonly kind: 'appealed'; readonly id: string; readonly attempt: number }

type Decision = {
  readonly kind: 'reviewed'
  readonly id: string
  readonly attempt: number
  readonly member: string
  readonly byAppeal: boolean
}

/** A member decided. A return or a rejection always names its reason (WR-12). */
export type Reviewed = Decision &
  (
    | { readonly decision: 'accept'; readonly label?: string | undefined; readonly reasonCode?: undefined }
    | { readonly decision: 'return' | 'reject'; readonly reasonCode: string; readonly label?: undefined }
  )

/** The worker took the work, or the consent behind it, back. */
export type Withdrawn = { readonly kind: 'withdrawn'; readonly id: string }

/**
 * Something that happened to one task. `id` is unique to the event (a UUIDv7: of two that say the same
 * kind of thing, the greater id is the later). `attempt` counts from 1; only retakes raise it.
 */
export type FlowEvent = Checked | Answered | ConsensusReached | Appealed | Reviewed | Withdrawn
