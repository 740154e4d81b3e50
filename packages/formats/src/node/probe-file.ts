import { Logging, LogLevel } from 'mediabunny'
import { probeVideo } from '../video/index.ts'
import type { VideoProbe } from '../video/video-probe.ts'
import { fileSource } from './file-source.ts'

Logging.level = LogLevel.Silent // a refusal says it all; a server's log is no place for parsers to mutter

/** `probeVideo` for a file on disk. Same refusals. */
export async function probeFile(path: string, options: { maxDurationMs?: number } = {}): Promise<VideoProbe> {
  return probeVideo(await fileSource(path), options)
}
