import { Refusal } from '../kit/index.ts'
import { includesSettings, type Settings, type SuiteContent } from './suite-content.ts'

/** More combinations than this are not listed one by one. */
export const MAX_COMBINATIONS = 200_000
export const MAX_STRENGTH = 4

/** Levels of `strength` factors set together; `text` names it (`light=dim, object=cup`). */
export type Combination = { readonly text: string; readonly settings: Settings }
type Design = Pick<SuiteContent, 'factors' | 'impossible'>

/**
 * Every combination of levels of `strength` factors that can be set up, in the order of factors and levels. Of fewer
 * factors than that, all of them.
 * @throws Refusal `too-many-combinations` with facts `{ count, max }`
 */
export function combinationsOf(design: Design, strength: number): Combination[] {
  const { factors, impossible } = design
  const groups = subsets(factors, Math.min(strength, factors.length))
  const count = groups.reduce((sum, group) => sum + group.reduce((n, { levels }) => n * levels.length, 1), 0)
  if (count > MAX_COMBINATIONS) {
    const message = `There are ${count} combinations of ${strength} factors; at most ${MAX_COMBINATIONS} are looked at.`
    throw new Refusal('too-many-combinations', { count, max: MAX_COMBINATIONS }, message)
  }
  return groups
    .flatMap(product)
    .filter((settings) => !impossible.some((part) => includesSettings(settings, part)))
    .map((settings) => ({ settings, text: combinationText(settings, factors) }))
}

/** Names a combination by its factors' order, so that the same one is always written the same. */
export function combinationText(settings: Settings, factors: Design['factors']): string {
  return factors
    .flatMap(({ key }) => (settings[key] === undefined ? [] : `${key}=${settings[key]}`))
    .join(', ')
}

/** All choices of `size` items, in order. */
export function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, at) => subsets(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]))
}

function product(group: Design['factors']): Settings[] {
  let all: Settings[] = group.length === 0 ? [] : [{}]
  for (const { key, levels } of group)
    all = all.flatMap((settings) => levels.map((level) => ({ ...settings, [key]: level.key })))
  return all
}
