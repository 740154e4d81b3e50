import { wilsonShare } from '@chiron/core/quality'
import { useI18n } from '@chiron/ui'

type SuccessShareProps = { successCount: number; failureCount: number }

/** How often a run went well: the share with its 95% interval, of those whose outcome is known. */
export function SuccessShare({ successCount, failureCount }: SuccessShareProps) {
  const { t, percent } = useI18n()
  const share = wilsonShare(successCount, successCount + failureCount)
  if (!share) return <span class="quiet">{t('rollout.noOutcomes')}</span>
  return (
    <span class="figure">
      <bdi>{percent(share.value)}</bdi>{' '}
      <span class="quiet">
        {t('evaluate.between', { low: percent(share.low), high: percent(share.high), n: share.n })}
      </span>
    </span>
  )
}
