import { fromBase64, Refusal, utf8 } from '@chiron/core/kit'
import type { ByteSource } from '../io.ts'
import { openMcap } from '../mcap/index.ts'
import { type Trajectory, trajectoryText } from '../trajectory/index.ts'
import { type AvcFrame, avcVideo, opensStream } from '../video/index.ts'
import { factsOf } from './facts-of.ts'
import { type FoundStream, type RolloutResult, streamName } from './found-rollout.ts'
import { numbersIn } from './numbers-in.ts'

/** Metadata record that says what became of the run. */
const FACTS = 'chiron.rollout'
const VIDEO_SCHEMA = /CompressedVideo$/
const MAX_COLUMNS = 500

type Sample = { timeMs: number; numbers: ReadonlyMap<string, number> }
type Topic = { frames: AvcFrame[]; samples: Sample[] }

/**
 * An MCAP file as one rollout: JSON messages become trajectories, one per topic, their numbers by where they stand in
 * the message; `foxglove.CompressedVideo` in H.264 becomes a video. Times are log times from the file's first message.
 * What became of the run is told by a metadata record `chiron.rollout`.
 */
export async function mcapRollout(file: string, source: ByteSource): Promise<RolloutResult> {
  const place = { row: 0 }
  try {
    const { topics, facts, leftOut } = await readTopics(source, place)
    const streams: FoundStream[] = []
    for (const [name, topic] of topics) streams.push(...(await streamsOf(name, topic)))
    if (streams.length === 0) throw new Refusal('rollout-unreadable', {}, nothingIn(leftOut))
    return {
      ok: true,
      rollout: { file, row: 0, facts: factsOf((name) => facts.get(name)), streams, leftOut },
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { ok: false, fault: { file, row: place.row || null, reason } }
  }
}

const nothingIn = (leftOut: readonly string[]): string =>
  leftOut.length === 0 ? 'it has no messages' : `nothing in it can be brought in: ${leftOut.join('; ')}`

async function readTopics(source: ByteSource, place: { row: number }) {
  const reader = await openMcap(source)
  const topics = new Map<string, Topic>()
  const leftOut = new Set<string>()
  let startNs: bigint | undefined
  for await (const { channelId, logTime, data } of reader.readMessages({ validateCrcs: true })) {
    place.row++
    startNs ??= logTime
    const channel = reader.channelsById.get(channelId)
    if (!channel) throw new Refusal('rollout-unreadable', {}, 'a message belongs to no channel')
    const { topic: name, messageEncoding, schemaId } = channel
    if (messageEncoding !== 'json') {
      leftOut.add(`${name} (${messageEncoding || 'no encoding'}): only JSON messages are read`)
      continue
    }
    const topic = topics.get(name) ?? { frames: [], samples: [] }
    topics.set(name, topic)
    const timeMs = Number(logTime - startNs) / 1e6
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data))
    const schema = reader.schemasById.get(schemaId)?.name ?? ''
    if (VIDEO_SCHEMA.test(schema)) topic.frames.push(pictureOf(name, body, timeMs))
    else topic.samples.push({ timeMs, numbers: numbersIn(body) })
  }
  place.row = 0
  const facts = new Map<string, string>()
  for await (const { metadata } of reader.readMetadata({ name: FACTS }))
    for (const [name, value] of metadata) facts.set(name, value)
  return { topics, facts, leftOut: [...leftOut].sort() }
}

function pictureOf(name: string, body: unknown, timeMs: number): AvcFrame {
  const { format, data } = (body ?? {}) as { format?: unknown; data?: unknown }
  if (format !== 'h264' || typeof data !== 'string')
    throw new Refusal(
      'rollout-unreadable',
      {},
      `${name}: a picture is “${String(format)}”, not h264 in base64`,
    )
  const bytes = fromBase64(data)
  return { timeMs, bytes, isKey: opensStream(bytes) }
}

async function streamsOf(topic: string, { frames, samples }: Topic): Promise<FoundStream[]> {
  const name = streamName(topic)
  const [first] = frames
  if (first) return [{ name, kind: 'video', startMs: first.timeMs, bytes: await avcVideo(frames) }]
  const trajectory = trajectoryOf(topic, samples)
  if (trajectory === null) return []
  return [{ name, kind: 'trajectory', startMs: 0, bytes: utf8(trajectoryText(trajectory)) }]
}

function trajectoryOf(topic: string, samples: readonly Sample[]): Trajectory | null {
  const columns = [...new Set(samples.flatMap(({ numbers }) => [...numbers.keys()]))]
  if (columns.length === 0) return null
  if (columns.length > MAX_COLUMNS)
    throw new Refusal('rollout-unreadable', {}, `${topic} has more than ${MAX_COLUMNS} different numbers`)
  const values = columns.map((column) =>
    Float64Array.from(samples, ({ numbers }) => numbers.get(column) ?? Number.NaN),
  )
  return { columns, timesMs: Float64Array.from(samples, ({ timeMs }) => timeMs), values }
}
