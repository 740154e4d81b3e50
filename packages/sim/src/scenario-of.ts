import { Refusal, seededRandom } from '@chiron/core/kit'
import type { Settings } from '@chiron/core/suite'
import type { Perturbation, ScenarioTemplate, SimScenario, Value } from './template.ts'

type Four = [number, number, number, number]
type Wanted = { readonly key: string; readonly settings: Settings; readonly seed: number }

/**
 * The situation that a template makes of these levels: values drawn, the scene filled in. The same template, settings and
 * seed give the same to the last bit, so that a scenario can be kept as those three.
 * @throws Refusal `scenario-malformed` when a level or a value is missing
 */
export function scenarioOf(template: ScenarioTemplate, { key, settings, seed }: Wanted): SimScenario {
  const values = drawValues(template, settings, seed)
  const pushes = template.pushes.map(({ body, atMs, impulseNs, towards }): Perturbation => {
    const [size, x, y, z] = [impulseNs, ...towards].map((part) => numberOf(part, values, key)) as Four
    return { body, atMs: numberOf(atMs, values, key), impulseNs: [size * x, size * y, size * z] }
  })
  return { template, key, settings, seed, values, mjcf: filled(template.mjcf, values, key), pushes }
}

/** Each range has dice of its own, so that a further factor does not move what the others drew. */
function drawValues(template: ScenarioTemplate, settings: Settings, seed: number): SimScenario['values'] {
  const given: Record<string, Value> = { ...template.base }
  for (const { key, levels } of template.factors) {
    const level = levels.find((each) => each.key === settings[key])
    if (!level) throw malformed(`there is no level “${settings[key]}” of “${key}”`)
    Object.assign(given, level.values)
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (typeof value === 'number' || typeof value === 'string') return [name, value]
      const [low, high] = value
      return [name, low + (high - low) * seededRandom(`${template.key} ${seed} ${name}`).next()]
    }),
  )
}

function numberOf(part: number | string, values: SimScenario['values'], key: string): number {
  const value = typeof part === 'number' ? part : values[part]
  if (typeof value === 'number') return value
  throw malformed(`“${part}” of a push in ${key} is no number`)
}

/** A value may itself hold names: a piece of scene that a level adds. Two rounds are enough, and end. */
function filled(mjcf: string, values: SimScenario['values'], key: string): string {
  const once = (text: string) =>
    text.replace(/\{\{([a-zA-Z0-9_-]+)\}\}/g, (_, name: string) => {
      const value = values[name]
      if (value === undefined) throw malformed(`nothing says “${name}” in ${key}`)
      return String(value)
    })
  return once(once(mjcf))
}

const malformed = (reason: string) =>
  new Refusal('scenario-malformed', { reason }, `The scenario: ${reason}.`)
