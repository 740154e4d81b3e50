import type { WireFault } from '@chiron/contract'
import { hasPassedChecks, type Step } from '@chiron/core/flow'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { readEpisode, settleEpisode } from '../media/index.ts'
import {
  decideSubmission,
  decisionFacts,
  moveSubmission,
  type Reason,
  type SubmissionRow,
  UNDECIDED,
} from '../submission/index.ts'
import { openPrompts, setTaskState, voidOffers } from '../task/index.ts'
import type { Deed, Situation } from './act.ts'

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>
type Take = Situation & { take: SubmissionRow }

/** A worker reads the first faults; a list of hundreds helps nobody. */
const MAX_REASONS = 20

/** A take that was filmed: back to the worker, on to judges or a member, accepted, or (by a member alone) rejected. */
export async function actOnTake(tx: Tx, ctx: Ctx, situation: Situation): Promise<Deed | undefined> {
  const { step } = situation
  const last = Math.max(...situation.submissions.map(({ attempt }) => attempt))
  const take = situation.submissions.findLast(({ attempt }) => attempt === last)
  // What was accepted is paid: no later event changes that, only the episode may still freeze.
  if (!take || take.state === 'accepted') return undefined
  const all = { ...situation, take }
  switch (step.kind) {
    case 'await-checks':
      return undefined
    case 'ask':
    case 'await-consensus':
      return waitForJudges(tx, all, step)
    case 'review':
      return step.why === 'appeal' ? undefined : dispute(tx, all, step)
    case 'return':
      return sendBack(tx, ctx, all, step)
    case 'reject':
      return reject(tx, ctx, all, step)
    case 'accept':
      return accept(tx, ctx, all, step)
    case 'stopped':
      return stop(tx, ctx, all)
  }
}

const keyOf = (row: { workspace_id: string; id: string }) => ({ workspaceId: row.workspace_id, id: row.id })

/** Judges are asked in their own campaign. Once they have settled, asking for more of them leads to a member. */
async function waitForJudges(
  tx: Tx,
  all: Take,
  { attempt }: StepOf<'ask'> | StepOf<'await-consensus'>,
): Promise<Deed | undefined> {
  const haveSettled = all.events.some((event) => event.kind === 'consensus' && event.attempt === attempt)
  if (haveSettled) return dispute(tx, all, { kind: 'review', attempt, why: 'disputed', notBy: [] })
  const moved = await moveSubmission(tx, keyOf(all.take), 'waiting')
  if (!moved) return undefined
  return { action: 'submission.wait', facts: decisionFacts({ ...all.take, state: 'waiting' }) }
}

async function dispute(tx: Tx, { task, take }: Take, step: StepOf<'review'>): Promise<Deed | undefined> {
  const moved = await moveSubmission(tx, keyOf(take), 'review')
  if (!moved) return undefined
  return {
    action: 'consensus.dispute',
    facts: {
      subject: { kind: 'task', id: task.id },
      workerId: take.worker_id,
      taskId: task.id,
      campaignId: task.campaign_id,
      submissionId: take.id,
      episodeId: take.episode_id,
      why: step.why,
      notBy: step.notBy,
    },
  }
}

async function sendBack(tx: Tx, ctx: Ctx, all: Take, step: StepOf<'return'>): Promise<Deed | undefined> {
  const reasons = step.by === 'checks' ? await faultReasons(tx, all.take) : memberReasons(all, 'return')
  const decidedBy = step.by === 'member' ? memberOf(all, 'return') : null
  const decided = await decideSubmission(tx, ctx, keyOf(all.take), { state: 'returned', decidedBy, reasons })
  if (!decided) return undefined
  await settleTake(tx, all.take, { state: 'returned' })
  // An appeal against a rejection may end here: then the task is open to another take again.
  await setTaskState(tx, keyOf(all.task), 'open', ctx.deps.clock.now())
  return { action: 'submission.decide', facts: decisionFacts(decided) }
}

/** WR-11: this step exists only after a member's decision; core makes no other. */
async function reject(tx: Tx, ctx: Ctx, all: Take, step: StepOf<'reject'>): Promise<Deed | undefined> {
  const { task, take, campaign } = all
  const reasons = memberReasons(all, 'reject')
  const decided = await decideSubmission(tx, ctx, keyOf(take), {
    state: 'rejected',
    decidedBy: step.member,
    reasons,
  })
  if (!decided) return undefined
  await settleTake(tx, take, { state: 'rejected' })
  await setTaskState(tx, keyOf(task), 'done', ctx.deps.clock.now())
  // The campaign still wants its take: another task asks for it, and this one stays open to an appeal alone.
  if (campaign.state !== 'closed')
    await openPrompts(tx, ctx, { campaignId: campaign.id, kind: campaign.kind, count: 1 })
  return { action: 'submission.decide', facts: decisionFacts(decided) }
}

