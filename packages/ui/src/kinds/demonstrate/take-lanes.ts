import type { Fault, TakeLimits, TimedSignals, TrafficLight } from '@chiron/core/episode'
import { type HandStream, handsInView } from '@chiron/core/sight'
import type { Lane, LaneSeries } from '../../player/lane.ts'

type TakeEvidence = {
  lights: readonly TrafficLight[]
  signals: readonly TimedSignals[]
  faults: readonly Fault[]
  limits?: TakeLimits | undefined
  hands?: HandStream | null | undefined
  /** The words of a message key. */
  words: (key: string) => string
}

const tones = { fatal: 'bad', fixable: 'bad', notice: 'attention' } as const

/** A take's evidence as lanes: lights, checks that found something, brightness, sharpness, motion, hands. */
export function takeLanes({ lights, signals, faults, limits, words, hands }: TakeEvidence): Lane[] {
  const lanes: Lane[] = []
  if (lights.length > 0) {
    const data = lights.map(({ fromMs, toMs, light, code }, at) => ({
      id: `light-${at}`,
      fromMs,
      toMs,
      tone: light,
      label: words(code ? `ui.fault.${code}` : 'ui.status.good'),
    }))
    lanes.push({ id: 'lights', label: words('ui.take.lights'), kind: 'lights', data })
  }
  if (faults.length > 0) {
    const data = faults.map(({ code, severity, fromMs, toMs }, at) => ({
      id: `fault-${at}`,
      fromMs,
      toMs,
      tone: tones[severity],
      label: words(`ui.fault.${code}`),
    }))
    lanes.push({ id: 'checks', label: words('ui.take.checks'), kind: 'spans', data })
  }
  if (signals.length > 0) lanes.push(...signalLanes(signals, limits, words))
  if (hands) lanes.push(handsLane(hands, words))
  return lanes
}

function signalLanes(
  signals: readonly TimedSignals[],
  limits: TakeLimits | undefined,
  words: (key: string) => string,
): Lane[] {
  const timesMs = signals.map(({ timeMs }) => timeMs)
  const lane = (name: 'brightness' | 'sharpness' | 'motion', more: Partial<LaneSeries>): Lane => ({
    id: name,
    label: words(`ui.take.${name}`),
    kind: 'series',
    data: { timesMs, values: signals.map((signal) => signal[name]), ...more },
  })
  return [
    lane('brightness', {
      min: 0,
      max: 1,
      ...(limits && { limits: { low: limits.minBrightness, high: limits.maxBrightness } }),
    }),
    lane('sharpness', { min: 0, ...(limits && { limits: { low: limits.minSharpness } }) }),
    lane('motion', { min: 0, ...(limits && { limits: { high: limits.maxMotion } }) }),
  ]
}

/** How many hands the phone's detector was sure of, look by look. */
function handsLane({ frames, filmStartMs }: HandStream, words: (key: string) => string): Lane {
  return {
    id: 'hands',
    label: words('ui.take.hands'),
    kind: 'series',
    data: {
      timesMs: frames.map(({ timeMs }) => timeMs - filmStartMs),
      values: frames.map(({ hands }) => handsInView(hands).count),
      min: 0,
      max: 2,
    },
  }
}
