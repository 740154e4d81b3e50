import type { EpisodeColumnType, EpisodeColumnValue } from '../lerobot/index.ts'
import type { EpisodeCamera, EpisodeProvenance } from './manifest.ts'

/** Columns of `meta/episodes` by which a user filters on provenance and label. For `DatasetShape.columns`. */
export const EPISODE_COLUMNS: Record<string, EpisodeColumnType> = {
  'provenance.episode_id': 'string',
  'provenance.episode_sha256': 'string',
  'provenance.origin': 'string',
  'provenance.basis': 'string',
  'provenance.worker': 'string',
  'provenance.recorded_day': 'string',
  'provenance.country': 'string',
  'provenance.device_tier': 'string',
  'provenance.app_version': 'string',
  'provenance.task_id': 'string',
  'provenance.task_version': 'string',
  'provenance.consent_receipt_hash': 'string',
  'provenance.log_index': 'int64',
  'camera.width': 'int64',
  'camera.height': 'int64',
  'camera.fx': 'float64',
  'camera.fy': 'float64',
  'camera.cx': 'float64',
  'camera.cy': 'float64',
  'camera.k1': 'float64',
  'camera.k2': 'float64',
  'camera.p1': 'float64',
  'camera.p2': 'float64',
  'camera.k3': 'float64',
  'camera.rms_px': 'float64',
  'scale.kind': 'string',
  'scale.width': 'int64',
  'scale.height': 'int64',
  'scale.mm_per_px': 'float64',
  'scale.error_ratio': 'float64',
  'scale.tilt_ratio': 'float64',
  'scale.corners_px': 'string',
  'scale.minutes_before': 'int64',
  'redaction.kinds': 'string',
  'redaction.tool': 'string',
  'redaction.faces_covered_seconds': 'float64',
  'redaction.sheets_flagged': 'int64',
  'redaction.sheets_covered_seconds': 'float64',
  'hands.tool': 'string',
  'hands.model': 'string',
  'hands.look_count': 'int64',
  'body.tool': 'string',
  'body.model': 'string',
  'body.model_sha256': 'string',
  'body.look_count': 'int64',
  'body.absent': 'string',
  'hands_corrected.moment_count': 'int64',
  'hands_corrected.answer_count': 'int64',
  'label.outcome': 'string',
  'label.decided_by': 'string',
  'label.probability': 'float64',
}

/** The values of `EPISODE_COLUMNS` for an episode; the digest is that of its first parent, the recording. */
export function episodeColumns(episode: EpisodeProvenance): Record<string, EpisodeColumnValue> {
  return {
    'provenance.episode_id': episode.episodeId,
    'provenance.episode_sha256': episode.parents[0]?.sha256 ?? null,
    'provenance.origin': episode.origin,
    'provenance.basis': episode.basis,
    'provenance.worker': episode.workerPseudonym,
    'provenance.recorded_day': episode.recordedDay,
    'provenance.country': episode.country,
    'provenance.device_tier': episode.deviceTier,
    'provenance.app_version': episode.appVersion,
    'provenance.task_id': episode.task.id,
    'provenance.task_version': episode.task.version,
    'provenance.consent_receipt_hash': episode.consent.receiptSha256,
    'provenance.log_index': episode.log.index,
    ...cameraColumns(episode.camera),
    ...scaleColumns(episode),
    ...redactionColumns(episode),
    ...handsColumns(episode),
    ...bodyColumns(episode),
    'label.outcome': episode.review.outcome,
    'label.decided_by': episode.review.decidedBy,
    'label.probability': episode.review.probability,
  }
}

/** The camera as it filmed: whoever uses a video of another size scales them with it. Nulls where nothing is known. */
function cameraColumns(camera: EpisodeCamera | undefined): Record<string, EpisodeColumnValue> {
  const [k1, k2, p1, p2, k3] = camera?.distortion ?? []
  const { width, height, fx, fy, cx, cy, rmsPx } = camera ?? {}
  const told = { width, height, fx, fy, cx, cy, k1, k2, p1, p2, k3, rms_px: rmsPx }
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [`camera.${name}`, value ?? null]))
}

/** `corners_px` as JSON: x and y of four corners. */
function scaleColumns({ scale }: EpisodeProvenance): Record<string, EpisodeColumnValue> {
  return {
    'scale.kind': scale?.kind ?? null,
    'scale.width': scale?.width ?? null,
    'scale.height': scale?.height ?? null,
    'scale.mm_per_px': scale?.mmPerPx ?? null,
    'scale.error_ratio': scale?.errorRatio ?? null,
    'scale.tilt_ratio': scale?.tiltRatio ?? null,
    'scale.corners_px': scale ? JSON.stringify(scale.corners.map(({ x, y }) => [x, y])) : null,
    'scale.minutes_before': scale?.minutesBefore ?? null,
  }
}

/** Nulls where nothing redacted the film, as it is with what a team brought, or nothing looked for screens and papers. */
function redactionColumns({ redactions }: EpisodeProvenance): Record<string, EpisodeColumnValue> {
  const [first] = redactions
  const covered = redactions.find(({ kind }) => kind === 'faces-filled')
  const sheets = redactions.filter(({ kind }) => kind.startsWith('sheets-'))
  const sheetsMs = sheets.reduce((sum, { coveredMs = 0 }) => sum + coveredMs, 0)
  return {
    'redaction.kinds': first ? redactions.map(({ kind }) => kind).join(' ') : null,
    'redaction.tool': first ? `${first.tool} ${first.version}` : null,
    'redaction.faces_covered_seconds': first ? (covered?.coveredMs ?? 0) / 1000 : null,
    'redaction.sheets_flagged':
      sheets.length > 0 ? sheets.reduce((sum, { sheetCount = 0 }) => sum + sheetCount, 0) : null,
    'redaction.sheets_covered_seconds': sheets.length > 0 ? sheetsMs / 1000 : null,
  }
}

function handsColumns({ hands, correctedHands }: EpisodeProvenance): Record<string, EpisodeColumnValue> {
  return {
    'hands.tool': hands ? `${hands.tool} ${hands.version}` : null,
    'hands.model': hands?.model ?? null,
    'hands.look_count': hands?.lookCount ?? null,
    'hands_corrected.moment_count': correctedHands?.momentCount ?? null,
    'hands_corrected.answer_count': correctedHands?.answerCount ?? null,
  }
}

/** `absent`: why it was not looked for. All null where the campaign did not ask for it. */
function bodyColumns({ body }: EpisodeProvenance): Record<string, EpisodeColumnValue> {
  const seen = body && 'tool' in body ? body : undefined
  return {
    'body.tool': seen ? `${seen.tool} ${seen.version}` : null,
    'body.model': seen?.model ?? null,
    'body.model_sha256': seen?.modelSha256 ?? null,
    'body.look_count': seen?.lookCount ?? null,
    'body.absent': body && 'absent' in body ? body.absent : null,
  }
}
