import { type ComponentChildren, createContext } from 'preact'
import { useContext, useLayoutEffect, useMemo } from 'preact/hooks'
import { createI18n, type I18n } from './create-i18n.ts'

const I18nContext = createContext<I18n | null>(null)

let silent: I18n | undefined

/** The voice of the nearest provider; without one, keys show themselves and figures are English. */
export function useI18n(): I18n {
  const provided = useContext(I18nContext)
  if (provided) return provided
  silent ??= createI18n({ locale: 'en', messages: {} })
  return silent
}

type I18nProviderProps = {
  i18n: I18n
  /** Also writes lang and dir on <html>, as an app's outermost provider should. Default true. */
  ownsDocument?: boolean
  children: ComponentChildren
}

/** Gives a locale to everything inside. */
export function I18nProvider({ i18n, ownsDocument = true, children }: I18nProviderProps) {
  useLayoutEffect(() => {
    if (!ownsDocument) return
    document.documentElement.lang = i18n.locale
    document.documentElement.dir = i18n.direction
  }, [i18n, ownsDocument])
  return <I18nContext.Provider value={i18n}>{children}</I18nContext.Provider>
}

/** The part of a Record<locale, text> (ontology terms, briefs) that this person reads best. */
export function useLocalized(): (texts: Readonly<Record<string, string>> | undefined) => string {
  const { locale } = useI18n()
  return useMemo(() => (texts) => pickLocalized(texts, locale), [locale])
}

/** Picks exact locale, then its language, then English, then the first by locale name; '' when empty. */
export function pickLocalized(texts: Readonly<Record<string, string>> | undefined, locale: string): string {
  if (!texts) return ''
  const language = locale.split('-')[0] ?? locale
  const first = Object.keys(texts).sort()[0]
  return texts[locale] ?? texts[language] ?? texts.en ?? (first === undefined ? '' : (texts[first] ?? ''))
}