async function accept(tx: Tx, ctx: Ctx, all: Take, step: StepOf<'accept'>): Promise<Deed | undefined> {
  const { task, take } = all
  const decidedBy = step.by === 'member' ? memberOf(all, 'accept') : null
  const decided = await decideSubmission(tx, ctx, keyOf(take), { state: 'accepted', decidedBy, reasons: [] })
  if (!decided) return undefined
  const { label, by } = step
  const probability = step.probability ?? 1
  const answerCount = judgesOf(all)
  const verdict = label ? { verdict: { label, probability, by, answerCount } } : {}
  await settleTake(tx, take, { state: 'accepted', ...verdict })
  await setTaskState(tx, keyOf(task), 'done', ctx.deps.clock.now())
  await voidOffers(tx, task.workspace_id, task.id)
  return { action: 'submission.decide', facts: { ...decisionFacts(decided), label, probability, by } }
}

/**
 * The consent has ended, the recording is frozen whatever is decided here. WR-24: who filmed in good faith loses
 * nothing by stopping, so an undecided take that had passed its checks is paid.
 */
async function stop(tx: Tx, ctx: Ctx, { task, take, campaign, events }: Take): Promise<Deed | undefined> {
  await setTaskState(tx, keyOf(task), 'stopped', ctx.deps.clock.now())
  await voidOffers(tx, task.workspace_id, task.id)
  const isUndecided = (UNDECIDED as readonly string[]).includes(take.state)
  const isPaid = isUndecided && hasPassedChecks(campaign.flow, events, take.attempt)
  const state = isPaid ? 'accepted' : 'frozen'
  const decided = await decideSubmission(tx, ctx, keyOf(take), { state, decidedBy: null, reasons: [] })
  return decided ? { action: 'submission.decide', facts: decisionFacts(decided) } : undefined
}

/** A recording that cannot even be read is never accepted for export, whoever was paid for it. */
async function settleTake(
  tx: Tx,
  take: SubmissionRow,
  settled: Parameters<typeof settleEpisode>[2],
): Promise<void> {
  if (take.episode_id === null) return
  const key = { workspaceId: take.workspace_id, id: take.episode_id }
  const episode = await readEpisode(tx, key)
  const isReadable = episode?.probe !== null && episode?.probe !== undefined
  const { state, ...rest } = settled
  await settleEpisode(tx, key, isReadable || state !== 'accepted' ? settled : rest)
}

async function faultReasons(tx: Tx, take: SubmissionRow): Promise<Reason[]> {
  if (take.episode_id === null) return []
  const episode = await readEpisode(tx, { workspaceId: take.workspace_id, id: take.episode_id })
  const faults = ((episode?.faults ?? []) as WireFault[]).filter(({ severity }) => severity !== 'notice')
  // The apps say each code in the worker's language, with what to do about it.
  return faults.slice(0, MAX_REASONS).map(({ code, fromMs }) => ({ code, momentMs: fromMs, hint: '' }))
}

/** On how many people's answers the last consensus about this attempt rests. */
const judgesOf = ({ events, take }: Take): number =>
  events.reduce(
    (most, event) =>
      event.kind === 'consensus' && event.attempt === take.attempt ? Math.max(most, event.answerCount) : most,
    0,
  )

type Word = 'accept' | 'return' | 'reject'

/** The member's decision that counts: of those on the last attempt the appeal's, else the latest. */
function decisionOf({ events, take }: Take, decision: Word) {
  const words = events
    .filter((event) => event.kind === 'reviewed')
    .filter(
      (event) => event.decision === decision && (decision === 'accept' || event.attempt === take.attempt),
    )
  return words.findLast((event) => event.byAppeal) ?? words.at(-1)
}

const memberOf = (all: Take, decision: Word): string | null => decisionOf(all, decision)?.member ?? null

function memberReasons(all: Take, decision: Word): Reason[] {
  const word = decisionOf(all, decision)
  if (!word?.reasonCode) return []
  return [{ code: word.reasonCode, momentMs: word.momentMs ?? null, hint: word.hint ?? '' }]
}
