import { Refusal, utf8 } from '@chiron/core/kit'
import type { CoveredSpan } from '@chiron/core/sight'
import { McapWriter } from '@mcap/core'
import { opensStream } from '../video/index.ts'
import { bodyFacts } from './body-messages.ts'
import { messagesOf } from './messages.ts'
import {
  BODY_METADATA,
  CLOCK_METADATA,
  EPISODE_METADATA,
  HANDS_METADATA,
  PROOF_ATTACHMENT,
  PROVENANCE_ATTACHMENT,
  REDACTION_METADATA,
  type RecordingInput,
} from './recording.ts'
import { handFacts, lookClock, redactionFacts } from './sight-messages.ts'
import type { TimedMessage } from './timed-message.ts'
import { TOPICS, type Topic } from './topics.ts'

const CHUNK_BYTES = 4 * 1024 * 1024
const LIBRARY = 'chiron'

/** Zstandard of whole pieces; the reader brings its own half. */
export type Compress = (bytes: Uint8Array) => Uint8Array

/**
 * Writes one episode as an MCAP file, in memory. Streams are not resampled; messages stand in the order of their time.
 * @throws Refusal `episode-invalid` with facts `{ reason }`
 */
export async function writeRecording(input: RecordingInput, compress: Compress): Promise<Uint8Array> {
  checkRecordingInput(input)
  const pieces: Uint8Array[] = []
  let sizeBytes = 0n
  const writable = {
    position: () => sizeBytes,
    write: async (bytes: Uint8Array) => {
      pieces.push(bytes.slice()) // the writer uses its buffer again
      sizeBytes += BigInt(bytes.length)
    },
  }
  const writer = new McapWriter({
    writable,
    chunkSize: CHUNK_BYTES,
    compressChunk: (chunk) => ({ compression: 'zstd', compressedData: compress(chunk) }),
  })
  await writer.start({ profile: '', library: LIBRARY })
  await writeMessages(writer, messagesOf(input))
  await writeMetadata(writer, input)
  await attach(writer, PROVENANCE_ATTACHMENT, 'application/json', input.provenance)
  await attach(writer, PROOF_ATTACHMENT, 'text/plain', input.logProof)
  await writer.end()
  const bytes = new Uint8Array(Number(sizeBytes))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

async function writeMetadata(writer: McapWriter, input: RecordingInput): Promise<void> {
  const { hands, body, redaction } = input
  const add = (name: string, facts: Record<string, string>) =>
    writer.addMetadata({ name, metadata: new Map(Object.entries(facts)) })
  await add(EPISODE_METADATA, factsOf(input))
  const clocks = clocksOf(input)
  if (Object.keys(clocks).length > 0) await add(CLOCK_METADATA, clocks)
  if (hands !== undefined) await add(HANDS_METADATA, handFacts(hands))
  if (body !== undefined) await add(BODY_METADATA, bodyFacts(body))
  if (redaction !== undefined) await add(REDACTION_METADATA, redactionFacts(redaction))
}

/** How each stream's own clock stands to the film's, by topic. */
function clocksOf({ motion, hands, body }: RecordingInput): Record<string, string> {
  const felt = motion && JSON.stringify(motion.alignment)
  const seen = hands && JSON.stringify(lookClock(hands))
  const followed = body && !('absent' in body) && JSON.stringify(lookClock(body))
  return {
    ...(felt ? { [TOPICS.motion.topic]: felt, [TOPICS.orientation.topic]: felt } : {}),
    ...(seen
      ? { [TOPICS.hands.topic]: seen, [TOPICS.drawnHands.topic]: seen, [TOPICS.metricHands.topic]: seen }
      : {}),
    ...(followed ? { [TOPICS.body.topic]: followed, [TOPICS.drawnBody.topic]: followed } : {}),
  }
}

async function writeMessages(writer: McapWriter, messages: readonly TimedMessage[]): Promise<void> {
  const channels = new Map<Topic, { id: number; sequence: number }>()
  for (const { topic, timeNs, data } of messages) {
    const channel = channels.get(topic) ?? { id: await register(writer, topic), sequence: 0 }
    channels.set(topic, channel)
    await writer.addMessage({
      channelId: channel.id,
      sequence: channel.sequence++,
      logTime: timeNs,
      publishTime: timeNs,
      data,
    })
  }
}

async function register(writer: McapWriter, { topic, schema, jsonSchema }: Topic): Promise<number> {
  const data = utf8(JSON.stringify(jsonSchema))
  const schemaId = await writer.registerSchema({ name: schema, encoding: 'jsonschema', data })
  return writer.registerChannel({ schemaId, topic, messageEncoding: 'json', metadata: new Map() })
}

function attach(writer: McapWriter, name: string, mediaType: string, text: string): Promise<void> {
  return writer.addAttachment({ name, mediaType, logTime: 0n, createTime: 0n, data: utf8(text) })
}

function factsOf({ episodeIndex, episodeId, tasks, video, facts }: RecordingInput): Record<string, string> {
  const told = Object.entries(facts).filter(([, value]) => value !== null)
  return {
    ...Object.fromEntries(told.map(([name, value]) => [name, String(value)])),
    episode_index: String(episodeIndex),
    episode_id: episodeId,
    tasks: JSON.stringify(tasks),
    width: String(video.width),
    height: String(video.height),
    clock: 'Nanoseconds from the first frame, by the clock of the recording. No time of day is told.',
  }
}

function checkRecordingInput(input: RecordingInput): void {
  const { tasks, video, signals, notes, calibration, motion, hands, body, corrected, redaction } = input
  const { frames } = video
  if (frames.length === 0) throw invalid('it has no frames')
  if (tasks.length === 0 || tasks.some((task) => task.trim() === '')) throw invalid('it has no task')
  if (!opensStream(frames[0]?.bytes ?? new Uint8Array())) throw invalid('it does not begin with a key frame')
  const isLate = frames.some(({ timeMs }, at) => at > 0 && !(timeMs > (frames[at - 1]?.timeMs ?? 0)))
  if (isLate || frames[0]?.timeMs !== 0) throw invalid('the times of its frames do not ascend from 0')
  const numbers = [
    ...signals.flatMap((sample) => Object.values(sample)),
    ...notes.map(({ timeMs }) => timeMs),
    ...(motion ? [...motion.motion.timesMs, ...motion.orientation.timesMs] : []),
    ...(calibration ? Object.values(calibration).flat() : []),
    ...(hands ? [hands.filmStartMs, ...hands.frames.map(({ timeMs }) => timeMs)] : []),
    ...(body && !('absent' in body) ? [body.filmStartMs, ...body.frames.map(({ timeMs }) => timeMs)] : []),
    ...(corrected ?? []).map(({ timeMs }) => timeMs),
    ...coversOf(redaction).flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
  ]
  if (!numbers.every(Number.isFinite)) throw invalid('a value is no number')
  if (
    [...signals, ...notes, ...(corrected ?? [])].some(({ timeMs }) => timeMs < 0) ||
    coversOf(redaction).some(({ fromMs }) => fromMs < 0)
  )
    throw invalid('something stands before its start')
}

/** All that was covered, faces and sheets. */
const coversOf = (redaction: RecordingInput['redaction']): CoveredSpan[] => [
  ...(redaction?.covers ?? []),
  ...(redaction?.sheets?.covers ?? []),
]

function invalid(reason: string): Refusal {
  return new Refusal('episode-invalid', { reason }, `The episode does not fit the release: ${reason}.`)
}
