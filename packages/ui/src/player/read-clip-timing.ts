import type { ClipTiming } from './use-playback.ts'

/**
 * Reads a clip's frame times from its container, for clips whose frames stand unevenly or do not begin at 0.
 * Loads the container parser when first called.
 * @throws Refusal as `probeBlob` does, when it is no video
 */
export async function readClipTiming(clip: Blob): Promise<ClipTiming> {
  const { probeBlob } = await import('@chiron/formats/web')
  const { fps, frameCount, durationMs, startMs, constantRate, packetTimesMs } = await probeBlob(clip)
  if (constantRate && startMs === 0) return { fps, frameCount, durationMs }
  return { fps, frameCount, durationMs: startMs + durationMs, startsMs: Array.from(packetTimesMs) }
}
