import { Skeleton, useI18n } from '@chiron/ui'

/** The shape of a screen before anything is known. */
export function StartSkeleton() {
  const { t } = useI18n()
  return (
    <div class="screen" role="status" aria-label={t('app.loading')}>
      <div class="screen-body stack">
        <Skeleton height={56} />
        <Skeleton height={148} />
        <Skeleton height={148} />
      </div>
    </div>
  )
}
