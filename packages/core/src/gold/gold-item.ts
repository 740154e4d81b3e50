/** A task that may become gold, as the flow has left it. */
export type SettledTask = {
  readonly task: string
  readonly label: string
  /** Of the label, by consensus. */
  readonly probability: number
  readonly answerCount: number
  /** A member has decided it. */
  readonly isReviewed: boolean
  /** Disputed, appealed or withdrawn, at any time. */
  readonly isContested: boolean
}

/** One thing to show: the source as it is (`variation` null) or varied. `label`: the right answer to it. */
export type GoldItem = {
  readonly id: string
  /** The task it was made of. */
  readonly source: string
  readonly variation: string | null
  readonly label: string
}

/** What has become of an item: how often it was shown and answered, and answered otherwise. */
export type GoldUse = { readonly useCount: number; readonly answerCount: number; readonly wrongCount: number }

export type GoldRule = {
  /** The share of a worker's tasks that is gold, 0 to 1. */
  readonly rate: number
  /** Consensus must be at least this sure of a source that no member has decided. */
  readonly sureAt: number
  readonly minAnswers: number
  /** An item is retired after so many uses. */
  readonly maxUses: number
}

export const DEFAULT_GOLD: GoldRule = { rate: 0.1, sureAt: 0.99, minAnswers: 3, maxUses: 10 }
