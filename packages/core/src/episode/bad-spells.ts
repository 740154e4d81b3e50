import { assert, sortBy } from '../kit/index.ts'
import type { TimedSignals } from './frame-signals.ts'
import { codeOf, isBad, type PictureCode, type PictureRule } from './picture-rules.ts'

/** Longest list of sampled pictures: four hours at ten a second, with room. */
export const MAX_SIGNAL_COUNT = 200_000

/** A stretch of bad pictures, from the first to the last. `worst` is the value farthest past the limit. */
export type BadSpell = {
  rule: PictureRule
  code: PictureCode
  fromMs: number
  toMs: number
  worst: number
  persists: boolean
}

/** All stretches that are bad by the rule, in order of time; those closer than `mergeGapMs` are one. */
export function badSpells(
  signals: readonly TimedSignals[],
  rule: PictureRule,
  mergeGapMs: number,
): BadSpell[] {
  assert(signals.length <= MAX_SIGNAL_COUNT, `more than ${MAX_SIGNAL_COUNT} sampled pictures`)
  const runs: TimedSignals[][] = []
  let wasBad = false
  for (const picture of sortBy(signals, ({ timeMs }) => timeMs)) {
    const bad = isBad(rule, picture, wasBad)
    const run = runs.at(-1)
    const joins = run !== undefined && picture.timeMs - run.at(-1)!.timeMs <= mergeGapMs
    if (bad && run !== undefined && (wasBad || joins)) run.push(picture)
    else if (bad) runs.push([picture])
    wasBad = bad
  }
  return runs.map((run) => spellOf(run, rule))
}

function spellOf(run: TimedSignals[], rule: PictureRule): BadSpell {
  const values = run.map(rule.value)
  const worst = values.reduce(rule.side === 'below' ? smaller : larger)
  const mean = (value: (picture: TimedSignals) => number): number =>
    run.reduce((sum, picture) => sum + value(picture), 0) / run.length
  const fromMs = run[0]!.timeMs
  const toMs = run.at(-1)!.timeMs
  return {
    rule,
    code: codeOf(rule, { brightness: mean((one) => one.brightness), motion: mean((one) => one.motion) }),
    fromMs,
    toMs,
    worst,
    persists: toMs - fromMs >= rule.persistMs,
  }
}

const smaller = (a: number, b: number): number => Math.min(a, b)
const larger = (a: number, b: number): number => Math.max(a, b)
