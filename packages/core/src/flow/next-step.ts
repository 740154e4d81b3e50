import { assert, compareStrings, jcs, seededRandom, sortBy } from '../kit/index.ts'
import type { Checked, ConsensusReached, FlowEvent, Reviewed } from './flow-event.ts'
import type { FlowRule } from './flow-rule.ts'

/** Far above what one task can gather; a longer list means that we loop somewhere. */
export const MAX_FLOW_EVENTS = 10_000

export type ReviewWhy = 'disputed' | 'sampled' | 'fault' | 'appeal'

/**
 * What is to be done now. `ask.count`: answers still wanted beyond those in the events.
 * `review.notBy`: members who may not decide this one (WR-16), sorted. `accept.label` is null where nobody
 * named one; `accept.probability` is null where checks or a member decided about the take itself.
 */
export type Step =
  | { readonly kind: 'await-checks'; readonly attempt: number }
  | { readonly kind: 'await-consensus'; readonly attempt: number; readonly answerCount: number }
  | { readonly kind: 'ask'; readonly attempt: number; readonly count: number }
  | {
      readonly kind: 'return'
      readonly attempt: number
      readonly reasons: readonly string[]
      readonly by: 'checks' | 'member'
    }
  | {
      readonly kind: 'review'
      readonly attempt: number
      readonly why: ReviewWhy
      readonly notBy: readonly string[]
    }
  | {
      readonly kind: 'accept'
      readonly attempt: number
      readonly label: string | null
      readonly probability: number | null
      readonly by: 'consensus' | 'checks' | 'member'
    }
  | {
      readonly kind: 'reject'
      readonly attempt: number
      readonly member: string
      readonly reasonCode: string
      readonly byAppeal: boolean
    }
  | { readonly kind: 'stopped' }

/**
 * The campaign's flow: what to do after these events. Pure; the events are a set, so their order and
 * repetitions do not matter (an id met twice must carry the same facts, which is asserted).
 * `seed` decides sampling: one fixed text per task, secret from workers, the same at each call.
 * Rules FLOW-1 … FLOW-14: SPEC.md.
 */
export function nextStep(rule: FlowRule, events: readonly FlowEvent[], seed: string): Step {
  assert(rule.checks === 'required' || rule.answers !== null, 'a flow needs checks, answers or both')
  assert(events.length <= MAX_FLOW_EVENTS, 'more events than one task can have')
  const facts = gather(events)
  if (facts.isWithdrawn) return { kind: 'stopped' }
  if (facts.accepted) return acceptedBy(rule, facts.accepted, facts.consensus)
  const step = facts.decided ? decidedBy(facts.decided) : automaticStep(rule, facts, seed)
  const mayAppeal = step.kind === 'return' || step.kind === 'reject'
  if (mayAppeal && facts.isAppealOpen) {
    return { kind: 'review', attempt: facts.attempt, why: 'appeal', notBy: facts.firstMembers }
  }
  return step
}

type Facts = {
  readonly isWithdrawn: boolean
  readonly attempt: number
  readonly checked: Checked | undefined
  readonly answerCount: number
  readonly consensus: ConsensusReached | undefined
  /** A member's acceptance of any attempt: it stands (FLOW-8). */
  readonly accepted: Reviewed | undefined
  /** The member's decision on the current attempt that counts now. */
  readonly decided: Reviewed | undefined
  readonly isAppealOpen: boolean
  /** Members who decided on the current attempt before any appeal. */
  readonly firstMembers: readonly string[]
}

function gather(events: readonly FlowEvent[]): Facts {
  const all = distinct(events)
  const attempt = Math.max(1, ...all.map((event) => (event.kind === 'withdrawn' ? 1 : event.attempt)))
  const current = all.filter((event) => event.kind !== 'withdrawn' && event.attempt === attempt)
  const reviews = standingReviews(all)
  const decided = reviews.filter((review) => review.attempt === attempt).at(-1)
  const firsts = reviews.filter((review) => review.attempt === attempt && !review.byAppeal)
  const answered = current.filter((event) => event.kind === 'answered')
  return {
    isWithdrawn: all.some((event) => event.kind === 'withdrawn'),
    attempt,
    checked: current.filter((event) => event.kind === 'checked').at(-1),
    answerCount: new Set(answered.map((event) => event.worker)).size,
    consensus: sortBy(
      current.filter((event) => event.kind === 'consensus'),
      (event) => event.answerCount,
      (event) => event.id,
    ).at(-1),
    accepted: reviews.filter((review) => review.decision === 'accept').at(-1),
    decided,
    isAppealOpen: current.some((event) => event.kind === 'appealed') && !decided?.byAppeal,
    firstMembers: [...new Set(firsts.map((review) => review.member))].sort(compareStrings),
  }
}

