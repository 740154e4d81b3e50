import type { TakeLimits, TimedSignals } from '@chiron/core/episode'
import { assert } from '@chiron/core/kit'
import { cutMotion } from '@chiron/core/motion'
import { takeOf } from './finish-take.ts'
import { type Painting, reencode } from './reencode.ts'
import { remux } from './remux.ts'
import type { Take, TakeNotes } from './take.ts'
import { keepTake, newTakeId } from './take-notes.ts'
import { takeCupboard } from './takes.ts'

export type Cutting = Painting & {
  fromMs: number
  toMs: number
  start?: 'key-frame' | 'exact'
  /** The app's own facts about the cut; by default those of the take. */
  context?: Record<string, string>
  /** What was measured of the pictures once painted, from the cut's beginning. */
  signalsAfter?: () => TimedSignals[]
}

/**
 * Cuts a take to `fromMs` … `toMs` of it and keeps the cut as a take of its own; the original stays until it
 * is removed. With `start: 'key-frame'` (fast, pictures untouched) the beginning moves back to the key frame
 * at or before it, at most a second; `exact` encodes anew where the beginning is not a key frame. The cut
 * starts at 0 and keeps the rate. With `paint` every picture is painted on and encoded anew. `trim` of the cut counts from the take as filmed.
 */
export async function trimTake(take: Take, cut: Cutting, limits: TakeLimits): Promise<Take> {
  assert(cut.fromMs >= 0 && cut.toMs > cut.fromMs, 'a cut ends after it begins')
  const fps = take.constantRate ? take.fps : undefined
  const { paint, onProgress, fromMs, toMs } = cut
  const anew = () => reencode(take.file, { fps: take.fps, fromMs, toMs, paint, onProgress })
  let film = paint ? await anew() : await remux(take.file, { fps, fromMs, toMs })
  const isOff = Math.abs(film.fromMs - fromMs) > 500 / take.fps
  if (!paint && cut.start === 'exact' && take.constantRate && isOff) film = await anew()
  const shift = <T extends { timeMs: number }>(items: readonly T[]): T[] =>
    items
      .filter(({ timeMs }) => timeMs >= film.fromMs)
      .map((item) => ({ ...item, timeMs: item.timeMs - film.fromMs }))
  const notes: TakeNotes = {
    takeId: newTakeId(),
    recordedAt: take.recordedAt,
    width: take.width,
    height: take.height,
    fps: take.fps,
    recording: take.recording,
    context: cut.context ?? take.context,
    signals: cut.signalsAfter?.() ?? shift(take.signals),
    sights: shift(take.sights),
    hands: shift(take.hands),
    cameraStartMs: take.cameraStartMs + film.fromMs,
    ...(take.motion ? { motion: cutMotion(take.motion, film.fromMs, film.toMs) } : {}),
    sourceTimesMs: take.sourceTimesMs
      .filter((timeMs) => timeMs >= film.fromMs)
      .map((timeMs) => timeMs - film.fromMs),
  }
  const made = await takeOf({ notes, film, limits })
  const offsetMs = take.trim.fromMs
  const trimmed = { ...made, trim: { fromMs: offsetMs + film.fromMs, toMs: offsetMs + film.toMs } }
  await keepTake(await takeCupboard(), trimmed).catch(() => undefined)
  return trimmed
}
