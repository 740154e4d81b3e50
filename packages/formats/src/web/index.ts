export { memoryFolder } from './memory-folder.ts'

import type { ByteSource } from '../io.ts'
import { probeVideo } from '../video/index.ts'
import type { VideoProbe } from '../video/video-probe.ts'

/** A Blob or File as bytes to read. */
export function blobSource(blob: Blob): ByteSource {
  return {
    sizeBytes: blob.size,
    read: async (startBytes, endBytes) =>
      new Uint8Array(await blob.slice(startBytes, endBytes).arrayBuffer()),
  }
}

/** `probeVideo` for a Blob or File: what the phone checks before it uploads. Same refusals. */
export function probeBlob(blob: Blob, options: { maxDurationMs?: number } = {}): Promise<VideoProbe> {
  return probeVideo(blobSource(blob), options)
}
