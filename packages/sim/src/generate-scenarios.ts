import { assert, Refusal, seededRandom } from '@chiron/core/kit'
import { fillHoles, type Settings, type SuiteContent } from '@chiron/core/suite'
import { scenarioOf } from './scenario-of.ts'
import type { ScenarioTemplate, SimScenario } from './template.ts'

export const MAX_GENERATED = 500

/**
 * `count` scenarios of a template that differ in their levels: first such that close all holes of any two factors, as few
 * as that takes, then of three, and so on (`fillHoles` of core/suite). The same seed gives the same.
 * @throws Refusal `too-few-combinations` with facts `{ possible, count }` when the levels do not give that many
 */
export function generateScenarios(
  template: ScenarioTemplate,
  { seed, count }: { readonly seed: string; readonly count: number },
): SimScenario[] {
  assert(Number.isInteger(count) && count >= 1 && count <= MAX_GENERATED, 'from 1 to 500 scenarios')
  const settings = spread(template, seed, count)
  if (settings.length < count) {
    const possible = settings.length
    const message = `The levels of “${template.key}” give ${possible} scenarios, not ${count}.`
    throw new Refusal('too-few-combinations', { possible, count }, message)
  }
  const dice = seededRandom(`scenarios ${template.key} ${seed}`)
  return settings.map((each, at) =>
    scenarioOf(template, { key: keyOf(template, at), settings: each, seed: dice.int(2 ** 31) }),
  )
}

function spread(template: ScenarioTemplate, seed: string, count: number): Settings[] {
  const settings: Settings[] = []
  const factorCount = template.factors.length
  if (factorCount === 0) return [{}]
  for (let strength = Math.min(2, factorCount); strength <= factorCount; strength += 1) {
    const content = contentOf(template, settings)
    const maxCount = count - settings.length
    if (maxCount === 0) break
    settings.push(...fillHoles(content, { strength, seed: `${seed} ${strength}`, maxCount }))
  }
  return settings
}

const keyOf = ({ key }: ScenarioTemplate, at: number): string => `${key}-${String(at + 1).padStart(3, '0')}`

/** What a suite of evaluation holds, from scenarios of a template: can be made a draft as it is. */
export function suiteContentOf(template: ScenarioTemplate, scenarios: readonly SimScenario[]): SuiteContent {
  const keys = new Map(scenarios.map(({ settings, key, seed }) => [settings, { key, seed }]))
  const content = contentOf(
    template,
    scenarios.map(({ settings }) => settings),
  )
  return {
    ...content,
    scenarios: content.scenarios.map((each) => {
      const own = keys.get(each.settings)
      return own
        ? { ...each, key: own.key, note: `Simulated: template ${template.key}, seed ${own.seed}` }
        : each
    }),
  }
}

function contentOf(template: ScenarioTemplate, settings: readonly Settings[]): SuiteContent {
  return {
    factors: template.factors.map(({ key, kind, label, levels }) => ({
      key,
      kind,
      label,
      levels: levels.map((level) => ({
        key: level.key,
        label: level.label,
        ...(level.termId === undefined ? {} : { termId: level.termId }),
      })),
    })),
    impossible: template.impossible.map((part) => ({ ...part })),
    scenarios: settings.map((each, at) => ({
      key: keyOf(template, at),
      instruction: template.instruction,
      settings: each,
    })),
    criteria: {
      success: template.success,
      milestones: template.milestones.map(({ key, label }) => ({ key, label })),
      timeLimitMs: template.durationMs,
    },
    outcomeIds: ['outcome.success', 'outcome.failure'],
    failureIds: [...new Set(template.failures.map(({ failureId }) => failureId))],
  }
}
