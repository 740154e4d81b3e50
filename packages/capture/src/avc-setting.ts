/**
 * How H.264 is encoded here. Constrained Baseline has no B-frames by definition and, in `quality` mode, no
 * frame may be left out; where a device offers only other profiles, `realtime` avoids B-frames instead.
 */
export type AvcSetting = { codec: string; latencyMode: 'quality' | 'realtime' }

const PROFILES: { prefix: string; latencyMode: AvcSetting['latencyMode'] }[] = [
  { prefix: '42e0', latencyMode: 'quality' },
  { prefix: '4200', latencyMode: 'quality' },
  { prefix: '4d00', latencyMode: 'realtime' },
  { prefix: '6400', latencyMode: 'realtime' },
]

/** Levels of ITU-T H.264 table A-1: macroblocks a second, macroblocks a picture. */
const LEVELS = [
  { id: 0x1e, perSecond: 40_500, perPicture: 1_620 },
  { id: 0x1f, perSecond: 108_000, perPicture: 3_600 },
  { id: 0x20, perSecond: 216_000, perPicture: 5_120 },
  { id: 0x28, perSecond: 245_760, perPicture: 8_192 },
  { id: 0x2a, perSecond: 522_240, perPicture: 8_704 },
  { id: 0x33, perSecond: 983_040, perPicture: 36_864 },
] as const

export type PictureFormat = { width: number; height: number; fps: number }

/** The lowest level that holds such pictures at such a rate, as the two last digits of a codec string. */
export function avcLevel({ width, height, fps }: PictureFormat): string {
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16)
  const level =
    LEVELS.find((one) => macroblocks <= one.perPicture && macroblocks * fps <= one.perSecond) ??
    LEVELS.at(-1)!
  return level.id.toString(16)
}

/** Bits a second for a picture that still shows fingers: about 0.1 bit a pixel. */
export function bitrateFor({ width, height, fps }: PictureFormat): number {
  return Math.round(Math.min(8_000_000, Math.max(600_000, width * height * fps * 0.1)))
}

/** The first setting this browser says it can encode with, or null. `isConfigSupported` may itself throw. */
export async function findAvcSetting(format: PictureFormat): Promise<AvcSetting | null> {
  if (typeof VideoEncoder !== 'function' || typeof VideoFrame !== 'function') return null
  for (const { prefix, latencyMode } of PROFILES) {
    const codec = `avc1.${prefix}${avcLevel(format)}`
    const config = {
      codec,
      latencyMode,
      bitrate: bitrateFor(format),
      framerate: format.fps,
      avc: { format: 'avc' },
    }
    try {
      const size = { width: format.width, height: format.height }
      const answer = await VideoEncoder.isConfigSupported({ ...config, ...size } as VideoEncoderConfig)
      if (answer.supported === true) return { codec, latencyMode }
    } catch {
      // Some browsers throw where they should answer no: the next profile may still do.
    }
  }
  return null
}
