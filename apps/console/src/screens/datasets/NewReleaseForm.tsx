import {
  type Campaign,
  campaignRoutes,
  mediaRoutes,
  type ReleaseOrderFormat,
  releaseRoutes,
} from '@chiron/contract'
import { asksAboutRollouts } from '@chiron/core/kinds'
import { Button, ErrorNote, Field, Select, TextInput, useI18n, useLocalized } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAsk } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { Trouble } from '../../shell/Trouble.tsx'

const FORMATS: readonly ReleaseOrderFormat[] = ['lerobot', 'mcap', 'both']
const NAME = /^[a-z0-9][a-z0-9._-]{0,79}$/

/** Which campaign goes out, as what, and under what name. */
export function NewReleaseForm({ onMade, onCancel }: { onMade: (id: string) => void; onCancel: () => void }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const campaigns = useAsk('campaigns', campaignRoutes.list)
  const anyAccepted = useAsk('episodes', mediaRoutes.listEpisodes, { query: { state: 'accepted', limit: 1 } })
  const able = (campaigns.data?.items ?? []).filter(
    ({ kind, state, sourceCampaignId }) =>
      state !== 'draft' && !asksAboutRollouts(kind) && (kind === 'demonstrate' || sourceCampaignId === null),
  )
  const [chosen, setChosen] = useState('')
  const [format, setFormat] = useState<ReleaseOrderFormat>('lerobot')
  const [own, setOwn] = useState<string | null>(null)
  const campaign = able.find(({ id }) => id === chosen) ?? able.find(hasAccepted) ?? able[0]
  const name = own ?? (campaign ? nameFor(campaign.title.en ?? localized(campaign.title)) : '')
  const make = useAct(async () => {
    const body = { campaignId: campaign?.id ?? '', name, format }
    onMade((await client.call(releaseRoutes.create, { body })).id)
  }, ['releases'])
  if (anyAccepted.data?.items.length === 0)
    return (
      <ErrorNote
        tone="information"
        happened={t('datasets.nothingAccepted')}
        next={t('datasets.nothingAccepted.next')}
      />
    )
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void make.run()
      }}
    >
      <p>{t('datasets.newLead')}</p>
      <Field label={t('episodes.campaign')}>
        <Select
          value={campaign?.id ?? ''}
          onValue={setChosen}
          options={able.map(({ id, title, counts }) => ({
            value: id,
            label:
              counts.accepted > 0
                ? t('datasets.campaignOption', { title: localized(title), n: counts.accepted })
                : localized(title),
          }))}
        />
      </Field>
      <Field label={t('datasets.format')} hint={t(`datasets.format.${format}.hint`)}>
        <Select
          value={format}
          onValue={(value) => setFormat(value as ReleaseOrderFormat)}
          options={FORMATS.map((value) => ({ value, label: t(`datasets.format.${value}`) }))}
        />
      </Field>
      <Field
        label={t('datasets.name')}
        hint={t('datasets.nameHint')}
        error={name !== '' && !NAME.test(name) ? t('datasets.nameWrong') : null}
      >
        <TextInput value={name} dir="ltr" maxLength={80} onValue={setOwn} />
      </Field>
      {make.error && <Trouble error={make.error} />}
      <div class="row">
        <Button kind="primary" type="submit" busy={make.busy} disabled={!campaign || !NAME.test(name)}>
          {t('datasets.build')}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('ui.action.cancel')}
        </Button>
      </div>
    </form>
  )
}

const hasAccepted = ({ counts }: Campaign): boolean => counts.accepted > 0

/** 'Put a cup on a plate' → 'put-a-cup-on-a-plate-2026-11-22'. */
function nameFor(title: string): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
  return `${words || 'release'}-${new Date().toISOString().slice(0, 10)}`
}
