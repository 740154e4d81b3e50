import { Refusal } from '@chiron/core/kit'
import type { InputVideoTrack, VideoSample } from 'mediabunny'
import { bitrateFor, findAvcSetting } from './avc-setting.ts'
import { KEY_FRAME_SECONDS } from './record-avc.ts'
import { type Remuxed, remux } from './remux.ts'

/** Paints on each picture; `timeMs` is its time in the recording. `onProgress` is told the share done. */
export type Painting = {
  paint?: ((surface: OffscreenCanvasRenderingContext2D, timeMs: number) => Promise<void>) | undefined
  onProgress?: ((share: number) => void) | undefined
}

type Stretch = { fps: number; fromMs: number; toMs: number } & Painting

/**
 * Decodes a stretch of a constant-rate recording and encodes it anew, frame by frame, so that it begins
 * exactly where asked. Slow: about the time the stretch lasts, on an old phone more.
 * @throws Refusal('take-unreadable' | 'cannot-encode')
 */
export async function reencode(recording: Blob, cut: Stretch): Promise<Remuxed> {
  const { reader } = await import('./film-reader.ts')
  const input = new reader.Input({ source: new reader.BlobSource(recording), formats: reader.formats })
  try {
    const track = await input.getPrimaryVideoTrack().catch(() => null)
    if (track === null) throw new Refusal('take-unreadable')
    const film = await remux(await encodeStretch(track, cut), { fps: cut.fps })
    const fromMs = (Math.round((cut.fromMs * cut.fps) / 1000) * 1000) / cut.fps
    return { ...film, fromMs, toMs: fromMs + film.durationMs }
  } finally {
    input.dispose()
  }
}

async function encodeStretch(track: InputVideoTrack, cut: Stretch): Promise<Blob> {
  const [{ reader }, { writer }] = await Promise.all([import('./film-reader.ts'), import('./film-writer.ts')])
  const { fps } = cut
  const format = { width: await track.getDisplayWidth(), height: await track.getDisplayHeight(), fps }
  const avc = await findAvcSetting(format)
  if (avc === null) throw new Refusal('cannot-encode')
  const target = new writer.BufferTarget()
  const output = new writer.Output({ format: new writer.Mp4OutputFormat({ fastStart: 'in-memory' }), target })
  const source = new writer.VideoSampleSource({
    codec: 'avc',
    fullCodecString: avc.codec,
    latencyMode: avc.latencyMode,
    quality: new writer.Quality({ bitrate: bitrateFor(format), bitrateMode: 'variable' }),
    keyFrameInterval: KEY_FRAME_SECONDS,
  })
  output.addVideoTrack(source, { frameRate: fps })
  await output.start()
  const startSeconds = await track.getFirstTimestamp()
  const first = Math.round((cut.fromMs * fps) / 1000)
  const end = Math.round((cut.toMs * fps) / 1000)
  let place = 0
  const pictureOf = pictureMaker(format, cut.paint)
  const samples = new reader.VideoSampleSink(track).samples(
    startSeconds + (first + 0.5) / fps,
    startSeconds + (end - 0.5) / fps,
  )
  for await (const sample of samples) {
    const picture = await pictureOf(sample, ((first + place) * 1000) / fps)
    picture.setTimestamp(place / fps)
    picture.setDuration(1 / fps)
    place++
    await source.add(picture)
    picture.close()
    cut.onProgress?.(place / (end - first))
  }
  if (place === 0) throw new Refusal('take-unreadable')
  await output.finalize()
  return new Blob([target.buffer!])
}

/** The pictures as they are, or drawn upright on a canvas and painted on. */
function pictureMaker({ width, height }: { width: number; height: number }, paint: Painting['paint']) {
  if (paint === undefined) return async (sample: VideoSample): Promise<VideoSample> => sample
  const canvas = new OffscreenCanvas(width, height)
  const surface = canvas.getContext('2d', { alpha: true })!
  return async (sample: VideoSample, timeMs: number): Promise<VideoSample> => {
    const { writer } = await import('./film-writer.ts')
    surface.clearRect(0, 0, width, height)
    sample.draw(surface, 0, 0, width, height)
    sample.close()
    await paint(surface, timeMs)
    return new writer.VideoSample(canvas, { timestamp: 0 })
  }
}
