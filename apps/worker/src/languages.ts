import type { Language, Messages } from '@chiron/ui'

const language = (code: string, name: string, isMachineMade: boolean, load: () => Promise<Messages>) => ({
  code,
  name,
  isMachineMade,
  load,
})

/** The languages of this app. A further one is a line here and its file. */
export const LANGUAGES: readonly Language[] = [
  language('en', 'English', false, async () => (await import('./messages/en.ts')).en),
  language('ar', 'العربية', true, async () => (await import('./messages/ar.ts')).ar),
  language('es', 'Español', true, async () => (await import('./messages/es.ts')).es),
  language('fil', 'Filipino', true, async () => (await import('./messages/fil.ts')).fil),
  language('hi', 'हिन्दी', true, async () => (await import('./messages/hi.ts')).hi),
  language('pt', 'Português', true, async () => (await import('./messages/pt.ts')).pt),
  language('yo', 'Yorùbá', true, async () => (await import('./messages/yo.ts')).yo),
]
