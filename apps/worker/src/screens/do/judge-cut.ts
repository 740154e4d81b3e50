import type { Take } from '@chiron/capture'
import { judgeTake, type TakeLimits, type TakeVerdict, timingSignals } from '@chiron/core/episode'

export type Cut = { fromMs: number; toMs: number }

/** The phone's verdict on what a cut keeps of a take; places count from the take's own beginning. */
export function judgeCut(take: Take, cut: Cut, limits: TakeLimits): TakeVerdict {
  const within = (timeMs: number) => timeMs >= cut.fromMs && timeMs <= cut.toMs
  const times = take.sourceTimesMs.filter(within)
  const { fps, droppedRatio, longestGapMs } =
    times.length > 1 ? timingSignals(times) : { fps: take.fps, droppedRatio: 0, longestGapMs: 0 }
  const { width, height } = take
  const verdict = judgeTake({
    probe: { durationMs: cut.toMs - cut.fromMs, width, height, fps, droppedRatio, longestGapMs },
    signals: take.signals
      .filter(({ timeMs }) => within(timeMs))
      .map((signal) => ({ ...signal, timeMs: signal.timeMs - cut.fromMs })),
    sights: take.sights
      .filter(({ timeMs }) => within(timeMs))
      .map((sight) => ({ ...sight, timeMs: sight.timeMs - cut.fromMs })),
    limits,
  })
  const back = ({ fromMs, toMs }: Cut) => ({ fromMs: fromMs + cut.fromMs, toMs: toMs + cut.fromMs })
  return { ...verdict, faults: verdict.faults.map((fault) => ({ ...fault, ...back(fault) })) }
}
