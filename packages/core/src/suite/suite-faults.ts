import { jcs, sortBy } from '../kit/index.ts'
import type { Term, TermKind } from '../ontology/index.ts'
import { includesSettings, type Settings, type SuiteContent } from './suite-content.ts'

/** Why a suite does not hold together: a stable code, where in it, and why in plain words. */
export type SuiteFault = { readonly code: string; readonly at: string; readonly why: string }

/**
 * Everything that keeps a suite from being frozen, sorted by place; empty: it may be. `terms` are those of its version
 * of the ontology.
 */
export function suiteFaults(content: SuiteContent, terms: readonly Term[]): SuiteFault[] {
  const faults = [
    ...emptyFaults(content),
    ...factorFaults(content),
    ...scenarioFaults(content),
    ...impossibleFaults(content),
    ...twice(
      content.criteria.milestones.map(({ key }) => key),
      'criteria.milestones',
    ),
    ...termFaults(content, terms),
  ]
  return sortBy(
    faults,
    ({ at }) => at,
    ({ code }) => code,
    ({ why }) => why,
  )
}

const fault = (code: string, at: string, why: string): SuiteFault => ({ code, at, why })

function emptyFaults({ scenarios, outcomeIds, failureIds }: SuiteContent): SuiteFault[] {
  return [
    ...(scenarios.length > 0 ? [] : [fault('empty', 'scenarios', 'There is no scenario yet.')]),
    ...(outcomeIds.length > 0 ? [] : [fault('empty', 'outcomeIds', 'No outcome may be answered yet.')]),
    ...(failureIds.length > 0
      ? []
      : [fault('empty', 'failureIds', 'No failure reason may be answered yet.')]),
  ]
}

function twice(keys: readonly string[], at: string): SuiteFault[] {
  const seen = new Set<string>()
  const again = new Set<string>()
  for (const key of keys) (seen.has(key) ? again : seen).add(key)
  return [...again].map((key) => fault('twice', `${at}.${key}`, `“${key}” is there more than once.`))
}

function factorFaults({ factors }: SuiteContent): SuiteFault[] {
  const keys = factors.map(({ key }) => key)
  const levels = factors.flatMap((factor) =>
    twice(
      factor.levels.map(({ key }) => key),
      `factors.${factor.key}`,
    ),
  )
  return [...twice(keys, 'factors'), ...levels]
}

function scenarioFaults({ factors, scenarios, impossible }: SuiteContent): SuiteFault[] {
  const faults = twice(
    scenarios.map(({ key }) => key),
    'scenarios',
  )
  const known = new Map<string, string>()
  for (const { key, settings } of scenarios) {
    const at = `scenarios.${key}`
    faults.push(...settingsFaults(settings, factors, at))
    for (const factor of factors) {
      if (settings[factor.key] === undefined)
        faults.push(fault('setting-missing', at, `“${key}” does not say which “${factor.key}”.`))
    }
    if (impossible.some((part) => Object.keys(part).length > 0 && includesSettings(settings, part)))
      faults.push(fault('impossible', at, `“${key}” is said to be impossible.`))
    const text = jcs(settings)
    const other = known.get(text)
    if (other !== undefined && factors.length > 0)
      faults.push(fault('settings-twice', at, `“${key}” is set up as “${other}” is.`))
    known.set(text, other ?? key)
  }
  return faults
}

function settingsFaults(settings: Settings, factors: SuiteContent['factors'], at: string): SuiteFault[] {
  return Object.entries(settings).flatMap(([factorKey, levelKey]) => {
    const factor = factors.find(({ key }) => key === factorKey)
    if (!factor) return [fault('factor-missing', at, `There is no factor “${factorKey}”.`)]
    if (factor.levels.some(({ key }) => key === levelKey)) return []
    return [fault('level-missing', at, `“${factorKey}” has no level “${levelKey}”.`)]
  })
}

function impossibleFaults({ factors, impossible }: SuiteContent): SuiteFault[] {
  return impossible.flatMap((part, index) => [
    ...settingsFaults(part, factors, `impossible.${index}`),
    ...(Object.keys(part).length > 0 ? [] : [fault('empty', `impossible.${index}`, 'It says nothing.')]),
  ])
}

function termFaults({ factors, outcomeIds, failureIds }: SuiteContent, terms: readonly Term[]): SuiteFault[] {
  const kinds = new Map(terms.map(({ id, kind }) => [id, kind]))
  const check = (id: string, at: string, kind?: TermKind): SuiteFault[] => {
    const found = kinds.get(id)
    if (found === undefined)
      return [fault('term-missing', at, `“${id}” is not in this version of the ontology.`)]
    if (kind === undefined || found === kind) return []
    return [fault('term-kind', at, `“${id}” is not of the kind “${kind}”.`)]
  }
  return [
    ...twice(outcomeIds, 'outcomeIds'),
    ...twice(failureIds, 'failureIds'),
    ...outcomeIds.flatMap((id) => check(id, `outcomeIds.${id}`, 'outcome')),
    ...failureIds.flatMap((id) => check(id, `failureIds.${id}`, 'failure')),
    ...factors.flatMap(({ key, levels }) =>
      levels.flatMap((level) =>
        level.termId === undefined ? [] : check(level.termId, `factors.${key}.${level.key}`),
      ),
    ),
  ]
}
