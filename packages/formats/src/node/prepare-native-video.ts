import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AvcFrame, planNative, readAvcFrames, type VideoProbe } from '../video/index.ts'
import { fileSource } from './file-source.ts'
import { probeFile } from './probe-file.ts'
import { encodeAsFilmed } from './transcode.ts'

/** A clip as a recording keeps it: its pictures at the times they were filmed. */
export type NativeVideo = {
  width: number
  height: number
  frames: AvcFrame[]
  plan: ReturnType<typeof planNative>
  source: VideoProbe
}

/**
 * The pictures of a filmed clip with their own times: copied where a player can take them one by one, encoded anew
 * where not, never resampled. Works in a temporary folder of its own (`workFolder`, else the system's).
 * @throws Refusal of `probeFile`, `video-damaged`, `ffmpeg-missing`, `ffmpeg-failed`
 */
export async function prepareNativeVideo(
  path: string,
  options: { workFolder?: string } = {},
): Promise<NativeVideo> {
  const source = await probeFile(path)
  const plan = planNative(source)
  if (plan.kind === 'remux') {
    const frames = await readAvcFrames(await fileSource(path))
    return { width: source.width, height: source.height, frames, plan, source }
  }
  const folder = await mkdtemp(join(options.workFolder ?? tmpdir(), 'chiron-video-'))
  try {
    const made = join(folder, 'video.mp4')
    await encodeAsFilmed(path, made)
    const { width, height } = await probeFile(made)
    return { width, height, frames: await readAvcFrames(await fileSource(made)), plan, source }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
