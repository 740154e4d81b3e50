import { Refusal } from '@chiron/core/kit'
import {
  CustomSource,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  MATROSKA,
  MP4,
  MPEG_TS,
  QTFF,
  UnsupportedInputFormatError,
  WEBM,
} from 'mediabunny'
import type { ByteSource } from '../io.ts'
import { avcPixelFormat } from './avc-pixel-format.ts'
import { frameRate } from './frame-rate.ts'
import { mp4Wholeness } from './mp4-boxes.ts'
import type { VideoProbe } from './video-probe.ts'

/** Longer clips are refused: LeRobot's float32 clock loses its 0.1 ms tolerance at 1024 s. */
export const MAX_VIDEO_MS = 1_000_000
/** 240 frames a second for as long as a clip may last. */
export const MAX_FRAMES = 240_000
export const MAX_SIDE_PX = 8192

/** The containers taken; naming them keeps every other parser out of the phone's bundle. */
export const VIDEO_FORMATS = [MP4, QTFF, MATROSKA, WEBM, MPEG_TS]

const CODECS = ['avc', 'hevc', 'vp8', 'vp9', 'av1']
const CONTAINERS: Record<string, string> = {
  MP4: 'mp4',
  'QuickTime File Format': 'mov',
  WebM: 'webm',
  Matroska: 'mkv',
  'MPEG Transport Stream': 'ts',
}

/**
 * Reads what a video is, and the time of every frame, without decoding it. `maxDurationMs` may lower
 * `MAX_VIDEO_MS` (a brief's own limit).
 * @throws Refusal `video-empty`, `video-not-a-video`, `video-truncated`, `video-no-track`,
 *   `video-too-long` (facts `durationMs`, `maxDurationMs`), `video-too-large` or
 *   `video-codec-unsupported` (facts `codec`); the message says in words what is the matter
 */
export async function probeVideo(
  source: ByteSource,
  options: { maxDurationMs?: number } = {},
): Promise<VideoProbe> {
  if (source.sizeBytes === 0) throw new Refusal('video-empty', {}, 'The file is empty (0 bytes).')
  const wholeness = await mp4Wholeness(source)
  if (wholeness === 'cut' || wholeness === 'no-index') throw truncated()
  const input = new Input({ source: mediaSource(source), formats: VIDEO_FORMATS })
  try {
    const track = await videoTrack(input)
    return await describe(input, track, Math.min(options.maxDurationMs ?? MAX_VIDEO_MS, MAX_VIDEO_MS))
  } catch (error) {
    throw asRefusal(error, wholeness === 'whole')
  } finally {
    input.dispose()
  }
}

/** A mediabunny source over bytes that can be read at any place. */
export function mediaSource(source: ByteSource): CustomSource {
  return new CustomSource({
    getSize: () => source.sizeBytes,
    read: (start, end) => source.read(start, end),
    prefetchProfile: 'fileSystem',
  })
}

/** The one video track of a clip. */
export async function videoTrack(input: Input): Promise<InputVideoTrack> {
  const track = await input.getPrimaryVideoTrack()
  if (track === null) throw new Refusal('video-no-track', {}, 'The file holds sound but no picture.')
  return track
}

