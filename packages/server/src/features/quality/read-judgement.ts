import type { Judgement } from '@chiron/contract'
import { krippendorffAlpha } from '@chiron/core/agreement'
import { calibrationError } from '@chiron/core/calibration'
import { isQuestion } from '@chiron/core/kinds'
import { wilsonShare } from '@chiron/core/quality'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found } from '../../platform/refuse.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { pseudonymsOf } from '../account/index.ts'
import { type CampaignRow, readCampaign } from '../campaign/index.ts'
import { type KeptCrowd, readCrowd, spokenOf } from '../consensus/index.ts'
import { latestAnswers } from '../submission/index.ts'
import { answerTotals, goldCounts } from '../task/index.ts'
import { type AuditedTask, auditedTasks, MAX_JUDGED, rightShare } from './known-answers.ts'

const BIN_COUNT = 10
const BOOTSTRAPS = 200

/** How a campaign's questions are judged: what it cost, how sure the answers are and how right, how far people agree. */
export function readJudgement(ctx: Ctx, campaignId: string): Promise<Judgement> {
  may(ctx, 'quality.read')
  return read(ctx, async (tx) => {
    const campaign = found(await readCampaign(tx, campaignId), 'campaign')
    const key = { workspaceId: workspaceOf(ctx), campaignId }
    const labels = spokenOf(campaign)?.labels ?? []
    const { settledCount, boughtCount } = await answerTotals(tx, { ...key, limit: MAX_JUDGED })
    const { answerCount, usedCount, readyCount, statedCount } = await goldCounts(tx, key)
    const crowd = await readCrowd(tx, key)
    return {
      campaignId,
      labels: [...labels],
      settledCount,
      isCapped: settledCount === MAX_JUDGED,
      answers: { regular: answerCount - usedCount, gold: usedCount, goldRatio: campaign.goldRatio },
      saved: savedOf(campaign, { settledCount, boughtCount }),
      bar: barOf(campaign, crowd),
      calibration: calibrationOf(await auditedTasks(tx, campaign), labels),
      agreement: await agreementOf(tx, campaign),
      gold: { readyCount, statedCount, usedCount },
      copiers: await copiersOf(tx, key.workspaceId, crowd),
      fittedAt: crowd?.fittedAt.toISOString() ?? null,
    }
  })
}

function savedOf(
  { flow, kind }: CampaignRow,
  { settledCount, boughtCount }: { settledCount: number; boughtCount: number },
): Judgement['saved'] {
  if (!isQuestion(kind) || !flow.answers || settledCount === 0) return null
  const mostCount = settledCount * flow.answers.max
  return { boughtCount, mostCount, ratio: 1 - boughtCount / mostCount }
}

function barOf({ flow }: CampaignRow, crowd: KeptCrowd | undefined): Judgement['bar'] {
  if (!flow.answers || !crowd) return null
  const { sureAt: now, auditCount, changedCount } = crowd
  return { asked: flow.answers.sureAt, now: Math.max(flow.answers.sureAt, now), auditCount, changedCount }
}

function calibrationOf(audited: readonly AuditedTask[], labels: readonly string[]): Judgement['calibration'] {
  const right = rightShare(audited)
  if (!right) return null
  const posteriors = Float64Array.from(audited.flatMap(({ posterior }) => posterior))
  const gold = Int32Array.from(audited, ({ knownLabel }) => labels.indexOf(knownLabel))
  const { error, bins } = calibrationError(posteriors, labels.length, gold, BIN_COUNT)
  return {
    n: audited.length,
    error,
    right,
    bins: bins.flatMap(({ count, confidence, accuracy }, at) => {
      const share = wilsonShare(Math.min(count, accuracy * count), count)
      if (!share) return []
      return [{ from: at / BIN_COUNT, to: (at + 1) / BIN_COUNT, confidence, right: share }]
    }),
  }
}

async function agreementOf(tx: Tx, campaign: CampaignRow): Promise<Judgement['agreement']> {
  const spoken = spokenOf(campaign)
  if (!spoken) return null
  const { workspaceId, id: campaignId } = campaign
  const rows = await latestAnswers(tx, { workspaceId, campaignId, limit: MAX_JUDGED })
  const ratings = rows.flatMap((row) => {
    const value = spoken.labelOf(row.answer)
    return value === undefined ? [] : [{ task: row.task_id, worker: row.worker_id, value }]
  })
  const options = { level: 'nominal', bootstrapCount: BOOTSTRAPS, seed: campaignId } as const
  const { alpha, interval, taskCount, ratingCount } = krippendorffAlpha(ratings, options)
  if (alpha === null) return null
  return {
    alpha,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    taskCount,
    answerCount: ratingCount,
  }
}

async function copiersOf(tx: Tx, workspaceId: string, crowd: KeptCrowd | undefined): Promise<string[][]> {
  const groups = crowd?.model.copiers ?? []
  const names = await pseudonymsOf(tx, workspaceId, groups.flat())
  return groups.map((group) => group.map((workerId) => names.get(workerId) ?? '').sort())
}
