import type { LogEntry } from '@chiron/core/log'
import type { CoveredSpan } from '@chiron/core/sight'
import type { ReleaseFormat } from './contents.ts'

/** Where the parts of the proof stand in a release. */
export const PATHS = {
  card: 'README.md',
  croissant: 'croissant.json',
  manifest: 'chiron/manifest.json',
  attestation: 'chiron/attestation.dsse.json',
  releaseKey: 'chiron/release.key',
  checkpoint: 'chiron/log/checkpoint',
  logKey: 'chiron/log/verifier.key',
  episode: (episodeId: string) => `chiron/episodes/${episodeId}.json`,
  proof: (episodeId: string) => `chiron/proofs/${episodeId}.tlog-proof`,
} as const

export const MANIFEST_FORMAT = 'chiron-release'
export const MANIFEST_VERSION = 1
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
export const PREDICATE_TYPE = 'urn:chiron:release:v1'
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** What a release is about. Times are ISO 8601 in UTC. `purposes` are the uses it is made for. */
export type ReleaseFacts = {
  releaseId: string
  title: string
  description: string
  licence: string
  createdAt: string
  team: string
  campaign: { id: string; title: string; kind: string }
  ontology: { id: string; version: number }
  purposes: string[]
  software: { name: string; version: string }
}

/** How a recording came in: filmed in the worker app, brought by the team, or computed. */
export type EpisodeOrigin = 'phone' | 'import' | 'simulated'

/**
 * What an episode rests on: the consent of whoever filmed it, the team's statement that it holds the rights to what
 * it brought, or nobody, because it was computed.
 */
export type EpisodeBasis = 'consent' | 'attested' | 'simulated'

/** OpenCV's pinhole model in pixels (`distortion`: k1, k2, p1, p2, k3), and how far the board's corners missed. */
export type EpisodeCamera = {
  width: number
  height: number
  fx: number
  fy: number
  cx: number
  cy: number
  distortion: number[]
  rmsPx: number
  calibratedDay: string
  tool: { name: string; version: string }
}

/**
 * Millimetres a pixel in the plane a bank card lay on, for a picture of `width` × `height`: a scale, no intrinsics, true as long as
 * the phone stood where it stood. `corners`: of the card, pixels, in order, the first two on a long side: with the card's
 * 85.60 × 53.98 mm they place every pixel of that plane. `errorRatio`: standard error as a share. `minutesBefore`: how
 * long before filming it was measured.
 */
export type EpisodeScale = {
  kind: 'bank-card'
  width: number
  height: number
  mmPerPx: number
  errorRatio: number
  tiltRatio: number
  corners: { x: number; y: number }[]
  minutesBefore: number
  tool: { name: string; version: string }
}

/**
 * Something that was taken out of an episode before it left the phone. `faces-filled` says how many stretches and how long
 * in all; `faces-looked-for`: none was found.
 * Likewise `sheets-…`, screens and papers, of which `sheets-kept` counts those that their maker said show nothing private.
 */
export type EpisodeRedaction = {
  kind:
    | 'faces-filled'
    | 'faces-looked-for'
    | 'sheets-filled'
    | 'sheets-kept'
    | 'sheets-looked-for'
    | 'background-removed'
    | 'sound-dropped'
    | 'dates-stripped'
  tool: string
  version: string
  models?: string[]
  spanCount?: number
  /** How many screens and papers. */
  sheetCount?: number
  coveredMs?: number
}

/** What saw the hands on the phone; `lookCount`: how often it looked. */
export type EpisodeHands = { tool: string; version: string; model: string; lookCount: number }

/** What saw the body on the phone; `modelSha256` of the model's file. */
export type EpisodeBody = EpisodeHands & { modelSha256: string }
/** Why nothing looked for the body though the campaign asked for it. */
export type EpisodeBodyAbsence = { absent: 'device' | 'not-fetched' | 'failed' }
/** How many moments of its hands people corrected, by how many answers at most, and whether a member settled any. */
export type EpisodeCorrection = { momentCount: number; answerCount: number; byMember: boolean }

/**
 * Where an episode comes from, as far as may be told: no name, no place finer than a country, no time finer
 * than a day. `parents` are digests of what was uploaded. `workerPseudonym` is made for this release or team.
 * `consent.receiptSha256` is the digest of the consent's receipt, or of the statement where `basis` is no consent.
 * `log.facts` and `log.saltHex`, when given, open the entry's commitment.
 */
export type EpisodeProvenance = {
  episodeId: string
  origin: EpisodeOrigin
  basis: EpisodeBasis
  parents: { role: string; sha256: string }[]
  workerPseudonym: string
  recordedDay: string
  country: string | null
  deviceTier: string
  appVersion: string
  task: { id: string; version: string }
  consent: { receiptSha256: string; purposes: string[]; expiresAt: string | null }
  redactions: EpisodeRedaction[]
  /** Which places of the picture were filled when, on the film's clock; absent where none was. */
  covers?: CoveredSpan[]
  /** The same of screens and papers. */
  sheetCovers?: CoveredSpan[]
  hands?: EpisodeHands
  /** Absent where the campaign did not ask for the body. */
  body?: EpisodeBody | EpisodeBodyAbsence
  /** Beside `hands`; absent where nobody was asked, or what they said does not stand. */
  correctedHands?: EpisodeCorrection
  /** What the phone found out about its camera, at the picture size it filmed with; absent where it knew nothing. */
  camera?: EpisodeCamera
  /** What a bank card told of the plane worked on; absent where nobody measured, or it no longer counted. */
  scale?: EpisodeScale
  review: { outcome: string; decidedBy: string; probability: number | null }
  videos: { format: ReleaseFormat; camera: string; made: 'remux' | 'transcode'; why: string }[]
  log: { index: number; entry: LogEntry; facts?: unknown; saltHex?: string }
}

/** As written into the release: with its number and the digests of its files. */
export type ReleasedEpisode = EpisodeProvenance & {
  episodeIndex: number
  files: { path: string; sha256: string }[]
}

/** The manifest's line about an episode; what the log says and each cover stand in the episode's own file. */
export type ManifestEpisode = Omit<ReleasedEpisode, 'log' | 'covers'> & {
  logIndex: number
  provenance: string
}

export type ManifestFile = { path: string; sizeBytes: number; sha256: string }

/**
 * `chiron/manifest.json`. `files` are all but the manifest itself and the attestation over it. Where `formats` is
 * missing, the release is older than MCAP and holds LeRobot alone.
 */
export type ReleaseManifest = ReleaseFacts & {
  format: typeof MANIFEST_FORMAT
  formatVersion: typeof MANIFEST_VERSION
  formats?: ReleaseFormat[]
  keys: { release: string; log: string }
  episodes: ManifestEpisode[]
  files: ManifestFile[]
}

export type Statement = {
  _type: typeof STATEMENT_TYPE
  subject: { name: string; digest: { sha256: string } }[]
  predicateType: typeof PREDICATE_TYPE
  predicate: { releaseId: string; title: string; createdAt: string; episodeCount: number; software: string }
}

export function manifestEpisode(episode: ReleasedEpisode): ManifestEpisode {
  const { log, covers, ...rest } = episode
  return { ...rest, logIndex: log.index, provenance: PATHS.episode(episode.episodeId) }
}

/** A provenance as it lies inside a recording: all that is known before the file has a digest. */
export function provenanceText(episode: EpisodeProvenance | ReleasedEpisode): string {
  const { episodeIndex, files, ...provenance } = episode as ReleasedEpisode
  return JSON.stringify(provenance)
}
