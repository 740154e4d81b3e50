import { type CampaignDraft, campaignRoutes, ontologyRoutes } from '@chiron/contract'
import { EmptyState, useI18n } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { StarterVocabulary } from '../../parts/StarterVocabulary.tsx'
import { useMay } from '../../shell/me.ts'
import { LoadingPage, Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { DraftForm } from './draft/DraftForm.tsx'

type DraftScreenProps = { templateId?: string; campaignId?: string }

/** A campaign’s one page: a new one from a template, a draft, or what may still change of a published one. */
export function DraftScreen({ templateId, campaignId }: DraftScreenProps) {
  const may = useMay()
  if (!may('campaign.write')) return <NotYours />
  if (campaignId) return <Existing key={campaignId} campaignId={campaignId} />
  return <FromTemplate key={templateId} templateId={templateId ?? ''} />
}

function FromTemplate({ templateId }: { templateId: string }) {
  const { t } = useI18n()
  const templates = useAsk('templates', campaignRoutes.templates)
  const ontologies = useAsk('ontologies', ontologyRoutes.list)
  const template = templates.data?.items.find(({ id }) => id === templateId)
  const ontology = ontologies.data?.items[0]
  const above = { label: t('newCampaign.title'), href: paths.newCampaign }
  if (!template || !ontology) {
    const error = templates.error ?? ontologies.error
    const isMissing = templates.data && ontologies.data
    if (isMissing) return <Missing what={template ? 'ontology' : 'template'} />
    return (
      <LoadingPage
        above={above}
        error={error}
        onRetry={() => {
          void templates.refetch()
          void ontologies.refetch()
        }}
      />
    )
  }
  const draft: CampaignDraft = {
    ...template.draft,
    ontologyId: ontology.id,
    ontologyVersion: ontology.latestVersion,
  }
  return <DraftForm first={draft} keepAs={templateId} above={above} />
}

function Existing({ campaignId }: { campaignId: string }) {
  const { t } = useI18n()
  const progress = useAsk('campaign', campaignRoutes.read, { params: { campaignId } })
  const above = { label: t('draft.back'), href: paths.campaign(campaignId) }
  if (!progress.data)
    return <LoadingPage above={above} error={progress.error} onRetry={() => void progress.refetch()} />
  return <DraftForm first={progress.data.campaign} campaign={progress.data.campaign} above={above} />
}

function Missing({ what }: { what: 'template' | 'ontology' }) {
  const { t } = useI18n()
  return (
    <Page title={t('newCampaign.title')} above={{ label: t('newCampaign.title'), href: paths.newCampaign }}>
      <EmptyState
        icon="campaign"
        title={t(what === 'ontology' ? 'ontology.none' : 'newCampaign.no-template')}
        action={what === 'ontology' && <StarterVocabulary />}
      >
        <p>{t(what === 'ontology' ? 'ontology.noneText' : 'newCampaign.no-template.text')}</p>
      </EmptyState>
    </Page>
  )
}

function NotYours() {
  const { t } = useI18n()
  return (
    <Page title={t('draft.notYours')} above={{ label: t('ways.campaigns'), href: paths.campaigns }}>
      <EmptyState icon="lock" title={t('draft.notYours')}>
        <p>{t('shell.readOnly')}</p>
      </EmptyState>
    </Page>
  )
}
