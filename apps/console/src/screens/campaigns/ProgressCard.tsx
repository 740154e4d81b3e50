import type { CampaignProgress } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { Sparkline, StackedProgress } from '@chiron/ui/charts'
import '@chiron/ui/player.css'
import { paths } from '../../shell/paths.ts'

/** How far it is, in which states, and how fast it goes. */
export function ProgressCard({ progress: { campaign, pace } }: { progress: CampaignProgress }) {
  const { t, number } = useI18n()
  const { counts, id: campaignId, kind } = campaign
  const waiting = Math.max(0, counts.submitted - counts.accepted - counts.returned - counts.inReview)
  const isFilming = kind === 'demonstrate'
  const counted = pace.map(({ count }) => count)
  const total = counted.reduce((sum, count) => sum + count, 0)
  const href = (state: string) => (isFilming ? paths.episodes({ campaignId, state }) : undefined)
  const link = (state: string) => {
    const to = href(state)
    return to ? { href: to } : {}
  }
  return (
    <Card
      title={t('campaign.progress')}
      aside={
        <span class="quiet figure">
          {isFilming
            ? t('campaign.ofQuota', { part: number(counts.accepted), whole: number(campaign.quota) })
            : t('ui.choose.answers', { n: counts.submitted })}
        </span>
      }
    >
      <div class="stack">
        <StackedProgress
          label={t('campaign.progress')}
          whole={isFilming ? campaign.quota : counts.submitted}
          parts={[
            {
              id: 'accepted',
              label: t('ui.status.accepted'),
              count: counts.accepted,
              tone: 'good',
              ...link('accepted'),
            },
            {
              id: 'review',
              label: t('ui.status.review'),
              count: counts.inReview,
              tone: 'information',
              href: paths.reviews({ campaignId }),
            },
            { id: 'waiting', label: t('campaign.underWay'), count: waiting, tone: 'neutral' },
            ...(isFilming
              ? [
                  {
                    id: 'returned',
                    label: t('ui.status.returned'),
                    count: counts.returned,
                    tone: 'attention',
                    ...link('returned'),
                  } as const,
                ]
              : []),
          ]}
        />
        <dl class="figures">
          <div>
            <dt>{t('campaign.openTasks')}</dt>
            <dd class="figure">{number(counts.openTasks)}</dd>
          </div>
          <div>
            <dt>{t('campaign.workers')}</dt>
            <dd class="figure">{number(counts.workers)}</dd>
          </div>
          <div>
            <dt>{t('campaign.pace', { hours: pace.length })}</dt>
            <dd>
              <span class="pace">
                <span class="figure">{number(total)}</span>
                {counted.length > 1 && total > 0 && (
                  <span class="pace-line">
                    <Sparkline label={t('campaign.paceLine')} values={counted} format="number" min={0} />
                    <span class="quiet">{t('campaign.paceLast')}</span>
                  </span>
                )}
              </span>
            </dd>
          </div>
        </dl>
      </div>
    </Card>
  )
}
