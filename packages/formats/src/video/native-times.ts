import type { VideoProbe } from './video-probe.ts'

/**
 * When each of a release's frames was really filmed: milliseconds from the clip's first frame, by the clock of
 * the device. Frame n of a resampled video shows the last filmed frame whose time, rounded to the new rate,
 * is not after n: the rule of ffmpeg's `fps` filter, which made it.
 */
export function nativeTimesMs(source: VideoProbe, fps: number, frameCount: number): Float64Array {
  let filmed = 0
  return Float64Array.from({ length: frameCount }, (_, frame) => {
    while (filmed + 1 < source.frameCount && Math.round((timeMs(source, filmed + 1) * fps) / 1000) <= frame)
      filmed++
    return timeMs(source, filmed)
  })
}

function timeMs(source: VideoProbe, frame: number): number {
  return (source.packetTimesMs[frame] as number) - source.startMs
}
