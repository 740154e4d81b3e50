import type { Lease, OfferDetail } from '@chiron/contract'
import type { DemonstrateConfig } from '@chiron/core/kinds'
import { ActionBar, Button, Icon, useI18n } from '@chiron/ui'
import { Screen } from '../../shell/Screen.tsx'
import { asksForBody } from '../task/asks-for-body.ts'
import { useBrief } from '../task/use-brief.ts'
import { BodyNote } from './BodyNote.tsx'
import { EyesNote } from './EyesNote.tsx'
import { MeasureLink } from './MeasureLink.tsx'

type GetReadyProps = { lease: Lease; offer: OfferDetail; config: DemonstrateConfig; onOpen: () => void }

/** Before the camera: how to hold the phone, the steps again, and why the browser will ask. */
export function GetReady({ lease, offer, config, onOpen }: GetReadyProps) {
  const { t, number } = useI18n()
  const brief = useBrief(offer)
  const seconds = { min: number(config.minSeconds), max: number(config.maxSeconds) }
  return (
    <Screen
      title={t('ready.title')}
      back="/"
      action={
        <ActionBar note={t('ready.ask')}>
          <Button kind="primary" size="touch" wide icon="camera" onClick={onOpen}>
            {t('ready.open')}
          </Button>
        </ActionBar>
      }
    >
      <div class="stack">
        <div class={`phone-picture phone-${config.orientation}`} aria-hidden="true">
          <span class="phone-shape">
            <Icon name="hand" size={32} />
          </span>
        </div>
        <ul class="consent-points">
          <li class="consent-point">
            <Icon name="refresh" size={24} />
            <p>{t(`ready.hold.${config.orientation}`)}</p>
          </li>
          <li class="consent-point">
            <Icon name="waiting" size={24} />
            <p>{t('ready.length', seconds)}</p>
          </li>
          <li class="consent-point">
            <Icon name="shield" size={24} />
            <p>{t('ready.silent')}</p>
          </li>
          {config.motion && (
            <li class="consent-point">
              <Icon name="motion" size={24} />
              <p>{t('ready.motion')}</p>
            </li>
          )}
        </ul>
        <EyesNote />
        {asksForBody(config) && <BodyNote />}
        <MeasureLink config={config} leaseId={lease.id} />
        {brief && (
          <section>
            <h2 class="section-title">{t('brief.steps')}</h2>
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
        )}
      </div>
    </Screen>
  )
}
