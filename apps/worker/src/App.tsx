import {
  createI18n,
  type I18n,
  I18nProvider,
  keepLanguage,
  LanguageContext,
  loadLanguage,
  ToastProvider,
} from '@chiron/ui'
import { QueryClientProvider } from '@tanstack/preact-query'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { LocationProvider } from 'preact-iso'
import { queryClient } from './data/queries.ts'
import { LANGUAGES } from './languages.ts'
import { Routes } from './Routes.tsx'

/** The first screen has the link to itself. */
const AFTER_START_MS = 1_000

/** Everything around the screens. */
export function App({ i18n: first }: { i18n: I18n }) {
  const [i18n, setI18n] = useState(first)
  const choose = useCallback(async (code: string) => {
    const messages = await loadLanguage(LANGUAGES, code)
    keepLanguage(code)
    setI18n(createI18n({ locale: code, messages }))
  }, [])
  useEffect(() => {
    const ahead = async () => (await import('./task-words.ts')).keepTaskWords(i18n.locale)
    const timer = setTimeout(() => void ahead().catch(() => undefined), AFTER_START_MS)
    return () => clearTimeout(timer)
  }, [i18n.locale])
  const language = useMemo(() => ({ code: i18n.locale, choose }), [i18n, choose])
  return (
    <I18nProvider i18n={i18n}>
      <LanguageContext.Provider value={language}>
        <QueryClientProvider client={queryClient}>
          <ToastProvider>
            <LocationProvider>
              <Routes />
            </LocationProvider>
          </ToastProvider>
        </QueryClientProvider>
      </LanguageContext.Provider>
    </I18nProvider>
  )
}
