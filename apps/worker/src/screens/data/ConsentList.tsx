import { type Consent, consentRoutes } from '@chiron/contract'
import {
  Button,
  Dialog,
  EmptyState,
  Skeleton,
  Tag,
  type Tone,
  useI18n,
  useLocalized,
  useToast,
} from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { refresh, useConsents } from '../../data/queries.ts'
import { joinFacts } from '../../shell/join-facts.ts'
import { Pending } from '../../shell/Pending.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { saveJson } from './save-file.ts'

const TONES: Partial<Record<Consent['state'], Tone>> = {
  given: 'good',
  renewed: 'good',
  withdrawn: 'attention',
  expired: 'attention',
  revoked: 'attention',
  invalidated: 'attention',
}

/** What one agreed to, everywhere, and the way out of each. */
export function ConsentList() {
  const { t } = useI18n()
  const { query, route } = useLocation()
  const consents = useConsents()
  if (!consents.data)
    return (
      <Pending query={consents}>
        <Skeleton lines={5} />
      </Pending>
    )
  const { items } = consents.data
  if (items.length === 0) {
    return (
      <EmptyState icon="shield" title={t('data.noConsents')}>
        {t('data.noConsentsText')}
      </EmptyState>
    )
  }
  const leaving = items.find(({ id }) => id === query.withdraw)
  return (
    <>
      <ul class="stack">
        {items.map((consent) => (
          <ConsentCard key={consent.id} consent={consent} />
        ))}
      </ul>
      {leaving && <WithdrawDialog consent={leaving} onClose={() => route('/data', true)} />}
    </>
  )
}

function ConsentCard({ consent }: { consent: Consent }) {
  const { t, dateTime } = useI18n()
  const localized = useLocalized()
  const stands = consent.state === 'given' || consent.state === 'renewed'
  const keepReceipt = async () => {
    const receipt = await client.call(consentRoutes.receipt, { params: { consentId: consent.id } })
    saveJson(`chiron-consent-${consent.id}.json`, receipt)
  }
  return (
    <li class="card">
      <div class="card-body stack stack-tight">
        <div class="row row-apart">
          <h3 class="offer-title" dir="auto">
            {localized(consent.campaignTitle)}
          </h3>
          <Tag tone={TONES[consent.state] ?? 'neutral'}>{t(`consentState.${consent.state}`)}</Tag>
        </div>
        <p class="quiet">
          {joinFacts(
            consent.workspaceName,
            ...(consent.givenAt ? [t('data.givenOn', { date: dateTime(consent.givenAt, 'date') })] : []),
            ...(consent.endedAt ? [t('data.endedOn', { date: dateTime(consent.endedAt, 'date') })] : []),
          )}
        </p>
        <p>{t('data.recordingCount', { n: consent.episodeCount })}</p>
        <div class="row">
          {stands && (
            <Button size="touch" icon="undo" href={`/data?withdraw=${consent.id}`}>
              {t('data.withdraw')}
            </Button>
          )}
          {consent.receiptHash && (
            <Button size="touch" kind="quiet" icon="download" onClick={() => void keepReceipt()}>
              {t('data.receipt')}
            </Button>
          )}
        </div>
      </div>
    </li>
  )
}

/** One question, as when it was given: what happens, and done. */
function WithdrawDialog({ consent, onClose }: { consent: Consent; onClose: () => void }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const withdraw = async () => {
    setBusy(true)
    try {
      await client.call(consentRoutes.withdraw, { params: { consentId: consent.id } })
      refresh('consents', 'episodes', 'submissions', 'inbox', 'offer')
      toast({ text: t('data.withdrawn'), tone: 'good' })
      onClose()
    } catch (caught) {
      setError(caught)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('data.withdrawTitle')}
      shape="sheet"
      actions={
        <>
          <Button size="touch" onClick={onClose}>
            {t('data.keep')}
          </Button>
          <Button size="touch" busy={busy} onClick={() => void withdraw()}>
            {t('data.withdrawNow')}
          </Button>
        </>
      }
    >
      <div class="stack">
        {error ? <Trouble error={error} /> : null}
        <p>
          <strong dir="auto">{localized(consent.campaignTitle)}</strong>
        </p>
        <ul class="plain-points">
          <li>{t('withdraw.freeze', { n: consent.episodeCount })}</li>
          <li>{t('withdraw.told')}</li>
          <li>{t('withdraw.pay')}</li>
          <li>{t('withdraw.models')}</li>
        </ul>
      </div>
    </Dialog>
  )
}
