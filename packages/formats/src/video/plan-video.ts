import { Refusal } from '@chiron/core/kit'
import type { VideoProbe } from './video-probe.ts'

/**
 * A key frame at least this often is fine in a release. The loader finds the key frame before any moment and
 * decodes from there, so every frame is exact at any spacing; the spacing only decides how much is decoded.
 */
export const MAX_KEY_FRAME_GAP_MS = 2000
export const MAX_RELEASE_FPS = 120

/** What every video of one camera has in a release: LeRobot stacks frames, so rate and size must agree. */
export type ReleaseVideo = { fps: number; width: number; height: number }

/** What has to be done to a clip to make it a `target`, and why, in words. */
export type VideoPlan = { kind: 'remux' | 'transcode'; target: ReleaseVideo; reason: string }

/**
 * Chooses between copying the frames as filmed (`remux`: no loss, fast) and encoding them anew (`transcode`).
 * Without a `target` the clip's own rate and size are kept, made whole and even.
 */
export function planVideo(probe: VideoProbe, target: ReleaseVideo = ownVideo(probe)): VideoPlan {
  const obstacle = firstObstacle(probe, target)
  if (obstacle !== undefined) return { kind: 'transcode', target, reason: `Encoded anew: ${obstacle}.` }
  return { kind: 'remux', target, reason: 'Copied as filmed: H.264 at an even rate, with nothing to change.' }
}

/**
 * The rate and size that most of the clips have already, so that the fewest are encoded anew; of equals,
 * the larger picture, then the higher rate.
 * @throws Refusal `release-empty` without clips
 */
export function commonVideo(probes: readonly ReleaseVideo[]): ReleaseVideo {
  const counts = new Map<string, { video: ReleaseVideo; count: number }>()
  for (const video of probes.map(ownVideo)) {
    const key = `${video.fps} ${video.width} ${video.height}`
    counts.set(key, { video, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const ranked = [...counts.values()].sort(
    (a, b) => b.count - a.count || area(b.video) - area(a.video) || b.video.fps - a.video.fps,
  )
  const best = ranked[0]
  if (best === undefined) throw new Refusal('release-empty', {}, 'A release needs at least one video.')
  return best.video
}

function ownVideo(probe: ReleaseVideo): ReleaseVideo {
  const fps = Math.min(MAX_RELEASE_FPS, Math.max(1, Math.round(probe.fps)))
  return { fps, width: even(probe.width), height: even(probe.height) }
}

function even(sizePx: number): number {
  return Math.max(2, sizePx - (sizePx % 2))
}

function area(video: ReleaseVideo): number {
  return video.width * video.height
}

function firstObstacle(probe: VideoProbe, target: ReleaseVideo): string | undefined {
  const { fps, width, height } = target
  if (probe.codec !== 'avc') return `the codec is ${probe.codec}, not H.264`
  if (probe.pixelFormat !== 'yuv420p') return `the pixel format is ${probe.pixelFormat}, not yuv420p`
  if (probe.rotationDeg !== 0) return `the picture is stored turned by ${probe.rotationDeg}°`
  if (!probe.hasSquarePixels) return 'its pixels are not square'
  if (probe.width !== width || probe.height !== height) {
    return `it is ${probe.width}×${probe.height}, the release ${width}×${height}`
  }
  if (probe.hasBFrames) return 'its frames are not stored in the order they are shown'
  if (!probe.constantRate) return 'its frame rate is uneven'
  if (probe.fps !== fps) return `it has ${Number(probe.fps.toFixed(3))} frames a second, the release ${fps}`
  const gapMs = (probe.keyFrameIntervalMax * 1000) / fps
  if (gapMs > MAX_KEY_FRAME_GAP_MS) return `key frames are up to ${(gapMs / 1000).toFixed(1)} s apart`
  return undefined
}
