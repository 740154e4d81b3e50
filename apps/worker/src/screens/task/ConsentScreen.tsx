import '../../styles/task.css'
import { consentRoutes, type OfferDetail } from '@chiron/contract'
import { ActionBar, Button, Icon, type IconName, Skeleton, useI18n, useLocalized, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { refresh, useOffer } from '../../data/queries.ts'
import { Pending } from '../../shell/Pending.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { retentionText } from './retention-text.ts'
import { useClaim } from './use-claim.ts'

/** The notice, in the person's own language, and a yes and a no that weigh the same. */
export function ConsentScreen({ campaignId }: { campaignId: string }) {
  const { t } = useI18n()
  const offer = useOffer(campaignId)
  if (offer.data) return <Consent offer={offer.data} />
  return (
    <Screen title={t('consent.title')} back={`/task/${campaignId}`}>
      <Pending query={offer}>
        <Skeleton lines={8} />
      </Pending>
    </Screen>
  )
}

function Consent({ offer }: { offer: OfferDetail }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const { notice } = offer
  const points: [IconName, string, string][] = [
    [
      offer.kind === 'demonstrate' ? 'video' : 'edit',
      t('consent.what'),
      t(`consent.what.${offer.kind}`, { team: offer.workspaceName }),
    ],
    ['flag', t('terms.purpose'), localized(notice.purpose)],
    ['people', t('terms.recipients'), localized(notice.recipients)],
    ['calendar', t('terms.retention'), retentionText(t, notice.retentionDays)],
    ['undo', t('consent.withdraw'), t('consent.withdrawText')],
    ['machine', t('consent.training'), localized(notice.afterTraining)],
    ['money', t('consent.pay'), t('consent.payText')],
  ]
  return (
    <Screen title={t('consent.title')} back={`/task/${offer.campaignId}`} action={<Decide offer={offer} />}>
      <div class="stack consent">
        <h2 class="brief-title">{t('consent.question', { team: offer.workspaceName })}</h2>
        <ul class="consent-points">
          {points.map(([icon, name, text]) => (
            <li key={name} class="consent-point">
              <Icon name={icon} size={24} />
              <div>
                <h3>{name}</h3>
                <p dir="auto">{text}</p>
              </div>
            </li>
          ))}
        </ul>
        <p class="quiet">{t('consent.version', { n: notice.version })}</p>
      </div>
    </Screen>
  )
}

/** Two buttons of one size and one look: neither is the expected one. */
function Decide({ offer }: { offer: OfferDetail }) {
  const { t, locale } = useI18n()
  const { route } = useLocation()
  const toast = useToast()
  const claim = useClaim(offer)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const decide = async (decision: 'given' | 'refused') => {
    setBusy(true)
    setError(null)
    try {
      const { campaignId, notice } = offer
      await client.call(consentRoutes.decide, {
        body: { campaignId, noticeVersion: notice.version, decision, locale },
      })
      refresh('consents', 'offer', 'inbox')
      if (decision === 'given') return claim.claim()
      toast({ text: t('consent.refused'), tone: 'information' })
      route('/')
    } catch (caught) {
      refresh('offer')
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  const trouble = error ?? claim.error
  if (claim.nothingLeft) {
    return (
      <ActionBar note={t('consent.givenNothingLeft')}>
        <Button size="touch" wide href="/">
          {t('brief.toInbox')}
        </Button>
      </ActionBar>
    )
  }
  return (
    <div class="action-bar">
      {trouble ? <Trouble error={trouble} /> : null}
      <div class="two">
        <Button
          size="touch"
          icon="close"
          disabled={busy || claim.busy}
          onClick={() => void decide('refused')}
        >
          {t('consent.no')}
        </Button>
        <Button size="touch" icon="check" busy={busy || claim.busy} onClick={() => void decide('given')}>
          {t('consent.yes')}
        </Button>
      </div>
    </div>
  )
}
