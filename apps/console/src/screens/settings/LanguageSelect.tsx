import { Field, Select, useI18n, useLanguage } from '@chiron/ui'
import { LANGUAGES } from '../../languages.ts'

/** The language this app speaks here, each by its own name. */
export function LanguageSelect() {
  const { t } = useI18n()
  const { code, choose } = useLanguage()
  return (
    <Field label={t('you.language')}>
      <Select
        value={code}
        onValue={(value) => void choose(value)}
        options={LANGUAGES.map((language) => ({ value: language.code, label: language.name }))}
      />
    </Field>
  )
}
