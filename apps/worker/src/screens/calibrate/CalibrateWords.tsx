import { createI18n, type I18n, I18nProvider, loadLanguage, type Messages, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { LANGUAGES } from '../../languages.ts'
import { StartSkeleton } from '../../shell/StartSkeleton.tsx'

/** The words of these screens come with them: few people ever open them. */
export const CALIBRATE_WORDS: Readonly<Record<string, () => Promise<Messages>>> = {
  en: async () => (await import('../../messages/calibrate/en.ts')).en,
  ar: async () => (await import('../../messages/calibrate/ar.ts')).ar,
  es: async () => (await import('../../messages/calibrate/es.ts')).es,
  fil: async () => (await import('../../messages/calibrate/fil.ts')).fil,
  hi: async () => (await import('../../messages/calibrate/hi.ts')).hi,
  pt: async () => (await import('../../messages/calibrate/pt.ts')).pt,
  yo: async () => (await import('../../messages/calibrate/yo.ts')).yo,
}

/** Speaks the app's words and those of these screens. */
export function CalibrateWords({ children }: { children: ComponentChildren }) {
  const { locale } = useI18n()
  const [i18n, setI18n] = useState<I18n | null>(null)
  useEffect(() => {
    let isGone = false
    const load = CALIBRATE_WORDS[locale] ?? CALIBRATE_WORDS.en!
    void Promise.all([loadLanguage(LANGUAGES, locale), load()]).then(([words, own]) => {
      if (!isGone) setI18n(createI18n({ locale, messages: { ...words, ...own } }))
    })
    return () => {
      isGone = true
    }
  }, [locale])
  if (i18n === null) return <StartSkeleton />
  return (
    <I18nProvider i18n={i18n} ownsDocument={false}>
      {children}
    </I18nProvider>
  )
}
