import type { FaultCode } from './fault.ts'
import type { FrameSignals } from './frame-signals.ts'
import type { TakeLimits } from './take-limits-schema.ts'

export type PictureCode = Extract<
  FaultCode,
  'too-dark' | 'too-bright' | 'blurred' | 'motion-blur' | 'shaking' | 'frozen'
>

/**
 * One way a picture can be bad. A picture is bad from the moment `value` passes `limit` until it comes back
 * past `release`: between the two it stays what it was.
 */
export type PictureRule = {
  id: 'dark' | 'bright' | 'clipped' | 'frozen' | 'shaking' | 'blurred'
  value: (signals: FrameSignals) => number
  side: 'below' | 'above'
  limit: number
  release: number
  persistMs: number
}

/** How far back past its limit, in shares of the limit, a value must come before it counts as good again. */
const RELEASE_RATIO = 0.08

/** The rules, the one to fix first coming first: nothing else can be judged in the dark. */
export function pictureRules(limits: TakeLimits): PictureRule[] {
  const { persistMs, frozenPersistMs } = limits
  const below = (limit: number) => ({ side: 'below', limit, release: limit * (1 + RELEASE_RATIO) }) as const
  const above = (limit: number) => ({ side: 'above', limit, release: limit * (1 - RELEASE_RATIO) }) as const
  return [
    { id: 'dark', value: ({ brightness }) => brightness, ...below(limits.minBrightness), persistMs },
    { id: 'bright', value: ({ brightness }) => brightness, ...above(limits.maxBrightness), persistMs },
    { id: 'clipped', value: ({ clippedRatio }) => clippedRatio, ...above(limits.maxClippedRatio), persistMs },
    { id: 'frozen', value: ({ motion }) => motion, ...below(limits.minMotion), persistMs: frozenPersistMs },
    { id: 'shaking', value: ({ motion }) => motion, ...above(limits.maxMotion), persistMs },
    { id: 'blurred', value: ({ sharpness }) => sharpness, ...below(limits.minSharpness), persistMs },
  ]
}

/** Whether the picture is bad by the rule, given whether the one before it was. */
export function isBad(rule: PictureRule, signals: FrameSignals, wasBad: boolean): boolean {
  const edge = wasBad ? rule.release : rule.limit
  const value = rule.value(signals)
  return rule.side === 'below' ? value < edge : value > edge
}

/** A picture without sharpness that changes this much was not out of focus: something went too fast for it. */
const FAST_MOTION = 0.02

/**
 * Clipping names no side by itself: the brightness of the pictures tells which end was lost. Nor does a lack of
 * sharpness say why: their motion does.
 */
export function codeOf(
  rule: PictureRule,
  { brightness, motion }: Pick<FrameSignals, 'brightness' | 'motion'>,
): PictureCode {
  switch (rule.id) {
    case 'dark':
      return 'too-dark'
    case 'bright':
      return 'too-bright'
    case 'clipped':
      return brightness < 0.5 ? 'too-dark' : 'too-bright'
    case 'blurred':
      return motion > FAST_MOTION ? 'motion-blur' : 'blurred'
    case 'frozen':
    case 'shaking':
      return rule.id
  }
}
