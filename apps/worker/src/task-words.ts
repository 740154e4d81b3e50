import type { WordsByLanguage } from './shell/MoreWords.tsx'

/** The words of the screens on which a task is done: the first screen needs none of them. */
export const TASK_WORDS: WordsByLanguage = {
  en: async () => (await import('./messages/task/en.ts')).en,
  ar: async () => (await import('./messages/task/ar.ts')).ar,
  es: async () => (await import('./messages/task/es.ts')).es,
  fil: async () => (await import('./messages/task/fil.ts')).fil,
  hi: async () => (await import('./messages/task/hi.ts')).hi,
  pt: async () => (await import('./messages/task/pt.ts')).pt,
  yo: async () => (await import('./messages/task/yo.ts')).yo,
}

/** Asks for them ahead, so that a task that was taken can be done without a network. */
export async function keepTaskWords(locale: string): Promise<void> {
  await TASK_WORDS[locale]?.()
}
