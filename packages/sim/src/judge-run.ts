import { assert } from '@chiron/core/kit'
import type { Contact } from './contacts.ts'
import type { Condition, ScenarioTemplate } from './template.ts'

/** What a run is judged by: where the watched bodies were at each sample, and what touched. */
export type Track = {
  readonly timesMs: Float64Array
  /** The middles of bodies, three numbers a sample. A body that the scene has not is not here. */
  readonly places: ReadonlyMap<string, Float64Array>
  readonly contacts: readonly Contact[]
}

export type Judgement = {
  readonly success: boolean
  /** A term of the ontology, null where it succeeded. */
  readonly failureId: string | null
  /** When it went wrong; for what never happened, the end. */
  readonly failureAtMs: number | null
  /**
   * 1 for a success. Else the share of milestones that were reached; without milestones, the share of the time before it
   * went wrong. Always below 1.
   */
  readonly progress: number
  readonly milestones: readonly { readonly key: string; readonly atMs: number | null }[]
}

/** A failure is never the whole way, however far it came. */
const MOST_PROGRESS_FAILED = 0.95

/** Reads from a run whether it succeeded, else why not and when. */
export function judgeRun(template: ScenarioTemplate, track: Track): Judgement {
  const endMs = track.timesMs.at(-1) ?? 0
  const milestones = template.milestones.map(({ key, when }) => ({ key, atMs: momentOf(when, track) }))
  for (const rule of template.failures) {
    assert((rule.if === undefined) !== (rule.unless === undefined), 'a failure has one condition')
    const atMs = rule.if
      ? momentOf(rule.if, track)
      : momentOf(rule.unless as Condition, track) === null
        ? endMs
        : null
    if (atMs === null) continue
    const reached = milestones.filter((each) => each.atMs !== null).length
    const share = milestones.length > 0 ? reached / milestones.length : endMs > 0 ? atMs / endMs : 0
    const progress = Math.min(MOST_PROGRESS_FAILED, share)
    return { success: false, failureId: rule.failureId, failureAtMs: atMs, progress, milestones }
  }
  return { success: true, failureId: null, failureAtMs: null, progress: 1, milestones }
}

/** The bodies that a template's conditions speak of. */
export function watchedBodies({ failures, milestones }: ScenarioTemplate): string[] {
  const conditions = [
    ...failures.flatMap((rule) => [rule.if, rule.unless]),
    ...milestones.map(({ when }) => when),
  ]
  return [...new Set(conditions.flatMap((each) => (each && 'body' in each ? [each.body] : [])))]
}

/** When a condition first held, or null. Of a body that is not there, nothing holds. */
function momentOf(condition: Condition, { timesMs, places, contacts }: Track): number | null {
  if (condition.kind === 'touches') {
    const { one, other, minForceN } = condition
    const pair = contacts.find((each) => isPair(each, one, other))
    return pair?.spans.find(({ peakForceN }) => peakForceN >= minForceN)?.startMs ?? null
  }
  const place = places.get(condition.body)
  if (!place) return null
  if (condition.kind === 'ends-within') return endsWithin(condition, place) ? (timesMs.at(-1) ?? null) : null
  const found = timesMs.findIndex((_, at) => holdsAt(condition, { place, timesMs }, at))
  return found === -1 ? null : (timesMs[found] ?? null)
}

const isPair = ({ one, other }: Contact, a: string, b: string) =>
  (one === a && other === b) || (one === b && other === a)

type Path = { readonly place: Float64Array; readonly timesMs: Float64Array }

function holdsAt(
  condition: Exclude<Condition, { kind: 'touches' } | { kind: 'ends-within' }>,
  { place, timesMs }: Path,
  at: number,
): boolean {
  const height = (sample: number) => place[sample * 3 + 2] ?? 0
  if (condition.kind === 'rises-above') return height(at) > condition.heightM
  if (condition.kind === 'falls-below') return height(at) < condition.heightM
  if (at === 0) return false
  const seconds = ((timesMs[at] ?? 0) - (timesMs[at - 1] ?? 0)) / 1000
  return (height(at - 1) - height(at)) / seconds > condition.speedMps
}

function endsWithin(condition: Extract<Condition, { kind: 'ends-within' }>, place: Float64Array): boolean {
  const [x = 0, y = 0, z = 0] = place.subarray(place.length - 3)
  const [toX, toY] = condition.middle
  return Math.hypot(x - toX, y - toY) < condition.radiusM && z < condition.maxHeightM
}
