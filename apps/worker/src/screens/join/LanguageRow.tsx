import { Icon, Select, useI18n, useLanguage } from '@chiron/ui'
import { LANGUAGES } from '../../languages.ts'

/** Each language by its own name, before anything else must be read; the picture of a globe says what it is. */
export function LanguageRow() {
  const { t } = useI18n()
  const { code, choose } = useLanguage()
  return (
    <div class="language-row">
      <Icon name="language" size={20} />
      <Select
        aria-label={t('settings.language')}
        value={code}
        onValue={(chosen) => void choose(chosen)}
        options={LANGUAGES.map(({ code: value, name }) => ({ value, label: name }))}
      />
    </div>
  )
}
