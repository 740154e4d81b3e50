import { Refusal } from '@chiron/core/kit'
import { EncodedPacket } from 'mediabunny'
import { type AvcFrame, opensStream } from './annex-b.ts'
import { avcFrameSize } from './avc-frame-size.ts'
import { writeMp4 } from './write-mp4.ts'

/**
 * An MP4 of H.264 pictures in Annex B at their own times, the opposite of `readAvcFrames`: the first at 0, nothing
 * decoded. The last one lasts as long as the one before.
 * @throws Refusal `video-damaged` when the first is no key frame with its parameter sets, or the times do not rise
 */
export async function avcVideo(frames: readonly AvcFrame[]): Promise<Uint8Array<ArrayBuffer>> {
  const [first] = frames
  const size = first && opensStream(first.bytes) ? avcFrameSize(first.bytes) : null
  if (size === null) throw damaged('it does not begin with a key frame and its parameter sets')
  const packets = async function* () {
    for (const [at, { timeMs, isKey, bytes }] of frames.entries()) {
      const lengthMs = lengthOf(frames, at)
      if (!(lengthMs > 0)) throw damaged(`picture ${at + 1} does not come after the one before`)
      const seconds = (timeMs - (frames[0] as AvcFrame).timeMs) / 1000
      yield new EncodedPacket(bytes, isKey ? 'key' : 'delta', seconds, lengthMs / 1000)
    }
  }
  const config = { codec: size.codec, codedWidth: size.width, codedHeight: size.height }
  return writeMp4({ codec: 'avc', config, packets: packets() })
}

const ONLY_MS = 40

function lengthOf(frames: readonly AvcFrame[], at: number): number {
  const time = (index: number): number => (frames[index] as AvcFrame).timeMs
  if (frames.length === 1) return ONLY_MS
  return at + 1 < frames.length ? time(at + 1) - time(at) : time(at) - time(at - 1)
}

function damaged(reason: string): Refusal {
  return new Refusal('video-damaged', { reason }, `The H.264 stream cannot be read: ${reason}.`)
}
