import type { Language } from '@chiron/ui'

/** The languages of this app. A further one is a line here and its file. */
export const LANGUAGES: readonly Language[] = [
  {
    code: 'en',
    name: 'English',
    isMachineMade: false,
    load: async () => (await import('./messages/en.ts')).en,
  },
  {
    code: 'ar',
    name: 'العربية',
    isMachineMade: true,
    load: async () => (await import('./messages/ar.ts')).ar,
  },
]
