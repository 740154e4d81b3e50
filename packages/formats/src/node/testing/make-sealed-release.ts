import { readFile } from 'node:fs/promises'
import { sha256, toHex } from '@chiron/core/kit'
import {
  type Checkpoint,
  encodeTlogProof,
  inclusionProof,
  integrate,
  leafHash,
  logEntry,
  saltedCommitment,
  signCheckpoint,
  verifierKeyOf,
} from '@chiron/core/log'
import type { WriteFolder } from '../../io.ts'
import { type DatasetShape, openDatasetWriter } from '../../lerobot/index.ts'
import { recordingPath, writeRecording } from '../../mcap/index.ts'
import {
  EPISODE_COLUMNS,
  type EpisodeCamera,
  type EpisodeProvenance,
  episodeColumns,
  provenanceText,
  RELEASE_FORMATS,
  type ReleaseFacts,
  type ReleaseFormat,
  type SealOrder,
} from '../../proof/index.ts'
import { writeProofs } from '../../proof/seal-release.ts'
import type { VideoPlan } from '../../video/index.ts'
import { prepareNativeVideo } from '../prepare-native-video.ts'
import { type PreparedVideo, prepareVideo } from '../prepare-video.ts'
import { zstd } from '../zstd.ts'

export const CAMERA = 'observation.images.phone'
const LOG_SIZE = 37

export const RELEASE_SIGNER = { name: 'team.example/release', secretKey: new Uint8Array(32).fill(5) }
export const LOG_SIGNER = { name: 'team.example/log', secretKey: new Uint8Array(32).fill(6) }

export const FACTS: ReleaseFacts = {
  releaseId: '01938f00-0000-7000-8000-000000000001',
  title: 'Hands at work',
  description: 'A hand moves in front of a phone.',
  licence: 'For the purposes named here only',
  createdAt: '2026-11-22T12:00:00.000Z',
  team: 'Example Robotics',
  campaign: { id: '01938f00-0000-7000-8000-0000000000c1', title: 'Move a hand', kind: 'demonstrate' },
  ontology: { id: 'tabletop', version: 3 },
  purposes: ['train-robot-policies'],
  software: { name: 'chiron', version: '0.1.0' },
}

/**
 * Writes a small release with all its proofs into `folder` (not committed), one episode per clip. `change` may
 * spoil a provenance before it is signed.
 */
export async function makeSealedRelease(
  folder: WriteFolder,
  clips: readonly string[],
  change: (provenance: EpisodeProvenance) => EpisodeProvenance = (provenance) => provenance,
  formats: readonly ReleaseFormat[] = RELEASE_FORMATS,
): Promise<void> {
  const prepared: PreparedVideo[] = []
  for (const clip of clips) prepared.push(await prepareVideo(clip))
  const { width, height } = prepared[0]!.video.probe
  const shape: DatasetShape = {
    fps: prepared[0]!.plan.target.fps,
    robotType: 'human',
    cameras: { [CAMERA]: { width, height } },
    features: { 'annotation.outcome_index': { dtype: 'int64', names: ['outcome_index'] } },
    columns: EPISODE_COLUMNS,
  }
  const writer = formats.includes('lerobot') ? openDatasetWriter(folder, shape) : undefined
  const story = makeStory(clips.length)
  const episodes: SealOrder['episodes'][number][] = []
  for (const [index, { video, plan }] of prepared.entries()) {
    const recording = toHex(sha256(await readFile(clips[index] as string)))
    const { provenance: told, logProof } = story.episode(index, recording, plan)
    const provenance = change(told)
    const frames = { 'annotation.outcome_index': new Array(video.probe.frameCount).fill(index % 2) }
    const tasks = [index % 2 === 0 ? 'wave the hand' : 'close the hand']
    const { frameCount } = video.probe
    const columns = episodeColumns(provenance)
    await writer?.addEpisode({ tasks, frameCount, videos: { [CAMERA]: video }, frames, columns })
    episodes.push({ provenance, logProof })
    if (formats.includes('mcap'))
      await folder.write(
        recordingPath(index),
        await recordingOf(clips[index] as string, index, { provenance, logProof }),
      )
  }
  await writer?.finish()
  await writeProofs(folder, { ...story.order, episodes })
}

type Told = SealOrder['episodes'][number]

async function recordingOf(clip: string, index: number, { provenance, logProof }: Told): Promise<Uint8Array> {
  const video = await prepareNativeVideo(clip)
  const sample = { brightness: 0.5, clippedRatio: 0.01, sharpness: 120, motion: 0.1 }
  const input = {
    episodeIndex: index,
    episodeId: provenance.episodeId,
    tasks: [index % 2 === 0 ? 'wave the hand' : 'close the hand'],
    video,
    signals: [0, 100, 200].map((timeMs) => ({ timeMs, ...sample })),
    notes: [{ timeMs: 150, text: 'it moves here' }],
    facts: episodeColumns(provenance),
    provenance: provenanceText(provenance),
    logProof,
  }
  return writeRecording(input, zstd)
}

