import { assert, sortBy } from '../kit/index.ts'
import { MAX_SIGNAL_COUNT } from './bad-spells.ts'
import { SIGHT_RULES, type SightCode, type SightRule, type TimedSight } from './sight-rules.ts'

/** A detector looks a few times a second and misses one look in ten: less than this is one of those. */
export const SIGHT_PERSIST_MS = 700
const MERGE_GAP_MS = 800

export type SightSpell = { code: SightCode; fromMs: number; toMs: number; value: number; limit: number }

/** The stretches of a take in which a detector kept seeing something wrong, in order of time. */
export function sightSpells(sights: readonly TimedSight[]): SightSpell[] {
  assert(sights.length <= MAX_SIGNAL_COUNT, `more than ${MAX_SIGNAL_COUNT} sights`)
  const inOrder = sortBy(sights, ({ timeMs }) => timeMs)
  const spells = SIGHT_RULES.flatMap((rule) => spellsOf(inOrder, rule))
  return sortBy(
    spells.filter(({ fromMs, toMs }) => toMs - fromMs >= SIGHT_PERSIST_MS),
    ({ fromMs }) => fromMs,
  )
}

function spellsOf(sights: readonly TimedSight[], rule: SightRule): SightSpell[] {
  const spells: SightSpell[] = []
  for (const sight of sights.filter(rule.isBad)) {
    const last = spells.at(-1)
    const value = rule.value(sight)
    if (last !== undefined && sight.timeMs - last.toMs <= MERGE_GAP_MS) {
      last.toMs = sight.timeMs
      last.value = Math.max(last.value, value)
    } else {
      spells.push({ code: rule.code, fromMs: sight.timeMs, toMs: sight.timeMs, value, limit: rule.limit })
    }
  }
  return spells
}
