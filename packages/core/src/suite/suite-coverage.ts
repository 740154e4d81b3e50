import { combinationsOf, combinationText, subsets } from './combinations.ts'
import type { Settings, SuiteContent } from './suite-content.ts'

export type FactorsCoverage = {
  /** Keys of the factors set together. */
  readonly factors: readonly string[]
  readonly coveredCount: number
  readonly possibleCount: number
}

/** How much of what could be set up the scenarios do set up, `strength` factors at a time. */
export type SuiteCoverage = {
  readonly strength: number
  readonly coveredCount: number
  readonly possibleCount: number
  readonly byFactors: readonly FactorsCoverage[]
  /** Combinations that no scenario sets up, in order; all of them. */
  readonly holes: readonly Settings[]
}

/**
 * Coverage of combinations (t-way combinatorial testing: Kuhn, Kacker and Lei, NIST SP 800-142). A combination is
 * possible unless `impossible` says otherwise; what follows from several of those taken together is not looked for.
 * @throws Refusal `too-many-combinations`
 */
export function suiteCoverage(content: SuiteContent, strength: number): SuiteCoverage {
  const { factors, scenarios } = content
  const size = Math.min(strength, factors.length)
  const groups = subsets(factors, size).filter((group) => group.length > 0)
  const present = new Set<string>()
  for (const { settings } of scenarios)
    for (const group of groups) present.add(combinationText(settings, group))
  const tallies = new Map(groups.map((group) => [nameOf(group), { covered: 0, possible: 0, group }]))
  const holes: Settings[] = []
  for (const { settings, text } of combinationsOf(content, size)) {
    const tally = tallies.get(nameOf(factors.filter(({ key }) => settings[key] !== undefined)))
    if (!tally) continue
    tally.possible++
    if (present.has(text)) tally.covered++
    else holes.push(settings)
  }
  const byFactors = [...tallies.values()].map(({ covered, possible, group }) => ({
    factors: group.map(({ key }) => key),
    coveredCount: covered,
    possibleCount: possible,
  }))
  const sum = (of: (each: FactorsCoverage) => number) =>
    byFactors.reduce((total, each) => total + of(each), 0)
  return {
    strength: size,
    coveredCount: sum(({ coveredCount }) => coveredCount),
    possibleCount: sum(({ possibleCount }) => possibleCount),
    byFactors,
    holes,
  }
}

const nameOf = (group: readonly { key: string }[]): string => group.map(({ key }) => key).join(' ')