/** A made-up story to seal releases with: provenance, log entries and receipts for `episodeCount` episodes. */
export function makeStory(episodeCount: number) {
  const { checkpoint, entries } = makeLog(episodeCount)
  const order = { facts: FACTS, checkpoint, logKey: verifierKeyOf(LOG_SIGNER), signer: RELEASE_SIGNER }
  const episode = (
    index: number,
    recordingSha256: string,
    plan: VideoPlan,
  ): SealOrder['episodes'][number] => {
    const entry = entries[index] as MadeEntry
    const camera = index === 0 ? { camera: KNOWN_CAMERA } : {}
    return { provenance: { ...describe(entry, recordingSha256, plan), ...camera }, logProof: entry.proof }
  }
  return { order, episode }
}

/** The first episode's camera is known. */
export const KNOWN_CAMERA: EpisodeCamera = {
  width: 640,
  height: 360,
  fx: 520,
  fy: 521,
  cx: 320,
  cy: 180,
  distortion: [0.1, -0.02, 0.001, -0.002, 0],
  rmsPx: 0.25,
  calibratedDay: '2026-11-02',
  tool: { name: '@techstark/opencv-js', version: '4.12.0-release.1' },
}

function describe(entry: MadeEntry, recordingSha256: string, plan: VideoPlan): EpisodeProvenance {
  return {
    episodeId: entry.episodeId,
    origin: 'phone',
    basis: 'consent',
    parents: [{ role: 'recording', sha256: recordingSha256 }],
    workerPseudonym: 'w-7f3a',
    recordedDay: '2026-11-20',
    country: 'PT',
    deviceTier: 'middle',
    appVersion: '0.1.0',
    task: { id: 'wave', version: '2' },
    consent: {
      receiptSha256: toHex(sha256(`receipt of ${entry.episodeId}`)),
      purposes: ['train-robot-policies', 'evaluate-robot-policies'],
      expiresAt: '2028-11-20T00:00:00.000Z',
    },
    redactions: [
      { kind: 'faces-filled', tool: 'chiron-capture', version: '0.1.0', spanCount: 2, coveredMs: 1500 },
      { kind: 'sound-dropped', tool: 'chiron-capture', version: '0.1.0' },
    ],
    review: { outcome: 'success', decidedBy: 'consensus', probability: 0.97 },
    videos: [{ format: 'lerobot', camera: CAMERA, made: plan.kind, why: plan.reason }],
    log: { index: entry.index, entry: entry.entry, facts: entry.facts, saltHex: toHex(SALT) },
  }
}

type MadeEntry = ReturnType<typeof makeEntry> & { index: number; proof: string }
const SALT = new Uint8Array(16).fill(9)

function makeEntry(episodeNumber: number) {
  const id = (kind: string) => `01938f00-0000-7000-8000-${kind}${String(episodeNumber).padStart(8, '0')}`
  const episodeId = id('e0e0')
  const facts = { episodeId, outcome: 'success' }
  const entry = {
    id: id('abcd'),
    at: '2026-11-21T09:00:00.000Z',
    action: 'episode.accept',
    actor: 'system',
    subject: `episode:${episodeId}`,
    factsDigest: saltedCommitment(SALT, facts),
  }
  return { episodeId, facts, entry }
}

function makeLog(episodeCount: number): { checkpoint: string; entries: MadeEntry[] } {
  const all = Array.from({ length: LOG_SIZE }, (_, at) => makeEntry(at))
  const hashes = new Map<string, Uint8Array>()
  const readHash = (level: number, index: number) => hashes.get(`${level} ${index}`) as Uint8Array
  const leafHashes = all.map(({ entry }) => leafHash(logEntry(entry)))
  const grown = integrate({ size: 0, readHash, leafHashes })
  for (const { level, index, hash } of grown.stored) hashes.set(`${level} ${index}`, hash)
  const state: Checkpoint = { origin: LOG_SIGNER.name, size: grown.size, root: grown.root }
  const checkpoint = signCheckpoint(state, LOG_SIGNER.secretKey)
  const entries = Array.from({ length: episodeCount }, (_, number) => {
    const index = number * 5 + 3
    const proof = encodeTlogProof({ index, proof: inclusionProof(index, LOG_SIZE, readHash), checkpoint })
    return { ...(all[index] as ReturnType<typeof makeEntry>), index, proof }
  })
  return { checkpoint, entries }
}
