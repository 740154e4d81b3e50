import '@chiron/ui/player.css'
import '../../styles/compare.css'
import type { Lease, OfferDetail } from '@chiron/contract'
import type { ShownCompareConfig } from '@chiron/core/kinds'
import { useI18n, useLocalized } from '@chiron/ui'
import { CompareAsk, type CompareDraft } from '@chiron/ui/compare'
import { AnswerScreen } from './AnswerScreen.tsx'
import { useSending } from './use-sending.ts'

/** Which of two robots did better. */
export function CompareDo({ lease, offer }: { lease: Lease; offer: OfferDetail }) {
  const { t, money } = useI18n()
  const localized = useLocalized()
  const sending = useSending<CompareDraft>(lease, {})
  const { subject } = lease
  if (subject.kind !== 'pair') return null
  const clipOf = ({ videoUrl, ...timing }: typeof subject.left) => ({ src: videoUrl, ...timing })
  return (
    <AnswerScreen offer={offer} sending={sending}>
      <CompareAsk
        config={offer.config as ShownCompareConfig}
        terms={offer.ontology}
        instruction={localized(subject.instruction)}
        clips={[clipOf(subject.left), clipOf(subject.right)]}
        draft={sending.draft}
        onDraft={sending.onDraft}
        onSend={(answer) => void sending.send(answer)}
        note={t('do.paysNote', { amount: money(lease.payMinor, lease.currency) })}
      />
    </AnswerScreen>
  )
}
