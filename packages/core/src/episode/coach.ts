import type { FaultCode } from './fault.ts'
import type { FrameSignals } from './frame-signals.ts'
import { codeOf, isBad, pictureRules } from './picture-rules.ts'
import { SIGHT_RULES, type TimedSight } from './sight-rules.ts'
import type { TakeLimits } from './take-limits-schema.ts'

/** An instruction stays at least this long: words that flicker cannot be read. */
export const INSTRUCTION_MIN_MS = 700
/** A fault must last this long before it is spoken of, and be gone this long before it is forgotten. */
const SETTLE_MS = 400
const FROZEN_SETTLE_MS = 1_000

export type Instruction = FaultCode | 'ready'

/**
 * What to tell the person who films, now. `steadySinceMs`: since when it has been this. `seen` is the
 * coach's own memory: since when each fault has been there, and until when it was last seen.
 */
export type CoachState = {
  instruction: Instruction
  steadySinceMs: number
  seen: { id: string; code: FaultCode; sinceMs: number; lastMs: number }[]
}

/** A detector that was last heard of longer ago than this is not believed any more. */
const SIGHT_FRESH_MS = 1_500

/**
 * One look through the viewfinder. `fps`: what the camera delivers now, 0 when not yet known. `sight`: what a
 * detector saw last, where one runs.
 */
export type Glance = { timeMs: number; signals: FrameSignals; fps: number; sight?: TimedSight | undefined }

/**
 * The coach's next state: one instruction at a time, the most urgent fault first. It changes no faster
 * than `INSTRUCTION_MIN_MS` and follows a lasting change within two seconds. Start with `undefined`:
 * the first glance speaks at once.
 */
export function coachState(before: CoachState | undefined, glance: Glance, limits: TakeLimits): CoachState {
  const { timeMs } = glance
  const present = faultsNow(before, glance, limits)
  const remembered = before?.seen ?? []
  const seen = [
    ...present.map(({ id, code }) => {
      const sinceMs = remembered.find((fault) => fault.id === id)?.sinceMs ?? timeMs
      return { id, code, sinceMs, lastMs: timeMs }
    }),
    ...remembered.filter(
      ({ id, lastMs }) => !present.some((fault) => fault.id === id) && timeMs - lastMs < SETTLE_MS,
    ),
  ]
  if (before === undefined) return { instruction: present[0]?.code ?? 'ready', steadySinceMs: timeMs, seen }
  const settled = present.find(({ id }) => {
    const fault = seen.find((other) => other.id === id)!
    return timeMs - fault.sinceMs >= (id === 'frozen' ? FROZEN_SETTLE_MS : SETTLE_MS)
  })
  const stillThere = seen.some(({ code }) => code === before.instruction)
  const wanted = settled?.code ?? (stillThere ? before.instruction : 'ready')
  if (wanted === before.instruction || timeMs - before.steadySinceMs < INSTRUCTION_MIN_MS)
    return { ...before, seen }
  return { instruction: wanted, steadySinceMs: timeMs, seen }
}

function faultsNow(
  before: CoachState | undefined,
  glance: Glance,
  limits: TakeLimits,
): { id: string; code: FaultCode }[] {
  const wasBad = (id: string): boolean => before?.seen.some((fault) => fault.id === id) ?? false
  const bad: { id: string; code: FaultCode }[] = pictureRules(limits)
    // The first glance has nothing to compare with, so it cannot be frozen.
    .filter((rule) => !(rule.id === 'frozen' && before === undefined))
    .filter((rule) => isBad(rule, glance.signals, wasBad(rule.id)))
    .map((rule) => ({ id: rule.id, code: codeOf(rule, glance.signals) }))
  const slowFps = limits.minFps * (wasBad('low-frame-rate') ? 1.05 : 1)
  const light = bad.findIndex(({ code }) => code !== 'too-dark' && code !== 'too-bright')
  if (glance.fps > 0 && glance.fps < slowFps) {
    bad.splice(light === -1 ? bad.length : light, 0, { id: 'low-frame-rate', code: 'low-frame-rate' })
  }
  return [...bad, ...sightFaults(glance)]
}

function sightFaults({ timeMs, sight }: Glance): { id: string; code: FaultCode }[] {
  if (sight === undefined || timeMs - sight.timeMs > SIGHT_FRESH_MS) return []
  return SIGHT_RULES.filter(({ isBad }) => isBad(sight)).map(({ code }) => ({ id: code, code }))
}
