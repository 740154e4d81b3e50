import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { Messages } from './create-i18n.ts'

/**
 * What a translation lacks against its base, sorted: keys absent or empty, texts that are not valid ICU
 * ('key (unreadable)') and arguments that got lost ('key {argument}'). An empty list means it is complete.
 */
export function missingKeys(base: Messages, other: Messages): string[] {
  const missing: string[] = []
  for (const [key, text] of Object.entries(base)) {
    const translated = other[key]
    const theirs = translated ? argumentsOf(translated) : undefined
    if (!translated) missing.push(key)
    else if (!theirs) missing.push(`${key} (unreadable)`)
    else for (const name of argumentsOf(text) ?? []) if (!theirs.has(name)) missing.push(`${key} {${name}}`)
  }
  return missing.sort()
}

/** CLDR asks for 'many' in Spanish and Portuguese for whole millions only: nothing a phone counts gets there. */
const COUNTS_MILLIONS = new Set(['es', 'pt'])

/**
 * Plurals that lack a form their language has ('key {argument} few'), sorted; `other` alone would say '2 days'
 * in the words of eleven. Forms the language does not have are named too: a text that could never show.
 */
export function wrongPluralForms(messages: Messages, locale: string): string[] {
  const forms = new Set<string>(new Intl.PluralRules(locale).resolvedOptions().pluralCategories)
  if (COUNTS_MILLIONS.has(locale)) forms.delete('many')
  const wrong = Object.entries(messages).flatMap(([key, text]) =>
    pluralsOf(compileMessageOrThrow(text)).flatMap(({ name, branches }) => {
      const named = Object.keys(branches).filter((form) => form !== 'offset' && !/^\d+$/.test(form))
      const odd = [...forms]
        .filter((form) => !named.includes(form))
        .concat(named.filter((n) => !forms.has(n)))
      return odd.map((form) => `${key} {${name}} ${form}`)
    }),
  )
  return wrong.sort()
}

const pluralsOf = (message: CompiledMessage): { name: string; branches: object }[] =>
  message.flatMap((token) => {
    if (typeof token === 'string') return []
    const [name, type, branches] = token
    return type === 'plural' && typeof branches === 'object' && branches ? [{ name, branches }] : []
  })

function argumentsOf(message: string): Set<string> | undefined {
  const names = new Set<string>()
  try {
    collect(compileMessageOrThrow(message), names)
    return names
  } catch {
    return undefined
  }
}

function collect(message: CompiledMessage | string, names: Set<string>): void {
  if (typeof message === 'string') return
  for (const token of message) {
    if (typeof token === 'string') continue
    const [name, , format] = token
    if (name !== '#') names.add(name)
    if (typeof format !== 'object' || format === null) continue
    for (const branch of Object.values(format)) if (Array.isArray(branch)) collect(branch, names)
  }
}
