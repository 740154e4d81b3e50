import '@chiron/ui/player.css'
import { type Lease, mediaPaths, type OfferDetail } from '@chiron/contract'
import type { RateAnswer, ShownRateConfig } from '@chiron/core/kinds'
import { useI18n, useLocalized } from '@chiron/ui'
import { RateAsk } from '@chiron/ui/rate'
import { AnswerScreen } from './AnswerScreen.tsx'
import { useSending } from './use-sending.ts'

/** How well a robot did, from 1 to 5. */
export function RateDo({ lease, offer }: { lease: Lease; offer: OfferDetail }) {
  const { t, money } = useI18n()
  const localized = useLocalized()
  const sending = useSending<RateAnswer>(lease, { ratings: {} })
  const { subject } = lease
  if (subject.kind !== 'rollout') return null
  const { videoUrl, fps, frameCount, durationMs } = subject
  return (
    <AnswerScreen offer={offer} sending={sending}>
      <RateAsk
        config={offer.config as ShownRateConfig}
        instruction={localized(subject.instruction)}
        clip={{ src: videoUrl }}
        timing={{ fps, frameCount, durationMs }}
        answer={sending.draft}
        onAnswer={sending.onDraft}
        onSend={(answer) => void sending.send(answer)}
        exampleUrl={mediaPaths.briefMedia}
        note={t('do.paysNote', { amount: money(lease.payMinor, lease.currency) })}
      />
    </AnswerScreen>
  )
}
