import { Button, EmptyState, useI18n } from '@chiron/ui'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'

/** No recordings: because of the filter, or because nobody filmed yet. */
export function EpisodesEmpty({
  campaignId,
  isFiltered,
}: {
  campaignId?: string | undefined
  isFiltered: boolean
}) {
  const { t } = useI18n()
  const may = useMay()
  if (isFiltered) return <>{t('episodes.noneInState')}</>
  return (
    <EmptyState
      icon="video"
      title={t('episodes.empty')}
      action={
        may('invite.make') &&
        campaignId === undefined && <Button href={paths.campaigns}>{t('episodes.emptyAction')}</Button>
      }
    >
      <p>{t('episodes.emptyText')}</p>
    </EmptyState>
  )
}
