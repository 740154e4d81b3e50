import { Refusal } from '@chiron/core/kit'
import type { EncodedPacket, InputVideoTrack } from 'mediabunny'
import { stripCreationTime } from './mp4-boxes.ts'

/**
 * What a remuxed file holds. `fromMs` and `toMs`: which stretch of the input it is.
 * `timesMs`: presentation times of its frames, from 0.
 */
export type Remuxed = {
  file: Blob
  mimeType: 'video/mp4' | 'video/webm'
  width: number
  height: number
  timesMs: number[]
  durationMs: number
  fromMs: number
  toMs: number
}

/**
 * Writes the pictures of a recording anew without touching them: one track, no sound, headers first, no
 * dates, times from 0. With `fps` frame n lies exactly at n / fps. A `fromMs` is moved back to the key frame
 * at or before it; the end is exact. The result is built in memory.
 * @throws Refusal('take-unreadable') when there is no whole picture in it
 */
export async function remux(
  recording: Blob,
  options: { fps?: number | undefined; fromMs?: number; toMs?: number },
): Promise<Remuxed> {
  const { reader } = await import('./film-reader.ts')
  const input = new reader.Input({ source: new reader.BlobSource(recording), formats: reader.formats })
  try {
    const track = await input.getPrimaryVideoTrack().catch(() => null)
    const codec = await track?.getCodec()
    if (track === null || codec === null || codec === undefined) throw new Refusal('take-unreadable')
    const packets = await packetsBetween(track, options)
    if (packets.length === 0) throw new Refusal('take-unreadable')
    return await write(track, packets, { codec, fps: options.fps })
  } finally {
    input.dispose()
  }
}

/** Half a millisecond: times in files are rounded to their own ticks. */
const ROUNDING_SECONDS = 0.0005

async function packetsBetween(
  track: InputVideoTrack,
  { fromMs = 0, toMs = Number.POSITIVE_INFINITY }: { fromMs?: number; toMs?: number },
): Promise<EncodedPacket[]> {
  const { reader } = await import('./film-reader.ts')
  const sink = new reader.EncodedPacketSink(track)
  const firstSeconds = (await sink.getFirstPacket())?.timestamp ?? 0
  const from =
    (await sink.getKeyPacket(firstSeconds + fromMs / 1000 + ROUNDING_SECONDS)) ??
    (await sink.getFirstKeyPacket())
  const packets: EncodedPacket[] = []
  if (from === null) return packets
  const endSeconds = firstSeconds + toMs / 1000 - ROUNDING_SECONDS
  for await (const packet of sink.packets(from)) {
    if (packet.timestamp >= endSeconds) break
    packets.push(packet)
  }
  return packets
}

async function write(
  track: InputVideoTrack,
  packets: EncodedPacket[],
  {
    codec,
    fps,
  }: { codec: NonNullable<Awaited<ReturnType<InputVideoTrack['getCodec']>>>; fps: number | undefined },
): Promise<Remuxed> {
  const { writer } = await import('./film-writer.ts')
  const isMp4 = codec === 'avc' || codec === 'hevc'
  const format = isMp4
    ? new writer.Mp4OutputFormat({ fastStart: 'in-memory' })
    : new writer.WebMOutputFormat()
  const target = new writer.BufferTarget()
  const output = new writer.Output({ format, target })
  const source = new writer.EncodedVideoPacketSource(codec)
  output.addVideoTrack(source, {
    rotation: await track.getRotation(),
    ...(fps === undefined ? {} : { frameRate: fps }),
  })
  await output.start()
  const meta = { decoderConfig: (await track.getDecoderConfig()) ?? undefined }
  const first = packets[0]!.timestamp
  const stepSeconds = fps === undefined ? undefined : 1 / fps
  const last = packets.reduce((latest, packet) => (packet.timestamp > latest.timestamp ? packet : latest))
  for (const [index, packet] of packets.entries()) {
    const timestamp =
      fps === undefined ? packet.timestamp - first : Math.round((packet.timestamp - first) * fps) / fps
    const changed = packet.clone({ timestamp, duration: stepSeconds ?? packet.duration })
    await source.add(changed, (index === 0 ? meta : undefined) as EncodedVideoChunkMetadata | undefined)
  }
  await output.finalize()
  const bytes = new Uint8Array(target.buffer!)
  if (isMp4) stripCreationTime(bytes)
  const mimeType = isMp4 ? 'video/mp4' : 'video/webm'
  const durationMs = (last.timestamp - first + (stepSeconds ?? last.duration)) * 1000
  const timesMs = packets.map(({ timestamp }) => (timestamp - first) * 1000).sort((a, b) => a - b)
  const fromMs = Math.max(0, (first - (await track.getFirstTimestamp())) * 1000)
  return {
    file: new Blob([bytes], { type: mimeType }),
    mimeType,
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    timesMs,
    durationMs,
    fromMs,
    toMs: fromMs + durationMs,
  }
}
