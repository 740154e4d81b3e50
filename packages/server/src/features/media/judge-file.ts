import type { WireFault, WireProbe } from '@chiron/contract'
import {
  judgeTake,
  serverLimits,
  type TakeLimits,
  type TimedSignals,
  timingSignals,
} from '@chiron/core/episode'
import { Refusal } from '@chiron/core/kit'
import { extractFrame, probeFile, readFrameSignals } from '@chiron/formats/node'
import type { VideoProbe } from '@chiron/formats/video'
import type { FaceCheck } from './face-check/check-faces.ts'

/** A long clip keeps this many sampled pictures, evenly chosen: enough for a graph. */
const MAX_KEPT_SIGNALS = 3000
/** A server that cannot look must not say that the recording is bad. */
const OUR_FAULTS = new Set(['ffmpeg-missing'])

export interface FileToJudge {
  file: string
  limits: TakeLimits
  /** Imported recordings answer to no brief: what they look like is noted, not held against them. */
  isImport: boolean
  clockSkewMs: number | undefined
}

export interface Judgement {
  passes: boolean
  faults: WireFault[]
  probe: WireProbe | null
  signals: TimedSignals[]
  /** JPEG from the middle of the clip. */
  poster: Uint8Array | null
  /** Absent where nobody looked, null where nobody could. */
  faceCheck?: FaceCheck | null
}

/**
 * Reads a recording and judges it as the phone did, with the server's margin. A file that cannot be read as a video
 * gets one fault named after why (`video-empty`, `video-not-a-video`, `video-truncated`, `video-too-long`, …).
 */
export async function judgeFile(take: FileToJudge): Promise<Judgement> {
  try {
    const video = await probeFile(take.file)
    return await judgeVideo(take, video)
  } catch (cause) {
    if (!(cause instanceof Refusal) || OUR_FAULTS.has(cause.code) || isKilled(cause)) throw cause
    return { passes: false, faults: [unreadable(cause)], probe: null, signals: [], poster: null }
  }
}

async function judgeVideo({ file, limits, isImport, clockSkewMs }: FileToJudge, video: VideoProbe) {
  const { fps, droppedRatio, longestGapMs } = timingSignals([...video.packetTimesMs])
  const { durationMs, width, height } = video
  const allowed = serverLimits(limits)
  // Far too long is said at once: looking at every picture would only make the person wait.
  const signals = !isImport && durationMs > 2 * allowed.maxDurationMs ? [] : await readFrameSignals(file)
  const probe = { durationMs, width, height, fps, droppedRatio, longestGapMs, clockSkewMs }
  const verdict = judgeTake({ probe, signals, limits: allowed })
  const faults = verdict.faults.map(
    (fault): WireFault =>
      isImport && fault.severity === 'fixable' ? { ...fault, severity: 'notice' } : fault,
  )
  const wire: WireProbe = {
    codec: video.codec,
    width,
    height,
    rotationDeg: video.rotationDeg,
    durationMs,
    frameCount: video.frameCount,
    fps: video.constantRate ? video.fps : fps,
    constantRate: video.constantRate,
    droppedRatio,
    longestGapMs,
    hasAudio: video.hasAudio,
  }
  return {
    passes: faults.every(({ severity }) => severity === 'notice'),
    faults,
    probe: wire,
    signals: thinned(signals),
    poster: await extractFrame(file, durationMs / 2),
  }
}

function unreadable({ code, facts }: Refusal): WireFault {
  const { durationMs, maxDurationMs } = facts as { durationMs?: number; maxDurationMs?: number }
  return {
    code: code === 'ffmpeg-failed' ? 'video-damaged' : code,
    severity: 'fixable',
    fromMs: 0,
    toMs: 0,
    value: durationMs ?? null,
    limit: maxDurationMs ?? null,
  }
}

/** ffmpeg that was stopped from outside (memory, shutdown) says nothing about the recording. */
const isKilled = ({ code, facts }: Refusal): boolean => code === 'ffmpeg-failed' && facts.exitCode === null

function thinned(signals: readonly TimedSignals[]): TimedSignals[] {
  const step = Math.ceil(signals.length / MAX_KEPT_SIGNALS)
  return signals.filter((_, at) => at % step === 0)
}
