import { bitrateFor } from './avc-setting.ts'
import type { Recording, RecordingOptions } from './record-avc.ts'

const TYPES = [
  'video/mp4;codecs=avc1.42E01F',
  'video/mp4',
  'video/webm;codecs=h264',
  'video/webm;codecs=vp8',
  'video/webm',
]

/**
 * Records with the browser's own recorder, where H.264 cannot be encoded frame by frame: the rate varies
 * with the camera and the codec may be VP8. The server transcodes such takes to a constant rate.
 */
export async function recordPlain(options: RecordingOptions): Promise<Recording> {
  const { camera, maxDurationMs } = options
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(camera.stream, {
    ...(mimeType === undefined ? {} : { mimeType }),
    videoBitsPerSecond: bitrateFor(camera),
  })
  recorder.ondataavailable = ({ data }) => {
    if (data.size > 0) options.onBytes(data)
  }
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve()
  })
  const stopListening = camera.onFrame((_, timeMs) => options.onFrame(timeMs))
  recorder.start(1000)
  const timer = setTimeout(() => {
    if (recorder.state !== 'inactive') recorder.stop()
    options.onFull()
  }, maxDurationMs)
  return {
    stop: async () => {
      clearTimeout(timer)
      stopListening()
      if (recorder.state !== 'inactive') recorder.stop()
      await ended
    },
  }
}
