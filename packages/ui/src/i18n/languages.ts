import type { Messages } from './create-i18n.ts'
import { loadComponentMessages } from './load-component-messages.ts'

/**
 * A language of an app: its name in itself, and its file. A further language is one more of these.
 * `isMachineMade`: nobody who speaks it has read the texts yet.
 */
export type Language = {
  code: string
  name: string
  isMachineMade: boolean
  load: () => Promise<Messages>
}

const KEY = 'chiron-language'

/** The language chosen here before, else the first of the device's that exists, else English. */
export function preferredLanguage(
  languages: readonly Language[],
  wanted: readonly string[] = navigator.languages,
): string {
  const chosen = localStorage.getItem(KEY)
  for (const candidate of [...(chosen ? [chosen] : []), ...wanted]) {
    const code = candidate.split('-')[0]
    if (languages.some((language) => language.code === code)) return code as string
  }
  return 'en'
}

/** Chooses a language for this device, from now on. */
export function keepLanguage(code: string): void {
  localStorage.setItem(KEY, code)
}

/** Everything an app and its components say in a language; the first language's words where it has none. */
export async function loadLanguage(languages: readonly Language[], code: string): Promise<Messages> {
  const language = languages.find((candidate) => candidate.code === code) ?? languages[0]!
  const [own, components] = await Promise.all([language.load(), loadComponentMessages(code)])
  return { ...components, ...own }
}
