import type { EpisodeDetail, ReleaseOrderFormat } from '@chiron/contract'
import { Refusal } from '@chiron/core/kit'
import type { MotionStream } from '@chiron/core/motion'
import type { BodyNote, HandStream } from '@chiron/core/sight'
import { type DatasetWriter, openDatasetWriter } from '@chiron/formats/lerobot'
import { type CorrectedHandsRecord, recordingPath } from '@chiron/formats/mcap'
import {
  fileSource,
  type NativeVideo,
  type PreparedVideo,
  prepareNativeVideo,
  prepareVideo,
} from '@chiron/formats/node'
import {
  EPISODE_COLUMNS,
  type EpisodeProvenance,
  episodeColumns,
  type SealOrder,
} from '@chiron/formats/proof'
import { commonVideo, type ReleaseVideo } from '@chiron/formats/video'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import type { OpenedProof } from '../log/index.ts'
import { bodyIn, handsIn, motionIn, readableBlob, storedBlob } from '../media/index.ts'
import { labelsOf } from '../submission/index.ts'
import { BODY_FEATURES, bodyFrames, bodyTold, haveBody } from './body-of.ts'
import { type Candidate, type Choice, wordsOf } from './choose-episodes.ts'
import {
  CORRECTED_FEATURES,
  correctedFrames,
  correctedOf,
  correctionTold,
  haveCorrections,
} from './corrected-of.ts'
import { episodeProvenance } from './episode-provenance.ts'
import { FRAME_FEATURES, frameFeatures } from './frame-features.ts'
import { handsTold, type SightShape, sightFeatures, sightFrames, sightShape } from './hands-of.ts'
import { haveMotion, MOTION_FEATURES, motionFrames } from './motion-of.ts'
import { recordingOf } from './recording-of.ts'
import { redactionOf } from './redactions-of.ts'

export const CAMERA = 'observation.images.phone'

export interface Chosen extends Candidate {
  proof: OpenedProof
}

export interface DatasetOrder {
  folder: Parameters<typeof openDatasetWriter>[0]
  format: ReleaseOrderFormat
  /** Where videos are made; gone afterwards. */
  workFolder: string
  choice: Choice
  chosen: readonly Chosen[]
  /** Told after each episode. */
  onProgress(doneCount: number): Promise<void>
}

export interface Placed {
  episodeId: string
  consentId: string
  index: number
  frameCount: number
  /** Its own files in the release. */
  paths: string[]
}

export interface WrittenDataset {
  episodes: SealOrder['episodes'][number][]
  placed: Placed[]
  /** Chosen, but no video fit for the dataset could be made of them. */
  unfit: { episodeId: string; why: string }[]
  frameCount: number
  remuxedCount: number
  transcodedCount: number
}

/**
 * Writes the chosen recordings as a LeRobot dataset, as MCAP files or both, one by one: copied where possible, encoded
 * anew where not. The consent to each is looked at again just before its bytes are read; refuses `gone` when it has
 * ended.
 */
export async function writeDataset(ctx: Ctx, order: DatasetOrder): Promise<WrittenDataset> {
  const { folder, chosen, format, onProgress } = order
  const target = commonVideo(chosen.map(({ episode }) => episode.probe as never as ReleaseVideo))
  const hasMotion = format !== 'mcap' && (await haveMotion(ctx, chosen))
  const sight = format === 'mcap' ? NO_SIGHT : await sightShape(ctx, chosen)
  const hasBody = format !== 'mcap' && (await haveBody(ctx, chosen))
  const isCorrected = format !== 'mcap' && (await haveCorrections(ctx, chosen))
  const shape = {
    fps: target.fps,
    robotType: chosen.every(({ episode }) => episode.origin === 'simulated') ? 'simulated' : 'human',
    cameras: { [CAMERA]: { width: target.width, height: target.height } },
    features: {
      ...FRAME_FEATURES,
      ...(hasMotion ? MOTION_FEATURES : {}),
      ...sightFeatures(sight),
      ...(hasBody ? BODY_FEATURES : {}),
      ...(isCorrected ? CORRECTED_FEATURES : {}),
    },
    columns: EPISODE_COLUMNS,
  }
  const writer = format === 'mcap' ? undefined : openDatasetWriter(folder, shape)
  const dataset: WrittenDataset = {
    episodes: [],
    placed: [],
    unfit: [],
    frameCount: 0,
    remuxedCount: 0,
    transcodedCount: 0,
  }
  for (const [at, each] of chosen.entries()) {
    try {
      await writeEpisode(
        ctx,
        { ...order, writer, target, dataset, hasMotion, sight, hasBody, isCorrected },
        each,
      )
    } catch (cause) {
      if (!isUnfit(cause)) throw cause
      dataset.unfit.push({ episodeId: each.episode.id, why: cause.message })
    }
    await onProgress(at + 1)
  }
  await writer?.finish()
  return dataset
}

interface Writing extends DatasetOrder {
  /** None where no LeRobot dataset is asked for. */
  writer: DatasetWriter | undefined
  target: ReleaseVideo
  dataset: WrittenDataset
  /** Every episode says throughout how the phone moved. */
  hasMotion: boolean
  sight: SightShape
  /** Some episode shows a body. */
  hasBody: boolean
  /** People corrected the hands of some episode. */
  isCorrected: boolean
}

const NO_SIGHT: SightShape = { sides: [], metric: [], hasCovers: false, hasSheetCovers: false }

