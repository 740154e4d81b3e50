import type { WordsByLanguage } from '../../shell/MoreWords.tsx'
import { TASK_WORDS } from '../../task-words.ts'

/** The words of these screens come with them: few people ever open them. */
export const CALIBRATE_WORDS: WordsByLanguage = {
  en: async () => (await import('../../messages/calibrate/en.ts')).en,
  ar: async () => (await import('../../messages/calibrate/ar.ts')).ar,
  es: async () => (await import('../../messages/calibrate/es.ts')).es,
  fil: async () => (await import('../../messages/calibrate/fil.ts')).fil,
  hi: async () => (await import('../../messages/calibrate/hi.ts')).hi,
  pt: async () => (await import('../../messages/calibrate/pt.ts')).pt,
  yo: async () => (await import('../../messages/calibrate/yo.ts')).yo,
}

/** With what is said when a camera refuses, as where a task is filmed. */
export const WORDS = [TASK_WORDS, CALIBRATE_WORDS]
