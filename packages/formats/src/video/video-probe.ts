/** How the pixels of an H.264 track are stored; other codecs are `unknown` here. */
export type PixelFormat = 'yuv420p' | 'yuvj420p' | 'other' | 'unknown'

/**
 * What is known of a video without decoding it.
 * - `width`, `height` pixels as a person sees it: square pixels, rotation applied.
 * - `rotationDeg` the clockwise turn the file asks of the player (0, 90, 180, 270).
 * - `durationMs` from the first frame's start to the last one's end.
 * - `packetTimesMs` presentation time of each frame, ascending, in the file's own clock.
 * - `startMs` the first of them; 0 in a well-made file.
 * - `fps` exact when `constantRate`, else from the median gap.
 * - `constantRate` no frame is further than 2 ms from an even grid.
 * - `keyFrameIntervalMax` the most frames from one key frame to the next (or to the end).
 * - `codec` as in WebCodecs (`avc`, `hevc`, `vp9`, …); `container` is `mp4`, `mov`, `webm`, `mkv`, ….
 */
export type VideoProbe = {
  container: string
  codec: string
  pixelFormat: PixelFormat
  width: number
  height: number
  hasSquarePixels: boolean
  rotationDeg: 0 | 90 | 180 | 270
  durationMs: number
  frameCount: number
  packetTimesMs: Float64Array
  startMs: number
  fps: number
  constantRate: boolean
  keyFrameIntervalMax: number
  hasBFrames: boolean
  hasAudio: boolean
}