async function writeEpisode(ctx: Ctx, writing: Writing, each: Chosen): Promise<void> {
  const { dataset, choice } = writing
  const { episode, consent, proof } = each
  const key = { workspaceId: workspaceOf(ctx), id: episode.id }
  const blob = await read(ctx, (tx) => readableBlob(tx, ctx, key, 'video'))
  const videos = await ctx.deps.blobs.withPlainFile(storedBlob(blob), (file) => videosOf(writing, file))
  const { told, labels, corrected } = await read(ctx, async (tx) => ({
    told: await episodeProvenance(tx, ctx, { choice, candidate: each, proof }),
    labels: await labelsOf(tx, { workspaceId: key.workspaceId, episodeId: episode.id }),
    corrected: await correctedOf(tx, { workspaceId: key.workspaceId, episodeId: episode.id }),
  }))
  const provenance: EpisodeProvenance = {
    ...told,
    ...handsTold(videos.hands),
    ...bodyTold(videos.body),
    ...correctionTold(corrected),
    videos: videosTold(videos),
  }
  const paths = await writeFiles(writing, each, { videos, provenance, labels, corrected })
  const { prepared, native } = videos
  const frameCount = prepared?.video.probe.frameCount ?? native?.frames.length ?? 0
  const index = dataset.placed.length
  dataset.episodes.push({ provenance, logProof: proof.proofText })
  dataset.placed.push({ episodeId: episode.id, consentId: consent.id, index, frameCount, paths })
  dataset.frameCount += frameCount
  if (provenance.videos.every(({ made }) => made === 'remux')) dataset.remuxedCount += 1
  else dataset.transcodedCount += 1
}

/** The clip as each of the formats wants it, and what came behind its pictures. */
interface Videos {
  motion: MotionStream | undefined
  hands: HandStream | undefined
  body: BodyNote | undefined
  prepared: PreparedVideo | undefined
  native: NativeVideo | undefined
}

async function videosOf({ format, target, workFolder }: Writing, file: string): Promise<Videos> {
  const film = await fileSource(file)
  return {
    motion: await motionIn(film),
    hands: await handsIn(film),
    body: await bodyIn(film),
    prepared: format === 'mcap' ? undefined : await prepareVideo(file, { target, workFolder }),
    native: format === 'lerobot' ? undefined : await prepareNativeVideo(file, { workFolder }),
  }
}

function videosTold({ prepared, native }: Videos): EpisodeProvenance['videos'] {
  const told: EpisodeProvenance['videos'] = []
  const add = (format: 'lerobot' | 'mcap', { kind: made, reason: why }: NativeVideo['plan']) =>
    told.push({ format, camera: CAMERA, made, why })
  if (prepared) add('lerobot', prepared.plan)
  if (native) add('mcap', native.plan)
  return told
}

interface Ready {
  videos: Videos
  provenance: EpisodeProvenance
  labels: EpisodeDetail['labels']
  corrected: readonly CorrectedHandsRecord[]
}

/** Writes an episode's files and gives their paths. In both formats or in none: what may be refused comes first. */
async function writeFiles(
  { writer, folder, dataset, choice, hasMotion, sight, hasBody, isCorrected }: Writing,
  each: Chosen,
  { videos: { prepared, native, motion, hands, body }, provenance, labels, corrected }: Ready,
): Promise<string[]> {
  const episodeIndex = dataset.placed.length
  const tasks = [taskOf(choice)]
  const signals = each.episode.signals as EpisodeDetail['signals']
  const redaction = redactionOf(each.episode)
  const known = {
    episodeIndex,
    tasks,
    signals,
    labels,
    provenance,
    corrected,
    logProof: each.proof.proofText,
  }
  const recording = native && (await recordingOf({ ...known, motion, hands, body, redaction, video: native }))
  const paths: string[] = []
  if (writer && prepared) {
    const { dataPath, videoPaths } = await writer.addEpisode({
      tasks,
      frameCount: prepared.video.probe.frameCount,
      videos: { [CAMERA]: prepared.video },
      frames: {
        ...frameFeatures({ prepared, signals, labels }),
        ...(hasMotion && motion ? motionFrames(motion, prepared.nativeTimesMs) : {}),
        ...(hasBody ? bodyFrames(body, prepared) : {}),
        ...sightFrames({ shape: sight, hands, redaction, camera: provenance.camera, prepared }),
        ...(isCorrected ? correctedFrames(corrected, prepared) : {}),
      },
      columns: episodeColumns(provenance),
    })
    paths.push(dataPath, ...Object.values(videoPaths))
  }
  if (recording) {
    paths.push(recordingPath(episodeIndex))
    await folder.write(recordingPath(episodeIndex), recording)
  }
  return paths
}

/** The instruction people were given, in the words of the brief. */
function taskOf({ campaign }: Choice): string {
  const titles = Object.entries(campaign.briefs).map(([locale, brief]) => [locale, brief.title] as const)
  return wordsOf(Object.fromEntries(titles)) || wordsOf(campaign.title)
}

/** The recording is at fault, not the server or the consent. */
function isUnfit(cause: unknown): cause is Refusal {
  if (!(cause instanceof Refusal)) return false
  // ffmpeg that was stopped from outside says nothing about the recording.
  if (cause.code === 'ffmpeg-failed') return cause.facts.exitCode !== null
  return cause.code === 'episode-invalid' || cause.code.startsWith('video-')
}
