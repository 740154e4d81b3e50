import { assert, Refusal } from '@chiron/core/kit'
import { type EncodedPacket, EncodedPacketSink, Input, type InputVideoTrack } from 'mediabunny'
import type { ByteSource } from '../io.ts'
import { mediaSource, VIDEO_FORMATS, videoTrack } from './probe-video.ts'
import { writeMp4 } from './write-mp4.ts'

/** The whole file is held in memory while it is rewritten. */
export const MAX_REMUX_BYTES = 512 * 1024 * 1024

/**
 * Copies the frames of a clip that `planVideo` found fit into a new MP4: index in front, first frame at 0,
 * frame n at n / `fps` exactly, no sound, no tags, no places, no times of day. Not one pixel changes.
 * @throws Refusal `video-too-large` over `MAX_REMUX_BYTES`
 */
export async function remuxForLeRobot(source: ByteSource, fps: number): Promise<Uint8Array<ArrayBuffer>> {
  if (source.sizeBytes > MAX_REMUX_BYTES) {
    throw new Refusal('video-too-large', { maxBytes: MAX_REMUX_BYTES }, 'The video is too large to copy.')
  }
  const input = new Input({ source: mediaSource(source), formats: VIDEO_FORMATS })
  try {
    const track = await videoTrack(input)
    const config = await track.getDecoderConfig()
    assert(config !== null, 'a clip to remux has a decoder configuration')
    return await writeMp4({ codec: 'avc', config, frameRate: fps, packets: evenPackets(track, fps) })
  } finally {
    input.dispose()
  }
}

async function* evenPackets(track: InputVideoTrack, fps: number): AsyncGenerator<EncodedPacket> {
  let frame = 0
  for await (const packet of new EncodedPacketSink(track).packets()) {
    yield packet.clone({ timestamp: frame / fps, duration: 1 / fps, sequenceNumber: frame })
    frame++
  }
}
