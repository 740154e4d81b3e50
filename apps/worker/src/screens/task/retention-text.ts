import type { I18n } from '@chiron/ui'

const DAYS_A_YEAR = 365

/** 730 → '2 years', 90 → '90 days'. */
export function retentionText(t: I18n['t'], days: number): string {
  return days > 0 && days % DAYS_A_YEAR === 0
    ? t('terms.years', { n: days / DAYS_A_YEAR })
    : t('terms.days', { n: days })
}
