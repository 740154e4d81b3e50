import { campaignRoutes } from '@chiron/contract'
import { Button, Card, Duration, Icon, Money, Skeleton, useI18n, useLocalized } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { useMay } from '../../shell/me.ts'
import { Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'

/** Templates to start from; each is whole save for the picture of success. */
export function NewCampaignScreen() {
  const { t } = useI18n()
  const may = useMay()
  const localized = useLocalized()
  const templates = useAsk('templates', campaignRoutes.templates)
  return (
    <Page
      title={t('newCampaign.title')}
      above={{ label: t('ways.campaigns'), href: paths.campaigns }}
      lead={may('campaign.write') ? t('newCampaign.lead') : t('shell.readOnly')}
    >
      {templates.error && <Trouble error={templates.error} onRetry={() => void templates.refetch()} />}
      {!templates.data && !templates.error && <Skeleton height={160} />}
      <div class="grid templates">
        {templates.data?.items.map(({ id, name, description, draft }) => {
          const { payMinor, currency, estimateSeconds } = draft.terms
          return (
            <Card key={id} {...(may('campaign.write') ? { href: paths.fromTemplate(id) } : {})}>
              <div class="template">
                <Icon name={draft.kind === 'demonstrate' ? 'video' : 'eye'} size={24} />
                <h2 dir="auto">{localized(name)}</h2>
                <p class="template-words" dir="auto">
                  {localized(description)}
                </p>
                <p class="quiet template-terms">
                  {payMinor !== null && currency !== null && (
                    <Money amountMinor={payMinor} currency={currency} />
                  )}
                  {estimateSeconds !== null && (
                    <>
                      {' · '}
                      <Duration ms={estimateSeconds * 1000} />
                    </>
                  )}
                  {' · '}
                  {t(`unit.${draft.kind}`)}
                </p>
              </div>
            </Card>
          )
        })}
      </div>
      {!may('campaign.write') && <Button href={paths.campaigns}>{t('notFound.action')}</Button>}
    </Page>
  )
}
