import { campaignRoutes } from '@chiron/contract'
import { Field, Select, useI18n, useLocalized } from '@chiron/ui'
import { useAsk } from '../../../data/queries.ts'
import type { DraftHandle } from './draft-state.ts'
import { Section } from './Section.tsx'

/** Whose recordings a question is about. */
export function SourceSection({ handle }: { handle: DraftHandle }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const { draft, set, isFrozen } = handle
  const campaigns = useAsk('campaigns', campaignRoutes.list)
  const sources = (campaigns.data?.items ?? []).filter(({ kind }) => kind === 'demonstrate')
  const options = [
    { value: 'own', label: t('draft.sourceOwn') },
    ...sources.map(({ id, title, quota }) => ({
      value: id,
      label: t('draft.sourceOption', { title: localized(title), n: quota }),
    })),
  ]
  return (
    <Section id="source" title={t('draft.source')} lead={t('draft.sourceLead')}>
      <Field label={t('draft.sourceLabel')}>
        <Select
          value={draft.sourceCampaignId ?? 'own'}
          disabled={isFrozen}
          options={options}
          onValue={(value) => {
            const source = sources.find(({ id }) => id === value)
            set({ sourceCampaignId: source?.id ?? null, ...(source ? { quota: source.quota } : {}) })
          }}
        />
      </Field>
    </Section>
  )
}
