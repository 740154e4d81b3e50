import { utf8 } from '@chiron/core/kit'
import type { Topic } from './topics.ts'

export type TimedMessage = { topic: Topic; timeNs: bigint; data: Uint8Array }

/** Nanoseconds of a time in milliseconds, from the nearest microsecond: clips are timed no finer. */
export function timeNs(timeMs: number): bigint {
  return BigInt(Math.round(timeMs * 1000)) * 1000n
}

/** A message of a topic; its body is told its own time as Foxglove writes times. */
export function message(of: Topic, timeMs: number, body: (timestamp: object) => object): TimedMessage {
  const at = timeNs(timeMs)
  const timestamp = { sec: Number(at / 1_000_000_000n), nsec: Number(at % 1_000_000_000n) }
  return { topic: of, timeNs: at, data: utf8(JSON.stringify(body(timestamp))) }
}
