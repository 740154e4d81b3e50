import { fromBase64, Refusal } from '@chiron/core/kit'
import type { McapIndexedReader } from '@mcap/core'
import type { ByteSource, ReadFolder } from '../io.ts'
import { openMcap } from './open-mcap.ts'
import {
  BODY_METADATA,
  CLOCK_METADATA,
  EPISODE_METADATA,
  HANDS_METADATA,
  MCAP_FOLDER,
  REDACTION_METADATA,
  type Recording,
} from './recording.ts'
import { TOPICS } from './topics.ts'

/** A message as it was written, its JSON parsed. */
export type ReadMessage = { topic: string; timeMs: number; body: unknown }

/**
 * What the recordings of a release say of themselves, sorted by their number; no messages are read.
 * @throws Refusal `release-unreadable` with facts `{ path, reason }`
 */
export async function readRecordings(folder: ReadFolder): Promise<Recording[]> {
  const recordings: Recording[] = []
  for (const { path } of await folder.list()) {
    if (!path.startsWith(`${MCAP_FOLDER}/`)) continue
    const source = await folder.open(path)
    if (source !== undefined) recordings.push(await readRecording(path, source))
  }
  return recordings.sort((a, b) => a.episodeIndex - b.episodeIndex)
}

/** What one recording says of itself. Same refusal. */
export function readRecording(path: string, source: ByteSource): Promise<Recording> {
  return readable(path, async () => {
    const reader = await openMcap(source)
    const facts = await metadataOf(reader, EPISODE_METADATA)
    if (facts === undefined) throw new Error('it does not say which episode it is')
    const topics = [...reader.channelsById.values()].map(({ id, topic, schemaId }) => ({
      topic,
      schema: reader.schemasById.get(schemaId)?.name ?? '',
      messageCount: Number(reader.statistics?.channelMessageCounts.get(id) ?? 0n),
    }))
    const { statistics } = reader
    const { episode_index, episode_id, tasks, width, height, clock, ...columns } = facts
    return {
      path,
      episodeIndex: Number(episode_index),
      episodeId: episode_id ?? '',
      tasks: JSON.parse(tasks ?? '[]') as string[],
      frameCount: topics.find(({ topic }) => topic === TOPICS.video.topic)?.messageCount ?? 0,
      durationMs: Number((statistics?.messageEndTime ?? 0n) - (statistics?.messageStartTime ?? 0n)) / 1e6,
      width: Number(width),
      height: Number(height),
      topics: topics.sort((a, b) => (a.topic < b.topic ? -1 : 1)),
      facts: columns,
      clocks: (await metadataOf(reader, CLOCK_METADATA)) ?? {},
      hands: await metadataOf(reader, HANDS_METADATA),
      body: await metadataOf(reader, BODY_METADATA),
      redaction: await metadataOf(reader, REDACTION_METADATA),
    }
  })
}

/** Every message in the order of its time; each piece is checked against its sum. Same refusal. */
export async function* readMessages(path: string, source: ByteSource): AsyncGenerator<ReadMessage> {
  const reader = await readable(path, () => openMcap(source))
  const messages = reader.readMessages({ validateCrcs: true })
  for (;;) {
    const next = await readable(path, async () => {
      const { value, done } = await messages.next()
      if (done || value === undefined) return undefined
      const topic = reader.channelsById.get(value.channelId)?.topic ?? ''
      const body: unknown = JSON.parse(new TextDecoder().decode(value.data))
      return { topic, timeMs: Number(value.logTime) / 1e6, body }
    })
    if (next === undefined) return
    yield next
  }
}

/** The picture in a message of `/phone/video`. */
export function pictureOf({ body }: ReadMessage): Uint8Array {
  return fromBase64((body as { data: string }).data)
}

/** An attachment's text, or undefined when there is none of the name. Same refusal. */
export function readAttachment(path: string, source: ByteSource, name: string): Promise<string | undefined> {
  return readable(path, async () => {
    const reader = await openMcap(source)
    for await (const { data } of reader.readAttachments({ name, validateCrcs: true }))
      return new TextDecoder('utf-8', { fatal: true }).decode(data)
    return undefined
  })
}

async function metadataOf(
  reader: McapIndexedReader,
  name: string,
): Promise<Record<string, string> | undefined> {
  for await (const { metadata } of reader.readMetadata({ name })) return Object.fromEntries(metadata)
  return undefined
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Refusal('release-unreadable', { path, reason }, `${path} cannot be read: ${reason}`)
  }
}
