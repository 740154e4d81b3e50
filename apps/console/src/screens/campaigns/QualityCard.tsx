import type { CampaignProgress } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { IntervalBar } from '@chiron/ui/charts'

/** The five measures, each with its n and interval, or why there is none yet. */
export function QualityCard({ progress: { measures } }: { progress: CampaignProgress }) {
  const { t, has } = useI18n()
  return (
    <Card title={t('campaign.quality')}>
      <ul class="measures">
        {measures.map(({ id, value, low, high, n, why, counts }) => (
          <li key={id}>
            <IntervalBar
              label={t(`ui.quality.${id}`)}
              measured={
                value === null ? null : { value, n, ...(low === null || high === null ? {} : { low, high }) }
              }
            />
            <p class="quiet measure-why" dir="auto">
              {has(wordsOf(id, counts)) ? t(wordsOf(id, counts), counts) : why}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** The server says why in English; other languages have words of their own for what it counted. */
function wordsOf(id: string, counts: Readonly<Record<string, number>>): string {
  if (Object.keys(counts).length === 0) return `measure.none.${id}`
  return counts.answers === undefined ? `measure.${id}` : `measure.answers.${id}`
}
