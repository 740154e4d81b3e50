import { Icon, useI18n, useLanguage } from '@chiron/ui'
import { LANGUAGES } from '../languages.ts'

/** Says of the language spoken now that no speaker has read it, and whom to tell what is wrong. */
export function MachineMade() {
  const { t } = useI18n()
  const { code } = useLanguage()
  if (!LANGUAGES.some((language) => language.code === code && language.isMachineMade)) return null
  return (
    <p class="notice">
      <Icon name="information" size={18} />
      <span>{t('settings.machineMade')}</span>
    </p>
  )
}
