import { isTest } from './files.ts'
import type { Fault } from './imports.ts'
import { type Source, TEST_WORDS } from './source.ts'

export type Page = { file: string; text: string }

type Rule = { id: string; file: string; line: number }

const WORKER_RULES = 'docs/worker-rules.md'
/** A rule is stated where its id opens a table row, a list item or a heading. */
const STATED = /^\s*(?:\|\s*|[-*]\s+|#+\s+)[`*]*([A-Z][A-Z0-9]{1,11}-\d+)\b/
/** Words by which docs/worker-rules.md says that a rule does not hold so far. */
const NOT_YET = /not yet|planned|later/i
const CITED = /\b[A-Z][A-Z0-9]{1,11}-\d+\b/g

/**
 * Each rule stated in a SPEC.md, and each worker rule that docs/worker-rules.md says holds, is cited by the
 * name of a test; no id is stated twice; no test cites an id that its SPEC does not state.
 */
export function specFaults(pages: Page[], sources: Source[]): Fault[] {
  const rules = pages.flatMap(rulesOf)
  const tests = sources.filter(({ file }) => isTest(file)).flatMap(citationsOf)
  const cited = new Set(tests.map(({ id }) => id))
  const stated = new Set(rules.map(({ id }) => id))
  const families = new Set(rules.map(({ id }) => family(id)))
  const untested = rules.filter(({ id }) => !cited.has(id))
  const unknown = tests.filter(({ id }) => families.has(family(id)) && family(id) !== 'WR' && !stated.has(id))
  return [
    ...untested.map(({ id, ...place }) => ({ ...place, message: `no test names ${id}` })),
    ...twice(rules).map(({ id, ...place }) => ({ ...place, message: `${id} is stated elsewhere too` })),
    ...unknown.map(({ id, ...place }) => ({ ...place, message: `cites ${id}, which no SPEC states` })),
  ]
}

function rulesOf({ file, text }: Page): Rule[] {
  const isSpec = file.endsWith('SPEC.md')
  if (!isSpec && file !== WORKER_RULES) return []
  return text.split('\n').flatMap((content, index) => {
    const id = STATED.exec(content)?.[1]
    if (!id || (!isSpec && (family(id) !== 'WR' || NOT_YET.test(content)))) return []
    return [{ id, file, line: index + 1 }]
  })
}

function citationsOf({ file, calls }: Source): Rule[] {
  const names = calls.filter(({ name }) => TEST_WORDS.has(name))
  return names.flatMap(({ texts, line }) =>
    [...(texts[0] ?? '').matchAll(CITED)].map(([id]) => ({ id, file, line })),
  )
}

function twice(rules: Rule[]): Rule[] {
  const seen = new Set<string>()
  return rules.filter(({ id }) => {
    const again = seen.has(id) && family(id) !== 'WR'
    seen.add(id)
    return again
  })
}

function family(id: string): string {
  return id.slice(0, id.lastIndexOf('-'))
}
