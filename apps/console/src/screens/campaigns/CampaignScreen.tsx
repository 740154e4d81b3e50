import { type CampaignProgress, campaignRoutes } from '@chiron/contract'
import { asksAboutRollouts, isQuestion } from '@chiron/core/kinds'
import { Button, Tag, useI18n, useLocalized } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { useMay } from '../../shell/me.ts'
import { LoadingPage, Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { EpisodeTable } from '../episodes/EpisodeTable.tsx'
import { CampaignActions } from './CampaignActions.tsx'
import { CampaignStatus } from './CampaignsScreen.tsx'
import { CostCard } from './CostCard.tsx'
import { DecideCard } from './DecideCard.tsx'
import { DraftCard } from './DraftCard.tsx'
import { GoldPairsCard } from './GoldPairsCard.tsx'
import { GoldRatingsCard } from './GoldRatingsCard.tsx'
import { InviteCard } from './InviteCard.tsx'
import { ProgressCard } from './ProgressCard.tsx'
import { QualityCard } from './QualityCard.tsx'
import { TermsCard } from './TermsCard.tsx'

/** One campaign: what is done, what it cost, how good it is, what to decide now. */
export function CampaignScreen({ campaignId }: { campaignId: string }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const progress = useAsk('campaign', campaignRoutes.read, { params: { campaignId } })
  const above = { label: t('ways.campaigns'), href: paths.campaigns }
  if (!progress.data)
    return <LoadingPage above={above} error={progress.error} onRetry={() => void progress.refetch()} />
  const { campaign } = progress.data
  return (
    <Page
      title={localized(campaign.title) || t('campaigns.untitled')}
      above={above}
      aside={
        <>
          <CampaignStatus campaign={campaign} />
          <Tag icon={campaign.kind === 'demonstrate' ? 'video' : 'eye'}>{t(`kind.${campaign.kind}`)}</Tag>
        </>
      }
      actions={
        <>
          {isQuestion(campaign.kind) && campaign.state !== 'draft' && (
            <Button icon="review" href={paths.judgement(campaign.id)}>
              {t('judgement.title')}
            </Button>
          )}
          <CampaignActions campaign={campaign} />
        </>
      }
    >
      <div class="columns">
        <Main progress={progress.data} />
        <Side progress={progress.data} />
      </div>
      <section class="stack stack-tight page-section" aria-labelledby="campaign-episodes">
        {!asksAboutRollouts(campaign.kind) &&
          (campaign.kind === 'demonstrate' || campaign.sourceCampaignId === null) && (
            <>
              <h2 class="section-title" id="campaign-episodes">
                {t('campaign.episodes')}
              </h2>
              <EpisodeTable campaignId={campaignId} height="420px" />
            </>
          )}
      </section>
    </Page>
  )
}

function Main({ progress }: { progress: CampaignProgress }) {
  const { campaign } = progress
  return (
    <div class="stack">
      {campaign.state === 'draft' ? (
        <DraftCard progress={progress} />
      ) : (
        <>
          <DecideCard progress={progress} />
          <ProgressCard progress={progress} />
          <QualityCard progress={progress} />
        </>
      )}
    </div>
  )
}

function Side({ progress }: { progress: CampaignProgress }) {
  const may = useMay()
  const { campaign } = progress
  const isOpen = campaign.state === 'published' || campaign.state === 'paused'
  return (
    <div class="stack">
      {isOpen && may('invite.make') && <InviteCard campaign={campaign} />}
      {campaign.kind === 'compare' && isOpen && <GoldPairsCard campaign={campaign} />}
      {campaign.kind === 'rate' && campaign.goldRatio > 0 && campaign.state !== 'draft' && (
        <GoldRatingsCard campaign={campaign} />
      )}
      <CostCard progress={progress} />
      <TermsCard campaign={campaign} />
    </div>
  )
}
