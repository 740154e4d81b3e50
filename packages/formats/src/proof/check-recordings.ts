import { jcs } from '@chiron/core/kit'
import type { ReadFolder } from '../io.ts'
import {
  PROOF_ATTACHMENT,
  PROVENANCE_ATTACHMENT,
  pictureOf,
  type Recording,
  readAttachment,
  readMessages,
  recordingPath,
  TOPICS,
} from '../mcap/index.ts'
import { opensStream } from '../video/index.ts'
import { broken, type Check, verdict } from './check.ts'
import { PATHS, provenanceText, type ReleasedEpisode } from './manifest.ts'
import { readText } from './read-json.ts'

/** Whether the MCAP files are sound: each message readable, pictures in order from a key frame, and the right provenance. */
export async function checkRecordings(
  folder: ReadFolder,
  recordings: readonly Recording[],
  episodes: readonly ReleasedEpisode[],
): Promise<Check[]> {
  const faults: Check[] = []
  for (const [index, recording] of recordings.entries()) {
    const { path } = recording
    try {
      for (const what of await recordingFaults(folder, recording, episodes[index]))
        faults.push(broken('structure', `${path}: ${what}`, path))
      if (path !== recordingPath(index)) faults.push(broken('structure', `${path} is misplaced.`, path))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      faults.push(broken('structure', `${path} cannot be read: ${why}`, path))
    }
  }
  const frameCount = recordings.reduce((sum, one) => sum + one.frameCount, 0)
  const good = `${recordings.length} MCAP recordings, ${frameCount} pictures at the times they were filmed.`
  return verdict('structure', faults, good)
}

async function recordingFaults(
  folder: ReadFolder,
  recording: Recording,
  episode: ReleasedEpisode | undefined,
): Promise<string[]> {
  const { path } = recording
  const source = await folder.open(path)
  if (source === undefined) return ['it is missing.']
  const faults = await messageFaults(recording, readMessages(path, source))
  if (episode === undefined) return faults
  if (recording.episodeId !== episode.episodeId) faults.push('it is another episode’s.')
  const inside = await readAttachment(path, source, PROVENANCE_ATTACHMENT)
  if (inside === undefined || jcs(JSON.parse(inside)) !== jcs(JSON.parse(provenanceText(episode))))
    faults.push(`the provenance inside is not that of ${PATHS.episode(episode.episodeId)}.`)
  const proof = await readText(folder, PATHS.proof(episode.episodeId))
  if ((await readAttachment(path, source, PROOF_ATTACHMENT)) !== proof)
    faults.push(`the receipt inside is not ${PATHS.proof(episode.episodeId)}.`)
  return faults
}

async function messageFaults(
  recording: Recording,
  messages: ReturnType<typeof readMessages>,
): Promise<string[]> {
  const counts = new Map<string, number>()
  const faults: string[] = []
  let lastFrameMs = Number.NEGATIVE_INFINITY
  for await (const message of messages) {
    const at = counts.get(message.topic) ?? 0
    counts.set(message.topic, at + 1)
    if (message.topic !== TOPICS.video.topic) continue
    if (at === 0 && message.timeMs !== 0) faults.push('its first picture does not stand at 0.')
    if (at === 0 && !opensStream(pictureOf(message))) faults.push('it does not begin with a key frame.')
    if (message.timeMs <= lastFrameMs) faults.push(`picture ${at} does not come after the one before.`)
    lastFrameMs = message.timeMs
  }
  if (recording.frameCount === 0) faults.push('it has no pictures.')
  for (const { topic, messageCount } of recording.topics) {
    const found = counts.get(topic) ?? 0
    if (found !== messageCount) faults.push(`${topic} announces ${messageCount} messages and has ${found}.`)
  }
  return faults
}
