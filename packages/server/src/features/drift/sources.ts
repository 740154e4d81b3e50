import { type Ctx, workspaceOf } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { contentOf, judgementsBetween, outcomesBetween, readSuiteVersion } from '../evaluation/index.ts'
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
  { name: 'judgements', settleMs: MINUTE_MS, read: judgementsSeen },
  { name: 'answers', settleMs: MINUTE_MS, read: answersSeen },
  // Until then the server has looked at what arrived.
  { name: 'recordings', settleMs: 15 * MINUTE_MS, read: recordingsSeen },
]

type Of = Parameters<Source['read']>[2]
const endOf = (rows: readonly Place[]): Place | null => rows.at(-1) ?? null

/** What was told of a rollout when it came in; what is judged later is heard of by itself. */
async function rolloutsSeen(tx: Tx, ctx: Ctx, { after, until, limit }: Of): Promise<Batch> {
  const rows = await outcomesBetween(tx, workspaceOf(ctx), { afterId: after.id, until, limit })
  const suites = await suitesOf(tx, ctx, rows)
  const seen = rows.flatMap((row): Seen[] => {
    const suite = suites(row)
    if (!suite) return []
    const { content, place, scenario } = suite
    const ran: Seen = {
      series: 'scenarios',
      about: place,
      known: content.scenarios.map(({ key }) => key),
      sighting: { id: row.id, value: scenario, cohorts: [cohort('policy', row.policy_version_id)] },
    }
    const told =
      row.judged_outcome === null
        ? { success: row.success, failureId: row.failure_id }
        : { success: row.told_success, failureId: row.told_failure_id }
    return told.success === null ? [ran] : [ran, endedSo(row, suite, told.success, told.failureId)]
  })
  return { seen, next: endOf(rows.map(({ id, created_at: at }) => ({ id, at }))) }
}

/** How rollouts ended of which nothing had been told, as they are judged. */
async function judgementsSeen(tx: Tx, ctx: Ctx, { after, until, limit }: Of): Promise<Batch> {
  const rows = await judgementsBetween(tx, workspaceOf(ctx), { after, until, limit })
  const suites = await suitesOf(tx, ctx, rows)
  const seen = rows.flatMap((row): Seen[] => {
    const suite = suites(row)
    return suite && row.success !== null ? [endedSo(row, suite, row.success, row.failure_id)] : []
  })
  return { seen, next: endOf(rows.map(({ id, judged_at: at }) => ({ id, at: at ?? until }))) }
}

type Row = Awaited<ReturnType<typeof outcomesBetween>>[number]
interface OnSuite {
  content: ReturnType<typeof contentOf>
  place: { suiteId: string; suiteVersion: number; world: string }
  scenario: string
}

/** Where a run stands: its suite with what that holds. Undefined for one without, and for one that is gone. */
async function suitesOf(tx: Tx, ctx: Ctx, rows: readonly Row[]): Promise<(row: Row) => OnSuite | undefined> {
  const contents = new Map<string, OnSuite['content']>()
  for (const { suite_id: suiteId, suite_version: version } of rows) {
    if (suiteId === null || version === null || contents.has(`${suiteId} ${version}`)) continue
    const found = await readSuiteVersion(tx, { workspaceId: workspaceOf(ctx), suiteId, version })
    if (found) contents.set(`${suiteId} ${version}`, contentOf(found))
  }
  return ({ suite_id: suiteId, suite_version: suiteVersion, scenario_key: scenario, world, erased_at }) => {
    if (suiteId === null || suiteVersion === null || scenario === null || erased_at !== null) return undefined
    const content = contents.get(`${suiteId} ${suiteVersion}`)
    return content && { content, place: { suiteId, suiteVersion, world }, scenario }
  }
}

function endedSo(
  { id, policy_version_id: policyVersionId }: Row,
  { content, place, scenario }: OnSuite,
  success: boolean,
  failureId: string | null,
): Seen {
  const settings = content.scenarios.find(({ key }) => key === scenario)?.settings ?? {}
  const levels = Object.entries(settings).map(([factor, level]) => cohort(factor, level))
  const value = success ? 'success' : (failureId ?? UNEXPLAINED)
  return {
    series: 'success',
    about: { ...place, policyVersionId },
    known: ['success', ...content.failureIds, UNEXPLAINED],
    sighting: { id, value, cohorts: [cohort('scenario', scenario), ...levels] },
  }
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
