import type { OfferDetail } from '@chiron/contract'
import { useI18n, useLocalized } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { LeaseOver } from './LeaseOver.tsx'
import { NextComes } from './NextComes.tsx'
import type { Sending } from './use-sending.ts'

type AnswerScreenProps = {
  offer: OfferDetail
  sending: Pick<Sending<object>, 'isSent' | 'error' | 'over' | 'hasDraft'>
  children: ComponentChildren
}

/** The frame of every question: its title, what went wrong when sending, and the wait for the next one. */
export function AnswerScreen({ offer, sending, children }: AnswerScreenProps) {
  const { t } = useI18n()
  const localized = useLocalized()
  const { isSent, error, over, hasDraft } = sending
  if (!isSent && over && !(over === 'expired' && hasDraft)) return <LeaseOver why={over} />
  return (
    <Screen title={localized(offer.title)} back="/">
      {isSent ? (
        <NextComes />
      ) : (
        <>
          {error || over ? (
            <div class="stack answer-notes">
              {error ? <Trouble error={error} /> : null}
              {over ? <p role="status">{t('over.canSend')}</p> : null}
            </div>
          ) : null}
          {children}
        </>
      )}
    </Screen>
  )
}
