import { sortBy } from '../kit/index.ts'
import { badSpells } from './bad-spells.ts'
import type { TimedSignals } from './frame-signals.ts'
import { SIGNAL_INTERVAL_MS } from './frame-signals.ts'
import { type PictureCode, pictureRules } from './picture-rules.ts'
import type { SightCode, TimedSight } from './sight-rules.ts'
import { sightSpells } from './sight-spells.ts'
import type { TakeLimits } from './take-limits-schema.ts'

/** `bad`: it fails the take. `attention`: too short to fail it, or only what a detector believes. `code` says of what, except when good. */
export type TrafficLight = {
  fromMs: number
  toMs: number
  light: 'good' | 'attention' | 'bad'
  code?: PictureCode | SightCode
}

/**
 * A finished take as a row of lights, side by side from its first sampled picture to its last, for the
 * timeline. Bad outranks attention; among equals the more urgent fault is named. What a detector saw
 * (`sights`) comes last.
 */
export function trafficLights(
  signals: readonly TimedSignals[],
  limits: TakeLimits,
  sights: readonly TimedSight[] = [],
): TrafficLight[] {
  const ofPictures = sortBy(
    pictureRules(limits).flatMap((rule) => badSpells(signals, rule, limits.mergeGapMs)),
    ({ persists }) => !persists,
  )
  const ofSights = sightSpells(sights).map((spell) => ({ ...spell, persists: false }))
  const spells = [...ofPictures, ...ofSights]
  const lights: TrafficLight[] = []
  const pictures = sortBy(signals, ({ timeMs }) => timeMs)
  pictures.forEach(({ timeMs }, at) => {
    const spell = spells.find(({ fromMs, toMs }) => timeMs >= fromMs && timeMs <= toMs)
    const light = spell === undefined ? 'good' : spell.persists ? 'bad' : 'attention'
    const toMs = pictures[at + 1]?.timeMs ?? timeMs + SIGNAL_INTERVAL_MS
    const last = lights.at(-1)
    if (last !== undefined && last.light === light && last.code === spell?.code) last.toMs = toMs
    else lights.push({ fromMs: timeMs, toMs, light, ...(spell === undefined ? {} : { code: spell.code }) })
  })
  return lights
}
