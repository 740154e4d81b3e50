import { campaignRoutes, type Judgement, qualityRoutes } from '@chiron/contract'
import { EmptyState, useI18n, useLocalized } from '@chiron/ui'
import '@chiron/ui/player.css'
import { useAsk } from '../../data/queries.ts'
import { LoadingPage, Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { AgreementCard } from './AgreementCard.tsx'
import { CalibrationCard } from './CalibrationCard.tsx'
import { QuestionsTable } from './QuestionsTable.tsx'
import { SavedCard } from './SavedCard.tsx'
import { WorkersCard } from './WorkersCard.tsx'

/** How a campaign's questions are judged: cost, sureness, agreement, who answers how, and the questions behind it. */
export function JudgementScreen({ campaignId }: { campaignId: string }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const params = { campaignId }
  const judgement = useAsk('judgement', qualityRoutes.judgement, { params })
  const progress = useAsk('campaign', campaignRoutes.read, { params })
  const title = progress.data ? localized(progress.data.campaign.title) || t('campaigns.untitled') : ''
  const above = { label: title || t('ways.campaigns'), href: paths.campaign(campaignId) }
  if (!judgement.data) {
    const onRetry = () => void judgement.refetch()
    return (
      <LoadingPage title={t('judgement.title')} above={above} error={judgement.error} onRetry={onRetry} />
    )
  }
  return (
    <Page title={t('judgement.title')} above={above} lead={t('judgement.lead')}>
      {judgement.data.labels.length === 0 ? (
        <EmptyState icon="review" title={t('judgement.noQuestions')}>
          <p>{t('judgement.noQuestionsText')}</p>
        </EmptyState>
      ) : (
        <Figures judgement={judgement.data} />
      )}
    </Page>
  )
}

function Figures({ judgement }: { judgement: Judgement }) {
  return (
    <div class="stack">
      <div class="judgement-cards">
        <SavedCard judgement={judgement} />
        <AgreementCard judgement={judgement} />
        <CalibrationCard judgement={judgement} />
        <WorkersCard judgement={judgement} />
      </div>
      <QuestionsTable judgement={judgement} />
    </div>
  )
}
