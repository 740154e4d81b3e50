import type { CampaignProgress } from '@chiron/contract'
import { Button, Card, Icon, useI18n } from '@chiron/ui'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'

/** A campaign nobody sees yet: what it still lacks, and the way to finish it. */
export function DraftCard({ progress: { campaign, faults } }: { progress: CampaignProgress }) {
  const { t, has } = useI18n()
  const may = useMay()
  return (
    <Card title={faults.length === 0 ? t('publish.ready') : t('publish.lacks', { n: faults.length })}>
      <div class="stack">
        {faults.length === 0 ? (
          <p>{t('campaign.draftReady')}</p>
        ) : (
          <ul class="faults">
            {faults.map(({ code, field, why }) => (
              <li key={`${field} ${code}`}>
                <Icon name="attention" size={16} />
                <span>{has(`draftFault.${code}`) ? t(`draftFault.${code}`) : why}</span>
              </li>
            ))}
          </ul>
        )}
        {may('campaign.write') && (
          <div class="row">
            <Button kind="primary" icon="edit" href={paths.editCampaign(campaign.id)}>
              {t('campaign.finish')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}
