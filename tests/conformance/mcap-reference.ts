import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Recording, readMessages, readRecordings, TOPICS } from '@chiron/formats/mcap'
import { probeFile, readFolder } from '@chiron/formats/node'
import { ffmpeg } from './make-clips.ts'
import type { Expected } from './make-release.ts'

const SMALLER = 8

/**
 * Writes what a reader of MCAP must find into `folder`. With `made`, times and pictures come from the filmed clips in
 * `clipFolder`; without, the times from our own reader.
 */
export async function writeMcapReference(
  releaseFolder: string,
  folder: string,
  made?: { expected: Expected; clipFolder: string },
): Promise<number> {
  const recordings = await readRecordings(readFolder(releaseFolder))
  const episodes = []
  for (const recording of recordings) {
    const { path, episodeId, topics } = recording
    const expected = made?.expected.episodes[recording.episodeIndex]
    const { clip, hands, body, corrected, redaction, motion } = expected ?? {}
    const filmed = clip === undefined ? undefined : join(made?.clipFolder ?? '', clip)
    episodes.push({
      path,
      episodeId,
      topics: Object.fromEntries(
        topics.map(({ topic, schema, messageCount }) => [topic, [schema, messageCount]]),
      ),
      timesNs: filmed === undefined ? await ownTimes(releaseFolder, path) : await filmedTimes(filmed),
      ...(expected === undefined
        ? {}
        : {
            sight: {
              hands: hands ?? null,
              body: body ?? null,
              corrected: corrected ?? [],
              redaction: redaction ?? null,
              motion: motion ?? null,
            },
          }),
      ...(filmed === undefined ? {} : { pictures: decodeFilmed(filmed, folder, recording) }),
    })
  }
  await writeFile(join(folder, 'mcap.json'), JSON.stringify(episodes))
  return episodes.length
}

async function filmedTimes(clip: string): Promise<number[]> {
  const { packetTimesMs, startMs } = await probeFile(clip)
  return Array.from(packetTimesMs, (timeMs) => Math.round((timeMs - startMs) * 1e6))
}

async function ownTimes(releaseFolder: string, path: string): Promise<number[]> {
  const source = await readFolder(releaseFolder).open(path)
  const times: number[] = []
  if (source === undefined) return times
  for await (const { topic, timeMs } of readMessages(path, source))
    if (topic === TOPICS.video.topic) times.push(Math.round(timeMs * 1e6))
  return times
}

function decodeFilmed(
  clip: string,
  folder: string,
  { width: fullWidth, height: fullHeight, path }: Recording,
) {
  const width = Math.floor(fullWidth / SMALLER)
  const height = Math.floor(fullHeight / SMALLER)
  const name = `${path.replaceAll('/', '-')}.rgb`
  const filter = `scale=${width}:${height}:flags=area,format=rgb24`
  const raw = ['-vsync', 'passthrough', '-vf', filter, '-pix_fmt', 'rgb24', '-f', 'rawvideo']
  ffmpeg('-i', clip, '-map', '0:v:0', ...raw, join(folder, name))
  return { path: name, width, height }
}
