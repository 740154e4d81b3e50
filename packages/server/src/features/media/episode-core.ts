import type { Episode, EpisodeDetail, WireFault } from '@chiron/contract'
import type { Ctx } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { readConsentStates } from '../consent/index.ts'
import { calibrationOf, scaleOf } from './calibration-of.ts'
import { heldConsents } from './consents.ts'
import { quarantineOf } from './quarantine.ts'
import { type EpisodeRow, type Key, readEpisode } from './store.ts'

/** An episode as far as this feature knows it; titles and names are other features'. */
export type EpisodeSummary = Omit<Episode, 'campaignTitle' | 'workerPseudonym'> & { workerId: string | null }
export type EpisodeCore = EpisodeSummary &
  Pick<
    EpisodeDetail,
    | 'taskId'
    | 'submissionId'
    | 'sha256'
    | 'probe'
    | 'signals'
    | 'faults'
    | 'device'
    | 'redaction'
    | 'quarantine'
    | 'calibration'
    | 'scale'
    | 'consent'
  >

/** Rows for a list; whatever lies under a consent that has ended shows as frozen, even before the job has said so. */
export async function episodeSummaries(
  tx: Tx,
  ctx: Ctx,
  rows: readonly EpisodeRow[],
): Promise<EpisodeSummary[]> {
  const now = ctx.deps.clock.now()
  const held = new Set<string>()
  for (const workspaceId of new Set(rows.map((row) => row.workspace_id))) {
    const inside = rows.filter((row) => row.workspace_id === workspaceId)
    for (const id of await heldConsents(tx, workspaceId, inside, now)) held.add(id)
  }
  return rows.map((row) => summaryOf(row, held.has(row.consent_id)))
}

/** The episode's own part of its page, or undefined. What was measured is hidden once the consent has ended. */
export async function episodeCore(tx: Tx, ctx: Ctx, key: Key): Promise<EpisodeCore | undefined> {
  const row = await readEpisode(tx, key)
  if (!row) return undefined
  const [consent] = await readConsentStates(tx, key.workspaceId, [row.consent_id])
  const held = consent?.holds(ctx.deps.clock.now()) ?? false
  const summary = summaryOf(row, held)
  const visible = held && summary.state !== 'frozen' && summary.state !== 'erased'
  return {
    ...summary,
    taskId: row.task_id,
    submissionId: row.submission_id,
    sha256: row.sha256,
    probe: visible ? (row.probe as EpisodeDetail['probe']) : null,
    signals: visible ? (row.signals as EpisodeDetail['signals']) : [],
    faults: visible ? (row.faults as EpisodeDetail['faults']) : [],
    device: visible ? (row.device as EpisodeDetail['device']) : {},
    redaction: visible ? (row.redaction as EpisodeDetail['redaction']) : null,
    quarantine: visible ? quarantineOf(row) : null,
    calibration: visible ? await calibrationOf(tx, row) : null,
    scale: visible ? await scaleOf(tx, row) : null,
    consent: consent
      ? {
          id: consent.id,
          state: consent.state,
          noticeVersion: consent.noticeVersion,
          receiptHash: consent.receiptHash,
        }
      : null,
  }
}

function summaryOf(row: EpisodeRow, held: boolean): EpisodeSummary {
  const state = row.state as Episode['state']
  return {
    id: row.id,
    campaignId: row.campaign_id,
    state: held || state === 'erased' ? state : 'frozen',
    origin: row.origin as Episode['origin'],
    workerId: row.worker_id,
    recordedAt: row.recorded_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    durationMs: row.duration_ms,
    frameCount: row.frame_count,
    fps: row.fps,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    faultCount: (row.faults as WireFault[]).filter(({ severity }) => severity !== 'notice').length,
    verdict: row.verdict as Episode['verdict'],
  }
}
