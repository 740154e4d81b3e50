import { Refusal } from '@chiron/core/kit'
import { EncodedPacketSink, Input } from 'mediabunny'
import type { ByteSource } from '../io.ts'
import { mediaSource, recordBytes, VIDEO_FORMATS, videoTrack } from './probe-video.ts'

const START_CODE = [0, 0, 0, 1]
/** NAL unit types of ITU-T H.264 table 7-1. */
const NAL = { idr: 5, sequence: 7 } as const

/** One picture as a decoder takes it; `timeMs` from the first picture, by the clip's own clock. */
export type AvcFrame = { timeMs: number; isKey: boolean; bytes: Uint8Array }

/**
 * The pictures of an H.264 clip without B-frames, in Annex B (ITU-T H.264), nothing decoded. Those of a key frame
 * begin with the parameter sets, so that a reader may start at any of them.
 * @throws Refusal `video-not-h264`, `video-damaged`
 */
export async function readAvcFrames(source: ByteSource): Promise<AvcFrame[]> {
  const input = new Input({ source: mediaSource(source), formats: VIDEO_FORMATS })
  try {
    const track = await videoTrack(input)
    if ((await track.getCodec()) !== 'avc') throw new Refusal('video-not-h264', {}, 'The video is not H.264.')
    const record = recordBytes((await track.getDecoderConfig())?.description)
    const frames: AvcFrame[] = []
    let firstMs = 0
    for await (const packet of new EncodedPacketSink(track).packets()) {
      const timeMs = packet.timestamp * 1000
      if (frames.length === 0) firstMs = timeMs
      const isKey = packet.type === 'key'
      frames.push({ timeMs: timeMs - firstMs, isKey, bytes: annexB(packet.data, isKey, record) })
    }
    return frames
  } finally {
    input.dispose()
  }
}

/** Whether a picture begins a stream: a parameter set and a picture that needs no other. */
export function opensStream(bytes: Uint8Array): boolean {
  const types = new Set<number>()
  for (let at = 0; at + 4 < bytes.length; at++) {
    const isStart = bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 0 && bytes[at + 3] === 1
    if (isStart) types.add((bytes[at + 4] as number) & 31)
    if (types.has(NAL.idr)) break
  }
  return types.has(NAL.sequence) && types.has(NAL.idr)
}

/** `record` is the decoder configuration (ISO/IEC 14496-15 §5.3.3.1); without one the bytes are Annex B already. */
function annexB(data: Uint8Array, isKey: boolean, record: Uint8Array | undefined): Uint8Array {
  if (record === undefined) return data
  const units = lengthPrefixed(data, ((record[4] as number) & 3) + 1)
  const sets = isKey && !units.some((unit) => typeOf(unit) === NAL.sequence) ? parameterSets(record) : []
  return joined([...sets, ...units])
}

const typeOf = (unit: Uint8Array): number => (unit[0] ?? 0) & 31

function lengthPrefixed(data: Uint8Array, lengthBytes: number): Uint8Array[] {
  const units: Uint8Array[] = []
  for (let at = 0; at < data.length; ) {
    let length = 0
    for (let byte = 0; byte < lengthBytes; byte++) length = length * 256 + (data[at + byte] ?? 0)
    at += lengthBytes
    if (length === 0 || at + length > data.length) throw damaged()
    units.push(data.subarray(at, at + length))
    at += length
  }
  return units
}

function parameterSets(record: Uint8Array): Uint8Array[] {
  const sets: Uint8Array[] = []
  let at = 5
  for (const mask of [31, 255]) {
    const count = (record[at++] ?? 0) & mask
    for (let set = 0; set < count; set++) {
      const length = ((record[at] ?? 0) << 8) | (record[at + 1] ?? 0)
      if (length === 0 || at + 2 + length > record.length) throw damaged()
      sets.push(record.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
  }
  return sets
}

function joined(units: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(units.reduce((sum, unit) => sum + START_CODE.length + unit.length, 0))
  let at = 0
  for (const unit of units) {
    bytes.set(START_CODE, at)
    bytes.set(unit, at + START_CODE.length)
    at += START_CODE.length + unit.length
  }
  return bytes
}

function damaged(): Refusal {
  return new Refusal('video-damaged', {}, 'A picture of the video is damaged.')
}
