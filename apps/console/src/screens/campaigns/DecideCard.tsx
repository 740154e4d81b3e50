import type { CampaignProgress } from '@chiron/contract'
import { Button, Card, Icon, useI18n } from '@chiron/ui'
import { fromServer } from '../../shell/paths.ts'

/** What wants a decision now; nothing is said when nothing does. */
export function DecideCard({ progress: { decide } }: { progress: CampaignProgress }) {
  const { t, has, number } = useI18n()
  const open = decide.filter(({ count }) => count > 0)
  if (open.length === 0) return null
  return (
    <Card title={t('campaign.decide')}>
      <ul class="decide">
        {open.map(({ what, count, href }) => (
          <li key={what} class="decide-line">
            <Icon name="flag" size={18} />
            <span class="grow">
              <strong class="figure">{number(count)}</strong>{' '}
              {has(`decide.${what}`) ? t(`decide.${what}`, { n: count }) : what}
            </span>
            <Button href={fromServer(href)} iconAtEnd="arrow-forward">
              {t('campaign.decideNow')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
