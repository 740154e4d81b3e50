import { type Campaign, type CampaignDraft, ontologyRoutes, type Term } from '@chiron/contract'
import { asksAboutRecordings, asksAboutRollouts } from '@chiron/core/kinds'
import { Skeleton, useI18n, useLocalized } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useAsk } from '../../../data/queries.ts'
import { Page } from '../../../shell/Page.tsx'
import { Trouble } from '../../../shell/Trouble.tsx'
import { CompareSection } from './CompareSection.tsx'
import { type DraftHandle, useDraft } from './draft-state.ts'
import { ExampleSection } from './ExampleSection.tsx'
import { FlowSection } from './FlowSection.tsx'
import { MomentsSection } from './MomentsSection.tsx'
import { OutcomeSection } from './OutcomeSection.tsx'
import { PaySection } from './PaySection.tsx'
import { PromiseSection } from './PromiseSection.tsx'
import { PublishPanel } from './PublishPanel.tsx'
import { QuestionsSection } from './QuestionsSection.tsx'
import { RateSection } from './RateSection.tsx'
import { RolloutsSection } from './RolloutsSection.tsx'
import { SourceSection } from './SourceSection.tsx'
import { TakeSection } from './TakeSection.tsx'
import { WordsSection } from './WordsSection.tsx'

type DraftFormProps = {
  first: CampaignDraft
  /** The campaign that exists already. */
  campaign?: Campaign
  /** A name for keeping a new draft in this tab. */
  keepAs?: string
  above: { label: string; href: string }
}

/** Everything about a campaign on one page, with what still keeps it from publishing beside it. */
export function DraftForm({ first, campaign, keepAs, above }: DraftFormProps) {
  const { t, locale: ownLocale } = useI18n()
  const localized = useLocalized()
  const handle = useDraft(first, keepAs, campaign)
  const { draft } = handle
  const locales = Object.keys(draft.briefs)
  const [chosen, setLocale] = useState(() => locales.find((code) => ownLocale.startsWith(code)) ?? '')
  const locale = locales.includes(chosen) ? chosen : (locales[0] ?? 'en')
  const ontology = useAsk('ontology', ontologyRoutes.read, {
    params: { ontologyId: draft.ontologyId, version: draft.ontologyVersion },
  })
  const terms = ontology.data?.terms ?? []
  const title = handle.isFrozen ? 'draft.editTitle' : campaign ? 'draft.draftTitle' : 'draft.newTitle'
  return (
    <Page
      title={t(title, { title: localized(draft.title) })}
      above={above}
      lead={t(handle.isFrozen ? 'draft.frozenLead' : 'draft.lead')}
    >
      <div class="draft">
        <form class="draft-form" onSubmit={(event) => event.preventDefault()}>
          <WordsSection handle={handle} locale={locale} onLocale={setLocale} />
          <ExampleSection handle={handle} />
          {asksAboutRecordings(draft.kind) && <SourceSection handle={handle} />}
          {asksAboutRollouts(draft.kind) && <RolloutsSection handle={handle} />}
          {draft.kind === 'keypoints' && <MomentsSection handle={handle} />}
          {ontology.data ? (
            <AskedTerms handle={handle} locale={locale} terms={terms} />
          ) : ontology.error ? (
            <Trouble error={ontology.error} onRetry={() => void ontology.refetch()} />
          ) : (
            <Skeleton height={160} />
          )}
          <PaySection handle={handle} />
          <PromiseSection handle={handle} locale={locale} />
          {draft.kind === 'demonstrate' && <TakeSection handle={handle} />}
          <FlowSection handle={handle} terms={terms} />
        </form>
        <PublishPanel
          handle={handle}
          campaign={campaign}
          termIds={ontology.data ? terms.map(({ id }) => id) : undefined}
        />
      </div>
    </Page>
  )
}

type AskedTermsProps = { handle: DraftHandle; locale: string; terms: readonly Term[] }

/** What is asked in terms of the vocabulary, by the kind of the campaign; without its names it would show their ids. */
function AskedTerms(props: AskedTermsProps) {
  switch (props.handle.draft.kind) {
    case 'choose':
      return <QuestionsSection {...props} />
    case 'compare':
      return <CompareSection handle={props.handle} terms={props.terms} />
    case 'outcome':
      return <OutcomeSection {...props} />
    case 'rate':
      return <RateSection {...props} />
    default:
      return null
  }
}
