import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** The language spoken now, and a way to change it. */
export type LanguageChoice = { code: string; choose: (code: string) => Promise<void> }

export const LanguageContext = createContext<LanguageChoice>({ code: 'en', choose: async () => {} })

export const useLanguage = (): LanguageChoice => useContext(LanguageContext)
