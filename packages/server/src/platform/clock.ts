import { randomBytes } from 'node:crypto'
import { uuidv7 } from '@chiron/core/kit'

/** Time and dice enter the server here, so that a test can hold both still. */
export interface Clock {
  now(): Date
  randomBytes(count: number): Uint8Array
}

export const systemClock: Clock = { now: () => new Date(), randomBytes: (count) => randomBytes(count) }

/** A clock that stands where it was put until moved. */
export function manualClock(start: Date): Clock & { advance(ms: number): void } {
  let nowMs = start.getTime()
  return {
    now: () => new Date(nowMs),
    randomBytes: (count) => randomBytes(count),
    advance: (ms) => {
      nowMs += ms
    },
  }
}

const lastIds = new WeakMap<Clock, { ms: number; counter: number }>()
const MAX_COUNTER = 0xfff
const MAX_LEAD_MS = 10_000

/**
 * A fresh time-ordered id (UUIDv7). Ids of one process rise even within a millisecond (RFC 9562 §6.2, method 1), so
 * that lists by id are lists by time.
 */
export function newId<T extends string = string>(clock: Clock): T {
  const nowMs = clock.now().getTime()
  const random = clock.randomBytes(10)
  const last = lastIds.get(clock)
  // A clock that was put back by more than a moment is believed.
  const follows = last !== undefined && last.ms >= nowMs && last.ms - nowMs < MAX_LEAD_MS
  const next = follows ? after(last) : { ms: nowMs, counter: (random[0] ?? 0) << 2 }
  lastIds.set(clock, next)
  random.set([next.counter >> 8, next.counter & 0xff])
  return uuidv7(next.ms, random) as T
}

const after = ({ ms, counter }: { ms: number; counter: number }) =>
  counter < MAX_COUNTER ? { ms, counter: counter + 1 } : { ms: ms + 1, counter: 0 }
