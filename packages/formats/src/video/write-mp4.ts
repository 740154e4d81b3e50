import { assert } from '@chiron/core/kit'
import {
  BufferTarget,
  type EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  type VideoCodec,
} from 'mediabunny'
import { clearMp4Times } from './mp4-boxes.ts'

type Film = {
  codec: VideoCodec
  config: VideoDecoderConfig
  /** In the order they are decoded; the first is a key frame at 0. */
  packets: AsyncIterable<EncodedPacket>
  frameRate?: number
}

/**
 * An MP4 of encoded pictures, index in front, no sound, no tags, no times of day; not one pixel changes, and the same
 * pictures give the same bytes. It is held in memory.
 */
export async function writeMp4({
  codec,
  config,
  packets,
  frameRate,
}: Film): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target })
  const source = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(source, frameRate === undefined ? {} : { frameRate })
  await output.start()
  let isFirst = true
  for await (const packet of packets) {
    await source.add(packet, isFirst ? { decoderConfig: config } : undefined)
    isFirst = false
  }
  await output.finalize()
  assert(target.buffer !== null, 'a finished output has bytes')
  const bytes = new Uint8Array(target.buffer)
  clearMp4Times(bytes)
  return bytes
}
