import { compareStrings, sortBy } from '../kit/index.ts'
import { badSpells } from './bad-spells.ts'
import { MAX_FAULTS } from './fault.ts'
import type { Fault } from './fault-schema.ts'
import type { TimedSignals } from './frame-signals.ts'
import { pictureRules } from './picture-rules.ts'
import type { TimedSight } from './sight-rules.ts'
import { sightSpells } from './sight-spells.ts'
import type { TakeLimits } from './take-limits-schema.ts'
import type { TimingSignals } from './timing-signals.ts'

/**
 * What the container says. `width` × `height` as a person sees it, its rotation applied.
 * `clockSkewMs`: the device's clock minus the server's, where it is known.
 */
export type TakeProbe = Pick<TimingSignals, 'fps' | 'droppedRatio' | 'longestGapMs'> & {
  durationMs: number
  width: number
  height: number
  clockSkewMs?: number | undefined
}

export type TakeVerdict = { passes: boolean; faults: Fault[] }

/**
 * Judges a take by what the container says and by its pictures, sampled `SIGNAL_INTERVAL_MS` apart.
 * What a detector saw (`sights`) is told as notices: it believes, it does not know.
 * It passes when every fault is a mere notice. Faults come in order of time, at most `MAX_FAULTS`.
 */
export function judgeTake(take: {
  probe: TakeProbe
  signals: readonly TimedSignals[]
  limits: TakeLimits
  sights?: readonly TimedSight[]
}): TakeVerdict {
  const seen = sightSpells(take.sights ?? []).map((spell): Fault => ({ ...spell, severity: 'notice' }))
  const faults = [...probeFaults(take.probe, take.limits), ...pictureFaults(take), ...seen]
  const passes = faults.every(({ severity }) => severity === 'notice')
  const ordered = sortBy(
    faults,
    (fault) => fault.fromMs,
    (fault) => fault.code,
  )
  return { passes, faults: ordered.slice(0, MAX_FAULTS) }
}

function probeFaults(probe: TakeProbe, limits: TakeLimits): Fault[] {
  const faults: Fault[] = []
  const add = (code: Fault['code'], severity: Fault['severity'], value: number, limit: number): void => {
    faults.push({ code, severity, fromMs: 0, toMs: Math.max(0, probe.durationMs), value, limit })
  }
  const side = Math.min(probe.width, probe.height)
  const aspect = probe.width / probe.height
  const { orientation } = limits
  if (probe.durationMs < limits.minDurationMs) {
    add('too-short', probe.durationMs > 0 ? 'fixable' : 'fatal', probe.durationMs, limits.minDurationMs)
  }
  if (probe.durationMs > limits.maxDurationMs) {
    add('too-long', 'fixable', probe.durationMs, limits.maxDurationMs)
  }
  if (side < limits.minSidePx) add('too-small', 'fixable', side, limits.minSidePx)
  if ((orientation === 'landscape' && aspect < 1) || (orientation === 'portrait' && aspect > 1)) {
    add('wrong-rotation', 'fixable', aspect, 1)
  }
  if (probe.fps < limits.minFps) add('low-frame-rate', 'fixable', probe.fps, limits.minFps)
  if (probe.droppedRatio > limits.maxDroppedRatio) {
    add('dropped-frames', 'fixable', probe.droppedRatio, limits.maxDroppedRatio)
  } else if (probe.longestGapMs > limits.maxGapMs) {
    add('dropped-frames', 'fixable', probe.longestGapMs, limits.maxGapMs)
  }
  const skewMs = probe.clockSkewMs ?? 0
  if (Math.abs(skewMs) > limits.maxClockSkewMs) add('clock-wrong', 'notice', skewMs, limits.maxClockSkewMs)
  return faults
}

function pictureFaults(take: {
  probe: TakeProbe
  signals: readonly TimedSignals[]
  limits: TakeLimits
}): Fault[] {
  const { durationMs } = take.probe
  const spells = pictureRules(take.limits)
    .flatMap((rule) => badSpells(take.signals, rule, take.limits.mergeGapMs))
    .filter(({ persists }) => persists)
    .map(({ code, rule, fromMs, toMs, worst }): Fault => {
      const end = Math.max(fromMs, Math.min(toMs, durationMs))
      return { code, severity: 'fixable', fromMs, toMs: end, value: worst, limit: rule.limit }
    })
  const merged = mergeSameCode(spells)
  const dark = merged.filter(({ code }) => code === 'too-dark')
  // In the dark everything looks blurred and still: saying so would not help to film again.
  return merged.filter(
    ({ code, fromMs, toMs }) =>
      (code !== 'blurred' && code !== 'motion-blur' && code !== 'frozen') ||
      !dark.some((other) => other.fromMs <= fromMs && other.toMs >= toMs),
  )
}

/** Brightness and clipping can both say "too bright" of one moment: one fault, with the first's figures. */
function mergeSameCode(faults: Fault[]): Fault[] {
  const merged: Fault[] = []
  const ordered = [...faults].sort((a, b) => compareStrings(a.code, b.code) || a.fromMs - b.fromMs)
  for (const fault of ordered) {
    const last = merged.at(-1)
    if (last?.code === fault.code && fault.fromMs <= last.toMs) last.toMs = Math.max(last.toMs, fault.toMs)
    else merged.push({ ...fault })
  }
  return merged
}
