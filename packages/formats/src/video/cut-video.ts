import { assert, Refusal } from '@chiron/core/kit'
import { type EncodedPacket, EncodedPacketSink, Input, type InputVideoTrack } from 'mediabunny'
import { type ByteSource, readAll } from '../io.ts'
import { mediaSource, VIDEO_FORMATS, videoTrack } from './probe-video.ts'
import { MAX_REMUX_BYTES } from './remux-for-lerobot.ts'
import { writeMp4 } from './write-mp4.ts'

/** Times within this of each other are the same moment: LeRobot's clocks are float32. */
const SAME_SECONDS = 1e-3

/** A piece of a film as a file of its own. `startMs`: where its first picture is, from where the piece was to begin. */
type CutVideo = { bytes: Uint8Array<ArrayBuffer>; startMs: number }

/**
 * The pictures of a film from `fromSeconds` up to `toSeconds` as an MP4 of their own, nothing decoded. Where no key
 * frame stands at the beginning, it begins with the one before, and `startMs` is below 0. A film that has no other
 * pictures is given as it is.
 * @throws Refusal `video-piece-missing` when the film has no picture there, `video-too-large`, those of `probeVideo`
 */
export async function cutVideo(
  source: ByteSource,
  { fromSeconds, toSeconds }: { fromSeconds: number; toSeconds: number },
): Promise<CutVideo> {
  const input = new Input({ source: mediaSource(source), formats: VIDEO_FORMATS })
  try {
    const track = await videoTrack(input)
    const sink = new EncodedPacketSink(track)
    const first = await sink.getKeyPacket(fromSeconds + SAME_SECONDS)
    const last = await sink.getPacket(Number.POSITIVE_INFINITY, { metadataOnly: true })
    const isThere = last !== null && last.timestamp + last.duration > fromSeconds + SAME_SECONDS
    if (first === null || !isThere || first.timestamp >= toSeconds - SAME_SECONDS)
      throw missing(fromSeconds, toSeconds)
    const startMs =
      Math.abs(first.timestamp - fromSeconds) < SAME_SECONDS ? 0 : (first.timestamp - fromSeconds) * 1000
    const start = await sink.getFirstPacket({ metadataOnly: true })
    if (start?.timestamp === first.timestamp && last.timestamp < toSeconds - SAME_SECONDS) {
      refuseLarge(source.sizeBytes)
      return { bytes: await readAll(source), startMs }
    }
    return { bytes: await copied(track, sink, { first, toSeconds }), startMs }
  } finally {
    input.dispose()
  }
}

async function copied(
  track: InputVideoTrack,
  sink: EncodedPacketSink,
  { first, toSeconds }: { first: EncodedPacket; toSeconds: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const [codec, config] = [await track.getCodec(), await track.getDecoderConfig()]
  assert(codec !== null && config !== null, 'a film with pictures has a decoder configuration')
  return writeMp4({ codec, config, packets: piece(sink, first, toSeconds) })
}

async function* piece(
  sink: EncodedPacketSink,
  first: EncodedPacket,
  toSeconds: number,
): AsyncGenerator<EncodedPacket> {
  let sizeBytes = 0
  for await (const packet of sink.packets(first)) {
    if (packet.timestamp >= toSeconds - SAME_SECONDS) {
      if (packet.type === 'key') return
      continue
    }
    sizeBytes += packet.data.length
    refuseLarge(sizeBytes)
    yield packet.clone({ timestamp: packet.timestamp - first.timestamp })
  }
}

function refuseLarge(sizeBytes: number): void {
  if (sizeBytes <= MAX_REMUX_BYTES) return
  throw new Refusal('video-too-large', { maxBytes: MAX_REMUX_BYTES }, 'The video is too large to copy.')
}

function missing(fromSeconds: number, toSeconds: number): Refusal {
  const message = `The video has no picture from ${fromSeconds} s to ${toSeconds} s.`
  return new Refusal('video-piece-missing', { fromSeconds, toSeconds }, message)
}
