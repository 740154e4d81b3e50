import { compareStrings, jcs } from '../kit/index.ts'
import type { SuiteContent } from './suite-content.ts'

export type SuiteChange = { readonly key: string; readonly fields: readonly string[] }
/** What a newer version has more, less and otherwise, each sorted by key. */
export type PartDiff = {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly SuiteChange[]
}
export type SuiteDiff = {
  readonly factors: PartDiff
  readonly scenarios: PartDiff
  readonly outcomes: Omit<PartDiff, 'changed'>
  readonly failures: Omit<PartDiff, 'changed'>
  /** Which of `success`, `milestones`, `timeLimitMs` differ, sorted; `impossible` too. */
  readonly criteria: readonly string[]
  /** Scenarios that ask the same in both: results on them may be compared across the versions. */
  readonly comparable: readonly string[]
}

/** The difference between two versions of a suite. Order of lists and of languages does not matter. */
export function suiteDiff(before: SuiteContent, after: SuiteContent): SuiteDiff {
  const scenarios = partDiff(before.scenarios, after.scenarios, ['instruction', 'note', 'settings'])
  const touched = new Set([...scenarios.added, ...scenarios.changed.map(({ key }) => key)])
  const criteria = criteriaDiff(before, after)
  const isJudgedAlike = !criteria.some((field) => field === 'success' || field === 'timeLimitMs')
  const keys = after.scenarios.map(({ key }) => key).sort(compareStrings)
  return {
    factors: partDiff(before.factors.map(inOrder), after.factors.map(inOrder), ['kind', 'label', 'levels']),
    scenarios,
    outcomes: listDiff(before.outcomeIds, after.outcomeIds),
    failures: listDiff(before.failureIds, after.failureIds),
    criteria,
    comparable: isJudgedAlike ? keys.filter((key) => !touched.has(key)) : [],
  }
}

const inOrder = <T extends { levels: readonly { key: string }[] }>(factor: T) => ({
  ...factor,
  levels: [...factor.levels].sort((a, b) => compareStrings(a.key, b.key)),
})

function listDiff(before: readonly string[], after: readonly string[]): Omit<PartDiff, 'changed'> {
  const [old, now] = [new Set(before), new Set(after)]
  return {
    added: [...now].filter((id) => !old.has(id)).sort(compareStrings),
    removed: [...old].filter((id) => !now.has(id)).sort(compareStrings),
  }
}

function partDiff<T extends { key: string }>(
  before: readonly T[],
  after: readonly T[],
  fields: readonly (keyof T & string)[],
): PartDiff {
  const old = new Map(before.map((part) => [part.key, part]))
  const now = new Map(after.map((part) => [part.key, part]))
  const changed = [...now.keys()].sort(compareStrings).flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)]
    if (!was || !is) return []
    const differing = fields.filter((field) => jcs(was[field] ?? null) !== jcs(is[field] ?? null))
    return differing.length > 0 ? [{ key, fields: differing }] : []
  })
  return { ...listDiff([...old.keys()], [...now.keys()]), changed }
}

function criteriaDiff(before: SuiteContent, after: SuiteContent): string[] {
  const fields = ['milestones', 'success', 'timeLimitMs'] as const
  const differing = fields.filter((field) => jcs(before.criteria[field]) !== jcs(after.criteria[field]))
  const parts = (content: SuiteContent) => content.impossible.map((part) => jcs(part)).sort(compareStrings)
  return [...(jcs(parts(before)) === jcs(parts(after)) ? [] : ['impossible']), ...differing]
}
