import type { AvcSetting } from './avc-setting.ts'
import { bitrateFor } from './avc-setting.ts'
import { frameGrid } from './frame-grid.ts'
import type { CameraHandle } from './open-camera.ts'

/** Frames that wait for the encoder; more would starve the camera, whose buffers they are. */
const MAX_WAITING_FRAMES = 6

/** One key frame a second: a cut loses little, and a killed page loses about as much. */
export const KEY_FRAME_SECONDS = 1

export type Recording = {
  /** Ends the recording; resolves when the last byte was handed out. */
  stop: () => Promise<void>
}

export type RecordingOptions = {
  camera: CameraHandle
  fps: number
  maxDurationMs: number
  /** The camera's time of each frame that got a place, in order. */
  onFrame: (timeMs: number) => void
  onBytes: (bytes: Blob | Uint8Array<ArrayBuffer>) => void
  /** The longest take is reached; nothing more is recorded. */
  onFull: () => void
}

/**
 * Records the camera as fragmented MP4 with H.264, frame n at exactly n / fps: a place the camera has no
 * frame for repeats the one before. Every fragment begins with a key frame.
 */
export async function recordAvc(options: RecordingOptions & { avc: AvcSetting }): Promise<Recording> {
  const { camera, fps, avc } = options
  const { writer } = await import('./film-writer.ts')
  const bytes = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: (chunk) => options.onBytes(chunk.slice()),
  })
  const output = new writer.Output({
    format: new writer.Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 0.9 }),
    target: new writer.AppendOnlyStreamTarget(bytes),
  })
  const source = new writer.VideoSampleSource({
    codec: 'avc',
    fullCodecString: avc.codec,
    latencyMode: avc.latencyMode,
    quality: new writer.Quality({ bitrate: bitrateFor(camera), bitrateMode: 'variable' }),
    keyFrameInterval: KEY_FRAME_SECONDS,
    sizeChangeBehavior: 'contain',
  })
  output.addVideoTrack(source, { frameRate: fps })
  await output.start()
  let place = 0
  const add = async (frame: VideoFrame): Promise<void> => {
    const sample = new writer.VideoSample(frame.clone(), { timestamp: place / fps, duration: 1 / fps })
    place++
    try {
      await source.add(sample)
    } finally {
      sample.close()
    }
  }
  const line = encodeLine(options, add)
  return {
    stop: async () => {
      await line.end()
      await output.finalize()
    },
  }
}

type Job = { frame: VideoFrame; repeats: number }

/** Takes frames off the camera at once and hands them to `add` one after the other. */
function encodeLine(
  options: RecordingOptions,
  add: (frame: VideoFrame) => Promise<void>,
): { end: () => Promise<void> } {
  const { camera, fps, maxDurationMs } = options
  const maxFrames = Math.floor((maxDurationMs * fps) / 1000)
  const grid = frameGrid(fps)
  const jobs: Job[] = []
  let last: VideoFrame | undefined
  let failure: unknown
  let working = Promise.resolve()
  const work = async (): Promise<void> => {
    for (let job = jobs[0]; job !== undefined; job = jobs[0]) {
      for (let at = 0; at < job.repeats; at++) await add(last ?? job.frame)
      await add(job.frame)
      last?.close()
      last = job.frame
      jobs.shift()
    }
  }
  const stopListening = camera.onFrame((frame, timeMs) => {
    if (failure !== undefined || jobs.length >= MAX_WAITING_FRAMES || grid.frameCount() >= maxFrames) return
    const { repeats, takes } = grid.place(timeMs)
    if (!takes) return
    const over = Math.max(0, grid.frameCount() - maxFrames)
    options.onFrame(timeMs)
    jobs.push({ frame: frame.clone(), repeats: Math.max(0, repeats - over) })
    if (jobs.length === 1) {
      working = working.then(work).catch((error) => {
        failure = error
      })
    }
    if (grid.frameCount() >= maxFrames) options.onFull()
  })
  return {
    end: async () => {
      stopListening()
      await working
      for (const { frame } of jobs) frame.close()
      last?.close()
      if (failure !== undefined) throw failure
    },
  }
}
