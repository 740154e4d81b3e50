import type { Messages } from './create-i18n.ts'

const CATALOGUES: Readonly<Record<string, () => Promise<Messages>>> = {
  ar: async () => (await import('./messages-ar.ts')).messagesAr,
  en: async () => (await import('./messages-en.ts')).messagesEn,
  es: async () => (await import('./messages-es.ts')).messagesEs,
  fil: async () => (await import('./messages-fil.ts')).messagesFil,
  hi: async () => (await import('./messages-hi.ts')).messagesHi,
  pt: async () => (await import('./messages-pt.ts')).messagesPt,
  yo: async () => (await import('./messages-yo.ts')).messagesYo,
}

/** Locales the components speak themselves. */
export const COMPONENT_LOCALES: readonly string[] = Object.keys(CATALOGUES)

/** The components' own words in a locale, loaded when asked for; English where none exist. */
export async function loadComponentMessages(locale: string): Promise<Messages> {
  const load = CATALOGUES[locale.split('-')[0] ?? ''] ?? CATALOGUES.en!
  return await load()
}
