import { intrinsicsAt, scaleAt } from '@chiron/core/camera'
import { assert, jcs, sha256, toHex } from '@chiron/core/kit'
import type {
  EpisodeBasis,
  EpisodeCamera,
  EpisodeOrigin,
  EpisodeProvenance,
  EpisodeScale,
} from '@chiron/formats/proof'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import type { Tx } from '../../platform/tx.ts'
import { VERSION } from '../../platform/version.ts'
import { countriesOf, pseudonymsOf } from '../account/index.ts'
import type { OpenedProof } from '../log/index.ts'
import { calibrationOf, scaleOf } from '../media/index.ts'
import { readSubmission } from '../submission/index.ts'
import type { Candidate, Choice } from './choose-episodes.ts'
import { redactionOf, redactionsTold } from './redactions-of.ts'

/** All of a provenance that is known before its video is read. */
export type ToldProvenance = Omit<EpisodeProvenance, 'videos' | 'hands' | 'body' | 'correctedHands'>

/** Where a recording comes from, as far as may be told: no name, no place finer than a country, no time finer than a day. */
export async function episodeProvenance(
  tx: Tx,
  ctx: Ctx,
  { choice, candidate, proof }: { choice: Choice; candidate: Candidate; proof: OpenedProof },
): Promise<ToldProvenance> {
  const { episode, consent } = candidate
  const workspaceId = workspaceOf(ctx)
  const workerIds = episode.worker_id === null ? [] : [episode.worker_id]
  const pseudonyms = await pseudonymsOf(tx, workspaceId, workerIds)
  const countries = await countriesOf(tx, workspaceId, workerIds)
  const device = episode.device as { tier?: string; appVersion?: string }
  const verdict = episode.verdict as { label: string; probability: number; by: string } | null
  const { submission_id: submissionId } = episode
  const take = submissionId === null ? undefined : await readSubmission(tx, { workspaceId, id: submissionId })
  const camera = await cameraOf(tx, candidate)
  const scale = await scaleIn(tx, candidate)
  return {
    episodeId: episode.id,
    origin: episode.origin as EpisodeOrigin,
    basis: basisOf(candidate),
    parents: [{ role: 'recording', sha256: episode.sha256 }],
    workerPseudonym: pseudonyms.get(episode.worker_id ?? '') ?? episode.origin,
    recordedDay: (episode.recorded_at ?? episode.created_at).toISOString().slice(0, 10),
    country: countryCode(countries.get(episode.worker_id ?? '')),
    deviceTier: device.tier ?? episode.origin,
    appVersion: device.appVersion ?? VERSION,
    task: {
      id: episode.task_id ?? choice.campaign.id,
      version: take ? `terms ${take.terms_version}` : episode.origin,
    },
    consent: {
      receiptSha256: receiptHashOf(candidate),
      purposes: [choice.purpose],
      expiresAt: consent.expiresAt?.toISOString() ?? null,
    },
    ...redactionsTold(redactionOf(episode)),
    ...(camera ? { camera } : {}),
    ...(scale ? { scale } : {}),
    review: {
      outcome: verdict?.label ?? 'accepted',
      decidedBy: verdict?.by ?? 'checks',
      probability: verdict?.probability ?? null,
    },
    log: {
      index: proof.leafIndex,
      entry: JSON.parse(proof.entry),
      facts: proof.committed,
      saltHex: proof.saltHex,
    },
  }
}

/** The camera at the size it filmed with; undefined where nothing is known that holds for a picture of that shape. */
export async function cameraOf(tx: Tx, { episode }: Candidate): Promise<EpisodeCamera | undefined> {
  const calibration = await calibrationOf(tx, episode)
  if (calibration === null) return undefined
  const { intrinsics, rmsPx, tool, madeAt } = calibration
  const { width, height } = episode
  const fitting = width && height ? intrinsicsAt(intrinsics, { width, height }) : undefined
  return fitting && { ...fitting, rmsPx, calibratedDay: madeAt.slice(0, 10), tool }
}

/** The scale at the size it filmed with; undefined where none was measured or it is stale for another reason than its size. */
async function scaleIn(tx: Tx, { episode }: Candidate): Promise<EpisodeScale | undefined> {
  const scale = await scaleOf(tx, episode)
  const { width, height } = episode
  if (scale === null || !width || !height || scale.stale.some((reason) => reason !== 'other-size'))
    return undefined
  const fitting = scaleAt({ ...scale, device: '' }, { width, height })
  if (fitting === undefined) return undefined
  const { kind, mmPerPx, errorRatio, tiltRatio, corners, tool, madeAt } = fitting
  const filmedMs = (episode.recorded_at ?? episode.created_at).getTime()
  const minutesBefore = Math.round((filmedMs - Date.parse(madeAt)) / 60_000)
  return { kind, width, height, mmPerPx, errorRatio, tiltRatio, corners, minutesBefore, tool }
}

/** What was computed has nobody in it; all else rests on what its consent row says. */
function basisOf({ episode, consent }: Candidate): EpisodeBasis {
  if (episode.origin === 'simulated') return 'simulated'
  return consent.basis === 'consent' ? 'consent' : 'attested'
}

/**
 * Digest of the consent's receipt. For imported recordings, whose people gave no consent here, that of the member's
 * statement of the rights to them.
 */
export function receiptHashOf({ episode, consent }: Candidate): string {
  if (consent.basis === 'consent') {
    assert(consent.receiptHash !== null, 'a consent that holds has its receipt')
    return consent.receiptHash
  }
  const { rights = '' } = episode.device as { rights?: string }
  return toHex(sha256(jcs({ basis: 'attested', consentId: consent.id, rights })))
}

const countryCode = (country: string | undefined): string | null =>
  country !== undefined && /^[A-Z]{2}$/.test(country) ? country : null
