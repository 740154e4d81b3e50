import { createI18n, type I18n, I18nProvider, loadLanguage, type Messages, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { LANGUAGES } from '../languages.ts'
import { Screen } from './Screen.tsx'
import { StartSkeleton } from './StartSkeleton.tsx'
import { Trouble } from './Trouble.tsx'

/** Words of some screens by language: every language of the app, each in a file of its own. */
export type WordsByLanguage = Readonly<Record<string, () => Promise<Messages>>>

type MoreWordsProps = { words: readonly WordsByLanguage[]; children: ComponentChildren }

/** Speaks the app's words and some more, which come with the screens that need them. `words` stays the same. */
export function MoreWords({ words, children }: MoreWordsProps) {
  const { locale, t } = useI18n()
  const [i18n, setI18n] = useState<I18n | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    if (error !== null) return
    let isGone = false
    const more = words.map((byLanguage) => (byLanguage[locale] ?? byLanguage.en!)())
    Promise.all([loadLanguage(LANGUAGES, locale), ...more]).then(
      (all) => {
        if (!isGone) setI18n(createI18n({ locale, messages: Object.assign({}, ...all) }))
      },
      (cause: unknown) => {
        if (!isGone) setError(cause)
      },
    )
    return () => {
      isGone = true
    }
  }, [locale, words, error])
  if (error !== null) {
    return (
      <Screen title={t('app.name')} back="/">
        <Trouble error={error} onRetry={() => setError(null)} />
      </Screen>
    )
  }
  if (i18n === null) return <StartSkeleton />
  return (
    <I18nProvider i18n={i18n} ownsDocument={false}>
      {children}
    </I18nProvider>
  )
}
