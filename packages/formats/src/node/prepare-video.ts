import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EpisodeVideo } from '../lerobot/index.ts'
import {
  nativeTimesMs,
  planVideo,
  type ReleaseVideo,
  remuxForLeRobot,
  type VideoPlan,
  type VideoProbe,
} from '../video/index.ts'
import { fileSource } from './file-source.ts'
import { probeFile } from './probe-file.ts'
import { readColours } from './read-colours.ts'
import { transcodeForLeRobot } from './transcode.ts'

/**
 * A clip made fit for a release. `source` is what was filmed, `video.probe` what was made of it, and
 * `nativeTimesMs` when each frame of it was really filmed.
 */
export type PreparedVideo = {
  video: EpisodeVideo
  plan: VideoPlan
  source: VideoProbe
  nativeTimesMs: Float64Array
}

/**
 * Makes a filmed clip fit for a release: copied when it can be, encoded anew when not; then measured.
 * Works in a temporary folder of its own (`workFolder`, else the system's), which it removes.
 * @throws Refusal of `probeFile`, `ffmpeg-missing`, `ffmpeg-failed`
 */
export async function prepareVideo(
  path: string,
  options: { target?: ReleaseVideo; workFolder?: string } = {},
): Promise<PreparedVideo> {
  const source = await probeFile(path)
  const plan = planVideo(source, options.target)
  const folder = await mkdtemp(join(options.workFolder ?? tmpdir(), 'chiron-video-'))
  try {
    const made = join(folder, 'video.mp4')
    if (plan.kind === 'remux')
      await writeFile(made, await remuxForLeRobot(await fileSource(path), plan.target.fps))
    else await transcodeForLeRobot(path, made, plan.target)
    const probe = await probeFile(made)
    const colours = await readColours(made, probe)
    const times = nativeTimesMs(source, plan.target.fps, probe.frameCount)
    return { video: { bytes: await readFile(made), probe, colours }, plan, source, nativeTimesMs: times }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
