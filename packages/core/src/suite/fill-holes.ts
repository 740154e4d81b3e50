import { type SeededRandom, seededRandom } from '../kit/index.ts'
import { combinationText, subsets } from './combinations.ts'
import { type Factor, includesSettings, type Settings, type SuiteContent } from './suite-content.ts'
import { suiteCoverage } from './suite-coverage.ts'

const CANDIDATE_COUNT = 16
export const MAX_PROPOSED = 500

type Fill = { readonly strength: number; readonly seed: string; readonly maxCount?: number }
type Search = {
  readonly content: SuiteContent
  readonly groups: readonly Factor[][]
  readonly open: ReadonlyMap<string, Settings>
  readonly random: SeededRandom
}

/**
 * Settings of further scenarios that close the holes of a suite, most holes first (the greedy search of AETG: Cohen,
 * Dalal, Fredman and Patton, IEEE TSE 1997). The same seed gives the same proposal. A hole that no whole scenario can
 * close, because every completion is impossible, stays.
 * @throws Refusal `too-many-combinations`
 */
export function fillHoles(
  content: SuiteContent,
  { strength, seed, maxCount = MAX_PROPOSED }: Fill,
): Settings[] {
  const size = Math.min(strength, content.factors.length)
  const groups = subsets(content.factors, size)
  const { holes } = suiteCoverage(content, size)
  const open = new Map(holes.map((hole) => [combinationText(hole, content.factors), hole]))
  const search: Search = { content, groups, open, random: seededRandom(seed) }
  const proposed: Settings[] = []
  while (open.size > 0 && proposed.length < maxCount) {
    const [text, first] = open.entries().next().value as [string, Settings]
    const best = bestCandidate(search, first)
    if (best === null) {
      open.delete(text)
      continue
    }
    proposed.push(best)
    for (const group of groups) open.delete(combinationText(best, group))
  }
  return proposed
}

function bestCandidate(search: Search, start: Settings): Settings | null {
  let best: { settings: Settings; gain: number } | null = null
  for (let attempt = 0; attempt < CANDIDATE_COUNT; attempt++) {
    const settings = complete(search, start)
    if (settings === null) continue
    const gain = gainOf(search, settings)
    if (best === null || gain > best.gain) best = { settings, gain }
  }
  return best?.settings ?? null
}

/** Adds the other factors in a random order, each at the level that closes most holes. */
function complete(search: Search, start: Settings): Settings | null {
  const { content, random } = search
  let settings = start
  for (const { key, levels } of random.shuffle(content.factors)) {
    if (settings[key] !== undefined) continue
    let best: { settings: Settings; gain: number } | null = null
    for (const level of random.shuffle(levels)) {
      const next = { ...settings, [key]: level.key }
      if (content.impossible.some((part) => includesSettings(next, part))) continue
      const gain = gainOf(search, next)
      if (best === null || gain > best.gain) best = { settings: next, gain }
    }
    if (best === null) return null
    settings = best.settings
  }
  return settings
}

function gainOf({ groups, open }: Search, settings: Settings): number {
  return groups.filter((group) => {
    const isWhole = group.every(({ key }) => settings[key] !== undefined)
    return isWhole && open.has(combinationText(settings, group))
  }).length
}