async function describe(input: Input, track: InputVideoTrack, maxDurationMs: number): Promise<VideoProbe> {
  const codec = await track.getCodec()
  if (codec === null || !CODECS.includes(codec)) {
    const message = `The picture is stored in a way we cannot read (${codec ?? 'unknown codec'}).`
    throw new Refusal('video-codec-unsupported', { codec }, message)
  }
  const announcedMs = ((await track.getDurationFromMetadata()) ?? 0) * 1000
  refuseTooLong(announcedMs, maxDurationMs)
  const size = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() }
  if (Math.max(size.width, size.height) > MAX_SIDE_PX) {
    throw new Refusal('video-too-large', size, `The picture is larger than ${MAX_SIDE_PX} pixels on a side.`)
  }
  const packets = await readPackets(track, maxDurationMs)
  if (packets.endMs < announcedMs * 0.95 - 1000) throw truncated()
  const format = (await input.getFormat()).name
  const config = await track.getDecoderConfig()
  return {
    container: CONTAINERS[format] ?? format.toLowerCase(),
    codec,
    pixelFormat: codec === 'avc' ? avcPixelFormat(recordBytes(config?.description)) : 'unknown',
    ...size,
    hasSquarePixels: await hasSquarePixels(track),
    rotationDeg: await track.getRotation(),
    durationMs: packets.endMs - packets.startMs,
    frameCount: packets.packetTimesMs.length,
    packetTimesMs: packets.packetTimesMs,
    startMs: packets.startMs,
    ...frameRate(packets.packetTimesMs, packets.lastDurationMs),
    keyFrameIntervalMax: packets.keyFrameIntervalMax,
    hasBFrames: packets.hasBFrames,
    hasAudio: (await input.getAudioTracks()).length > 0,
  }
}

async function hasSquarePixels(track: InputVideoTrack): Promise<boolean> {
  const { num, den } = await track.getPixelAspectRatio()
  return num === den
}

async function readPackets(track: InputVideoTrack, maxDurationMs: number) {
  const sink = new EncodedPacketSink(track)
  const times: number[] = []
  let hasBFrames = false
  let keyFrameIntervalMax = 0
  let sinceKeyFrame = 0
  let endMs = 0
  let lastDurationMs = 0
  for await (const packet of sink.packets(undefined, undefined, { metadataOnly: true })) {
    const timeMs = packet.timestamp * 1000
    hasBFrames ||= times.length > 0 && timeMs <= (times[times.length - 1] as number)
    sinceKeyFrame = packet.type === 'key' ? 1 : sinceKeyFrame + 1
    keyFrameIntervalMax = Math.max(keyFrameIntervalMax, sinceKeyFrame)
    lastDurationMs = packet.duration * 1000
    endMs = Math.max(endMs, timeMs + lastDurationMs)
    times.push(timeMs)
    refuseTooLong(timeMs - (times[0] as number), maxDurationMs)
    if (times.length > MAX_FRAMES)
      throw new Refusal('video-too-long', { maxFrames: MAX_FRAMES }, 'Too many frames.')
  }
  const last = await sink.getPacket(Number.POSITIVE_INFINITY) // reads its bytes: a cut file fails here
  if (last === null || last.data.length === 0) throw truncated()
  const packetTimesMs = Float64Array.from(times).sort()
  const startMs = packetTimesMs[0] ?? 0
  return { packetTimesMs, startMs, endMs, lastDurationMs, keyFrameIntervalMax, hasBFrames }
}

function refuseTooLong(durationMs: number, maxDurationMs: number): void {
  if (durationMs <= maxDurationMs) return
  const words = `The video lasts ${minutes(durationMs)}; at most ${minutes(maxDurationMs)} is taken.`
  throw new Refusal('video-too-long', { durationMs, maxDurationMs }, words)
}

function minutes(durationMs: number): string {
  return durationMs < 120_000
    ? `${Math.round(durationMs / 1000)} s`
    : `${Math.round(durationMs / 60_000)} min`
}

function truncated(): Refusal {
  return new Refusal(
    'video-truncated',
    {},
    'The video is not complete: its end is missing. Send or film it again.',
  )
}

function asRefusal(error: unknown, isMp4: boolean): unknown {
  if (error instanceof Refusal) return error
  if (error instanceof UnsupportedInputFormatError && !isMp4) {
    return new Refusal('video-not-a-video', {}, 'This is not a video file (MP4, MOV, WebM or MKV).')
  }
  // The parser throws many kinds of errors on damaged input; none of them is a fault of ours.
  return new Refusal('video-truncated', { reason: String(error) }, 'The video is damaged or not complete.')
}

export function recordBytes(
  description: ArrayBufferView | ArrayBufferLike | undefined,
): Uint8Array | undefined {
  if (description === undefined) return undefined
  if (ArrayBuffer.isView(description)) {
    return new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
  }
  return new Uint8Array(description)
}
