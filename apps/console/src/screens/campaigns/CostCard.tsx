import type { CampaignProgress } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'

/** What it has cost, what is put aside, and what an hour of it really pays. */
export function CostCard({ progress }: { progress: CampaignProgress }) {
  const { t, money, duration } = useI18n()
  const { campaign, escrow, expectedHourlyMinor, measuredHourlyMinor, medianActiveSeconds } = progress
  const { currency } = escrow
  const { accepted } = campaign.counts
  const rows: [string, string, string?][] = [
    [t('cost.spent'), money(escrow.spentMinor, currency)],
    [t('cost.held'), money(escrow.heldMinor, currency)],
    ...(accepted > 0
      ? [
          [t('cost.perAccepted'), money(Math.round(escrow.spentMinor / accepted), currency)] as [
            string,
            string,
          ],
        ]
      : []),
    [t('cost.expectedHourly'), money(expectedHourlyMinor, currency)],
    [
      t('cost.measuredHourly'),
      measuredHourlyMinor === null ? t('ui.chart.noValue') : money(measuredHourlyMinor, currency),
    ],
    [
      t('cost.medianTime'),
      medianActiveSeconds === null ? t('ui.chart.noValue') : duration(medianActiveSeconds * 1000),
    ],
  ]
  return (
    <Card title={t('cost.title')}>
      <dl class="sums">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="figure">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