/** The set of events, in the order of their ids. */
function distinct(events: readonly FlowEvent[]): FlowEvent[] {
  const byId = new Map<string, FlowEvent>()
  for (const event of events) {
    const known = byId.get(event.id)
    const isSame = known === undefined || jcs(plain(known)) === jcs(plain(event))
    assert(isSame, `event ${event.id} came with two different contents`)
    byId.set(event.id, event)
  }
  return sortBy([...byId.values()], (event) => event.id)
}

/** Without its undefined properties, which canonical JSON refuses. */
function plain(event: FlowEvent): object {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined))
}

/** Members' decisions that count, weakest first: attempt, then appeal over first, then the later id. */
function standingReviews(events: readonly FlowEvent[]): Reviewed[] {
  const reviews = events.filter((event) => event.kind === 'reviewed')
  const isFirst = (review: Reviewed, other: Reviewed) =>
    !review.byAppeal && review.attempt === other.attempt && review.member === other.member
  // WR-16: nobody decides the appeal against their own decision.
  const standing = reviews.filter((review) => !review.byAppeal || !reviews.some((it) => isFirst(it, review)))
  return sortBy(
    standing,
    (review) => review.attempt,
    (review) => review.byAppeal,
    (review) => review.id,
  )
}

/** The member's label; without one the leading label, unless that one speaks against acceptance. */
function acceptedBy(rule: FlowRule, review: Reviewed, consensus: ConsensusReached | undefined): Step {
  const leading = consensus?.attempt === review.attempt ? consensus.label : null
  const agreed = leading !== null && isAcceptable(rule, leading) ? leading : null
  const label = review.label ?? agreed
  return { kind: 'accept', attempt: review.attempt, label, probability: null, by: 'member' }
}

function isAcceptable(rule: FlowRule, label: string): boolean {
  return rule.acceptLabels.length === 0 || rule.acceptLabels.includes(label)
}

function decidedBy(review: Reviewed): Step {
  const { attempt, member, byAppeal } = review
  assert(review.decision !== 'accept', 'an acceptance stands and is handled first')
  if (review.decision === 'return')
    return { kind: 'return', attempt, reasons: [review.reasonCode], by: 'member' }
  return { kind: 'reject', attempt, member, reasonCode: review.reasonCode, byAppeal }
}

function automaticStep(rule: FlowRule, facts: Facts, seed: string): Step {
  const step = (rule.checks === 'required' && afterChecks(rule, facts)) || afterAnswers(rule, facts)
  const isSampled = step.kind === 'accept' && seededRandom(`flow:${seed}`).next() < rule.review.sampleRatio
  return isSampled ? lookAt(facts, 'sampled') : step
}

/** Null when the checks have nothing against it. */
function afterChecks(rule: FlowRule, facts: Facts): Step | null {
  const { attempt, checked } = facts
  if (!checked) return { kind: 'await-checks', attempt }
  const isFatal = checked.faults.some((fault) => fault.severity === 'fatal')
  const fixable = checked.faults.filter((fault) => fault.severity === 'fixable')
  if (!isFatal && fixable.length === 0) return null
  if (isFatal || attempt > rule.retakesMax) return lookAt(facts, 'fault')
  const reasons = [...new Set(fixable.map((fault) => fault.code))].sort(compareStrings)
  return { kind: 'return', attempt, reasons, by: 'checks' }
}

function afterAnswers(rule: FlowRule, facts: Facts): Step {
  const { attempt, answerCount, consensus } = facts
  if (!rule.answers) return { kind: 'accept', attempt, label: null, probability: null, by: 'checks' }
  const count = Math.max(answerCount, consensus?.answerCount ?? 0)
  if (count < rule.answers.min) return { kind: 'ask', attempt, count: rule.answers.min - count }
  if (!consensus || consensus.answerCount < count) {
    return { kind: 'await-consensus', attempt, answerCount: count }
  }
  const { label, probability } = consensus
  const isSure = isSureOf(consensus, rule.answers.sureAt)
  const mayAccept = isAcceptable(rule, label)
  if (isSure && !mayAccept) return lookAt(facts, 'fault')
  if (!isSure && count < rule.answers.max) return { kind: 'ask', attempt, count: 1 }
  if (!isSure && (rule.review.whenDisputed || !mayAccept)) return lookAt(facts, 'disputed')
  return { kind: 'accept', attempt, label, probability, by: consensus.settledBy ?? 'consensus' }
}

/** FLOW-14: everything the decision needs lies in the rule and the event. A member's word is sure. */
function isSureOf({ probability, sureness, sureAt, settledBy }: ConsensusReached, asked: number): boolean {
  if (settledBy === 'member') return probability >= asked
  return (sureness ?? probability) >= Math.max(asked, sureAt ?? 0)
}

function lookAt(facts: Facts, why: ReviewWhy): Step {
  return { kind: 'review', attempt: facts.attempt, why, notBy: [] }
}
