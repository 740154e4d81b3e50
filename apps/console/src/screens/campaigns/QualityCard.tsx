import type { CampaignProgress } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { IntervalBar } from '@chiron/ui/charts'

/** The five measures, each with its n and interval, or why there is none yet. */
export function QualityCard({ progress: { measures } }: { progress: CampaignProgress }) {
  const { t } = useI18n()
  return (
    <Card title={t('campaign.quality')}>
      <ul class="measures">
        {measures.map(({ id, value, low, high, n, why }) => (
          <li key={id}>
            <IntervalBar
              label={t(`ui.quality.${id}`)}
              measured={
                value === null ? null : { value, n, ...(low === null || high === null ? {} : { low, high }) }
              }
            />
            <p class="quiet measure-why" dir="auto">
              {why}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
