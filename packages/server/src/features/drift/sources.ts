import { type Ctx, workspaceOf } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { contentOf, outcomesBetween, readSuiteVersion } from '../evaluation/index.ts'
import { conditionsBetween } from '../media/index.ts'
import { answersBetween } from '../submission/index.ts'
import { cohort, type Place, type Seen } from './series.ts'

export interface Batch {
  seen: Seen[]
  /** Where reading goes on; null where nothing came. */
  next: Place | null
}

export interface Source {
  name: string
  /** Younger ones are left for the next look: transactions end in another order than they begin, and checks take time. */
  settleMs: number
  read(tx: Tx, ctx: Ctx, of: { after: Place; until: Date; limit: number }): Promise<Batch>
}

const MINUTE_MS = 60_000
const UNEXPLAINED = 'failure'

export const SOURCES: readonly Source[] = [
  { name: 'rollouts', settleMs: MINUTE_MS, read: rolloutsSeen },
  { name: 'answers', settleMs: MINUTE_MS, read: answersSeen },
  // Until then the server has looked at what arrived.
  { name: 'recordings', settleMs: 15 * MINUTE_MS, read: recordingsSeen },
]

type Of = Parameters<Source['read']>[2]
const endOf = (rows: readonly Place[]): Place | null => rows.at(-1) ?? null

async function rolloutsSeen(tx: Tx, ctx: Ctx, { after, until, limit }: Of): Promise<Batch> {
  const workspaceId = workspaceOf(ctx)
  const rows = await outcomesBetween(tx, workspaceId, { afterId: after.id, until, limit })
  const contents = new Map<string, ReturnType<typeof contentOf>>()
  const seen: Seen[] = []
  for (const row of rows) {
    const { suite_id: suiteId, suite_version: suiteVersion, scenario_key: scenario, world } = row
    if (suiteId === null || suiteVersion === null || scenario === null || row.erased_at !== null) continue
    const name = `${suiteId} ${suiteVersion}`
    const version = contents.has(name)
      ? undefined
      : await readSuiteVersion(tx, { workspaceId, suiteId, version: suiteVersion })
    if (version) contents.set(name, contentOf(version))
    const content = contents.get(name)
    if (!content) continue
    const settings = content.scenarios.find(({ key }) => key === scenario)?.settings ?? {}
    const levels = Object.entries(settings).map(([factor, level]) => cohort(factor, level))
    const place = { suiteId, suiteVersion, world }
    const { id, policy_version_id: policyVersionId } = row
    seen.push({
      series: 'scenarios',
      about: place,
      known: content.scenarios.map(({ key }) => key),
      sighting: { id, value: scenario, cohorts: [cohort('policy', policyVersionId)] },
    })
    if (row.success === null) continue
    const value = row.success ? 'success' : (row.failure_id ?? UNEXPLAINED)
    const known = ['success', ...content.failureIds, UNEXPLAINED]
    const cohorts = [cohort('scenario', scenario), ...levels]
    seen.push({
      series: 'success',
      about: { ...place, policyVersionId },
      known,
      sighting: { id, value, cohorts },
    })
  }
  return { seen, next: endOf(rows.map(({ id, created_at: at }) => ({ id, at }))) }
}

const WINNERS = ['left', 'tie', 'right', 'both-bad']

async function answersSeen(tx: Tx, ctx: Ctx, of: Of): Promise<Batch> {
  const rows = await answersBetween(tx, workspaceOf(ctx), of)
  const seen = rows.flatMap(({ id, campaignId, kind, workerId, activeMs, winner }): Seen[] => {
    if (kind === 'demonstrate') return []
    const about = { campaignId }
    const cohorts = [cohort('rater', workerId)]
    const seconds = { id, value: activeMs / 1000, cohorts }
    const pace: Seen = { series: 'pace', about, known: null, sighting: seconds }
    if (winner === null) return [pace]
    return [pace, { series: 'votes', about, known: WINNERS, sighting: { id, value: winner, cohorts } }]
  })
  return { seen, next: endOf(rows) }
}

async function recordingsSeen(tx: Tx, ctx: Ctx, of: Of): Promise<Batch> {
  const rows = await conditionsBetween(tx, workspaceOf(ctx), of)
  const seen = rows.flatMap(({ id, campaignId, workerId, deviceTier, brightness, fps }): Seen[] => {
    const cohorts = [cohort('device', deviceTier ?? 'unknown'), cohort('worker', workerId ?? 'import')]
    const measure = (series: 'brightness' | 'frame-rate', value: number | null): Seen[] =>
      value === null ? [] : [{ series, about: { campaignId }, known: null, sighting: { id, value, cohorts } }]
    return [...measure('brightness', brightness), ...measure('frame-rate', fps)]
  })
  return { seen, next: endOf(rows) }
}
