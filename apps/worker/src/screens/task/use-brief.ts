import type { Brief, OfferDetail } from '@chiron/contract'
import { useI18n } from '@chiron/ui'

/** The brief in the person's language, else English, else the first there is. */
export function useBrief({ briefs }: Pick<OfferDetail, 'briefs'>): Brief | undefined {
  const { locale } = useI18n()
  const first = Object.keys(briefs).sort()[0]
  return briefs[locale] ?? briefs[locale.split('-')[0] ?? ''] ?? briefs.en ?? briefs[first ?? '']
}
