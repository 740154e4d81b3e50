import {
  type CrowdModel,
  fitCrowd,
  guardedBar,
  isRefitDue,
  readTask,
  type TaskBelief,
  type TaskReading,
  type WorkerState,
  weighTask,
} from '@chiron/core/crowd'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { answersOfCampaign, submissionsOfTask } from '../submission/index.ts'
import { knownLabels, readGold, stillOpen } from '../task/index.ts'
import {
  type CampaignKey,
  type Crowd,
  type Guard,
  type HeardVerdict,
  heardVerdicts,
  lockCrowd,
  putBeliefs,
  putCrowd,
  putWorkerStates,
  readBelief,
  workerStates,
} from './crowd-store.ts'
import { heardOf, type Spoken } from './spoken-answers.ts'
import { readVerdict } from './store.ts'

/** What the answers about a task say now that its verdict has not heard yet. */
export interface News {
  taskId: string
  reading: TaskReading
  answerCount: number
  sureAt: number
  knownCount: number
}

interface Weighing {
  campaign: CampaignRow
  spoken: Spoken
  taskId: string
  now: Date
}

/**
 * Weighs the answers of one task into what is believed of its campaign's crowd, and says what is new: of this task, or,
 * where a full fit was due, of every task that waits. Reads no other task's answers unless a fit is due (VRD-8).
 */
export async function weighAnswers(tx: Tx, weighing: Weighing): Promise<News[]> {
  const { campaign, spoken, taskId } = weighing
  const { workspaceId } = campaign
  const key = { workspaceId, campaignId: campaign.id }
  const crowd = await lockCrowd(tx, key)
  const rows = await submissionsOfTask(tx, workspaceId, taskId)
  const answers = heardOf(
    spoken,
    rows.filter(({ state }) => state !== 'frozen'),
  )
  const before = await readBelief(tx, { workspaceId, taskId })
  const freshCount = answers.length - (before?.heard.length ?? 0)
  if (!crowd.model || (freshCount > 0 && isRefitDue(crowd.model, freshCount)))
    return fitAll(tx, key, weighing)
  const workers = await workerStates(
    tx,
    key,
    answers.map(([worker]) => worker),
  )
  const known = await knownLabel(tx, workspaceId, taskId)
  const task = { model: crowd.model, workers, before, answers, known }
  const weighed = freshCount > 0 ? weighTask(task) : undefined
  if (weighed) {
    await putCrowd(tx, key, weighed.model)
    await putWorkerStates(tx, key, weighed.workers)
    await putBeliefs(tx, key, new Map([[taskId, weighed.belief]]))
  }
  const belief = weighed?.belief ?? before
  if (!belief) return []
  const state = { model: crowd.model, workers, ...weighed, belief, known }
  return newsOf(tx, weighing, { crowd, state })
}

interface State {
  model: CrowdModel
  workers: ReadonlyMap<string, WorkerState>
  belief: TaskBelief
  known: string | undefined
}

async function newsOf(
  tx: Tx,
  { campaign, taskId }: Weighing,
  { crowd, state }: { crowd: Crowd; state: State },
): Promise<News[]> {
  const { workspaceId } = campaign
  const answerCount = countOf(state.belief)
  const verdict = await readVerdict(tx, { workspaceId, taskId })
  const heardCount = (verdict?.rests_on as { answerCount?: number } | undefined)?.answerCount ?? 0
  if (answerCount < (campaign.flow.answers?.min ?? 1) || answerCount <= heardCount) return []
  if (!(await stillOpen(tx, workspaceId, [taskId])).has(taskId)) return []
  const { knownCount } = state.model
  return [{ taskId, reading: readTask(state), answerCount, sureAt: crowd.sureAt ?? 0, knownCount }]
}

const countOf = ({ heard }: TaskBelief): number => new Set(heard.map(([worker]) => worker)).size

const knownLabel = async (tx: Tx, workspaceId: string, taskId: string): Promise<string | undefined> => {
  const gold = await readGold(tx, { workspaceId, id: taskId })
  return gold?.source === 'stated' ? gold.label : undefined
}

/** Fits everything anew from all answers of the campaign, and keeps it. */
async function fitAll(tx: Tx, key: CampaignKey, { campaign, spoken, now }: Weighing): Promise<News[]> {
  const rows = await answersOfCampaign(tx, key.workspaceId, key.campaignId)
  const answers = rows.flatMap((row) => {
    const label = spoken.labelOf(row.answer)
    return label === undefined ? [] : [{ task: row.task_id, worker: row.worker_id, label }]
  })
  if (answers.length === 0) return []
  const known = await knownLabels(tx, key)
  const fit = fitCrowd({ answers, labels: spoken.labels, known })
  const verdicts = new Map((await heardVerdicts(tx, key)).map((verdict) => [verdict.taskId, verdict]))
  const readingOf = (taskId: string, belief: TaskBelief) =>
    readTask({ model: fit.model, workers: fit.workers, belief, known: known.get(taskId) })
  const guard = guardOf({ campaign, known, verdicts, beliefs: fit.beliefs, readingOf })
  await putCrowd(tx, key, fit.model, { guard, at: now })
  await putWorkerStates(tx, key, fit.workers)
  await putBeliefs(tx, key, fit.beliefs)
  const min = campaign.flow.answers?.min ?? 1
  const waiting = [...fit.beliefs].filter(([taskId, belief]) => {
    const count = countOf(belief)
    return count >= min && count > (verdicts.get(taskId)?.answerCount ?? 0)
  })
  const ids = waiting.map(([taskId]) => taskId).sort()
  const open = await stillOpen(tx, key.workspaceId, ids)
  return ids
    .filter((taskId) => open.has(taskId))
    .flatMap((taskId) => {
      const belief = fit.beliefs.get(taskId)
      if (!belief) return []
      const { knownCount } = fit.model
      const { sureAt } = guard
      return [
        { taskId, reading: readingOf(taskId, belief), answerCount: countOf(belief), sureAt, knownCount },
      ]
    })
}

/**
 * What was learned of questions after they had stopped: a member's word, or, where gold brought as many answers as the
 * flow would ask at most, what all of them say (VRD-9).
 */
function guardOf(of: {
  campaign: CampaignRow
  known: ReadonlyMap<string, string>
  verdicts: ReadonlyMap<string, HeardVerdict>
  beliefs: ReadonlyMap<string, TaskBelief>
  readingOf: (taskId: string, belief: TaskBelief) => TaskReading
}): Guard {
  const { sureAt = 1, max = 1 } = of.campaign.flow.answers ?? {}
  const audits = [...of.verdicts.values()].flatMap(({ taskId, leading, sureness, answerCount }) => {
    const belief = of.beliefs.get(taskId)
    if (leading === null || sureness === null || sureness < sureAt || !belief) return []
    const stated = of.known.get(taskId)
    if (stated !== undefined) return [{ sureness, isChanged: stated !== leading }]
    const count = countOf(belief)
    if (count <= answerCount || count < max) return []
    return [{ sureness, isChanged: of.readingOf(taskId, belief).label !== leading }]
  })
  const changedCount = audits.filter(({ isChanged }) => isChanged).length
  return { sureAt: guardedBar(audits, sureAt), auditCount: audits.length, changedCount }
}
