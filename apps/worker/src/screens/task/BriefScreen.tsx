import '../../styles/task.css'
import type { OfferDetail } from '@chiron/contract'
import { ActionBar, Button, Icon, Skeleton, useI18n, useLocalized } from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { useStillHeld } from '../../data/outbox.ts'
import { useInbox, useOffer } from '../../data/queries.ts'
import { ExampleMedia } from '../../shell/ExampleMedia.tsx'
import { joinFacts } from '../../shell/join-facts.ts'
import { Pending } from '../../shell/Pending.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { asksForBody } from './asks-for-body.ts'
import { needsConsent } from './needs-consent.ts'
import { retentionText } from './retention-text.ts'
import { TermList } from './TermList.tsx'
import { useBrief } from './use-brief.ts'
import { useClaim } from './use-claim.ts'

/** The whole task before anything is accepted: what to do, what it pays, what it is for (WR-1, WR-4). */
export function BriefScreen({ campaignId }: { campaignId: string }) {
  const { t } = useI18n()
  const offer = useOffer(campaignId)
  if (offer.data) return <Brief offer={offer.data} />
  return (
    <Screen title={t('brief.title')} back="/">
      <Pending query={offer}>
        <div class="stack" role="status" aria-label={t('app.loading')}>
          <Skeleton height={200} />
          <Skeleton lines={5} />
        </div>
      </Pending>
    </Screen>
  )
}

function Brief({ offer }: { offer: OfferDetail }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const brief = useBrief(offer)
  return (
    <Screen title={t('brief.title')} back="/" action={<Accept offer={offer} />}>
      <article class="stack brief">
        <ExampleMedia url={offer.exampleMediaUrl} type={offer.exampleMediaType} kind={offer.kind} />
        <header>
          <p class="quiet">
            <bdi>{offer.workspaceName}</bdi>
          </p>
          <h2 class="brief-title" dir="auto">
            {brief?.title ?? localized(offer.title)}
          </h2>
        </header>
        <TermList offer={offer} />
        {brief && (
          <>
            <section>
              <h3 class="section-title">{t('brief.steps')}</h3>
              <ol class="steps">
                {brief.steps.map((step, at) => (
                  <li key={step} class="step">
                    <span class="step-number figure" aria-hidden="true">
                      {at + 1}
                    </span>
                    <span dir="auto">{step}</span>
                  </li>
                ))}
              </ol>
            </section>
            {brief.success && (
              <section class="brief-good">
                <Icon name="good" />
                <div>
                  <h3 class="brief-subtitle">{t('brief.success')}</h3>
                  <p dir="auto">{brief.success}</p>
                </div>
              </section>
            )}
            {brief.avoid.length > 0 && (
              <section>
                <h3 class="section-title">{t('brief.avoid')}</h3>
                <ul class="steps">
                  {brief.avoid.map((line) => (
                    <li key={line} class="step avoid">
                      <Icon name="bad" />
                      <span dir="auto">{line}</span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
        <DataTerms offer={offer} />
      </article>
    </Screen>
  )
}

/** What becomes of the data, before a yes. */
function DataTerms({ offer }: { offer: OfferDetail }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const { purpose, recipients, retentionDays } = offer.terms
  const lines = [
    [t('terms.purpose'), localized(purpose)],
    [t('terms.recipients'), localized(recipients)],
    [t('terms.retention'), retentionText(t, retentionDays)],
  ] as const
  return (
    <section>
      <h3 class="section-title">{t('brief.data')}</h3>
      <dl class="terms">
        {lines.map(([name, text]) => (
          <div key={name} class="term">
            <dt>{name}</dt>
            <dd dir="auto">{text}</dd>
          </div>
        ))}
      </dl>
      {asksForBody(offer.config) && <p>{t('ready.body')}</p>}
    </section>
  )
}

/** The way on: to the consent first, else straight into the task; back into it when one is held already. */
function Accept({ offer }: { offer: OfferDetail }) {
  const { t, money, duration } = useI18n()
  const { route } = useLocation()
  const inbox = useInbox()
  const claim = useClaim(offer)
  const { terms } = offer
  const note = joinFacts(money(terms.payMinor, terms.currency), duration(terms.estimateSeconds * 1000))
  const held = useStillHeld(inbox.data?.leases)?.find((lease) => lease.campaignId === offer.campaignId)
  if (held) {
    return (
      <ActionBar note={note}>
        <Button kind="primary" size="touch" wide href={`/do/${held.id}`} iconAtEnd="arrow-forward">
          {t('inbox.goOn')}
        </Button>
      </ActionBar>
    )
  }
  const isFull = offer.perWorkerMax !== null && offer.doneCount >= offer.perWorkerMax
  if (offer.availableCount === 0 || isFull || claim.nothingLeft) {
    return (
      <ActionBar note={t(isFull ? 'brief.doneAll' : 'brief.nothingLeft')}>
        <Button size="touch" wide href="/">
          {t('brief.toInbox')}
        </Button>
      </ActionBar>
    )
  }
  const start = () => {
    if (needsConsent(offer)) route(`/task/${offer.campaignId}/consent`)
    else claim.claim()
  }
  return (
    <ActionBar note={claim.error ? undefined : note}>
      {claim.error ? <Trouble error={claim.error} /> : null}
      <Button kind="primary" size="touch" wide busy={claim.busy} onClick={start} iconAtEnd="arrow-forward">
        {t('brief.accept')}
      </Button>
    </ActionBar>
  )
}
