import { Skeleton, useI18n } from '@chiron/ui'

export function DetailSkeleton() {
  const { t } = useI18n()
  return (
    <div class="stack" role="status" aria-label={t('app.loading')}>
      <Skeleton height={300} />
      <Skeleton lines={5} />
    </div>
  )
}
