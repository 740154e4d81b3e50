import type { OfferDetail } from '@chiron/contract'
import { useLocalized } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { NextComes } from './NextComes.tsx'
import type { Sending } from './use-sending.ts'

type AnswerScreenProps = {
  offer: OfferDetail
  sending: Pick<Sending<object>, 'isSent' | 'error'>
  children: ComponentChildren
}

/** The frame of every question: its title, what went wrong when sending, and the wait for the next one. */
export function AnswerScreen({ offer, sending: { isSent, error }, children }: AnswerScreenProps) {
  const localized = useLocalized()
  return (
    <Screen title={localized(offer.title)} back="/">
      {isSent ? (
        <NextComes />
      ) : (
        <>
          {error ? <Trouble error={error} /> : null}
          {children}
        </>
      )}
    </Screen>
  )
}
