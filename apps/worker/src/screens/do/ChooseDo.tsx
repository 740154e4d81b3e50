import '@chiron/ui/player.css'
import type { Lease, OfferDetail } from '@chiron/contract'
import type { ChooseAnswer, ChooseConfig } from '@chiron/core/kinds'
import { Icon, type IconName, useI18n, useLocalized } from '@chiron/ui'
import { Ask } from '@chiron/ui/choose'
import { AnswerScreen } from './AnswerScreen.tsx'
import { useSending } from './use-sending.ts'

/** A picture for the outcomes everybody meets; other terms speak for themselves. */
const PICTURES: Record<string, IconName> = {
  'outcome.success': 'good',
  'outcome.partial': 'attention',
  'outcome.failure': 'bad',
  'outcome.unclear': 'help',
}

/** Questions about a clip: somebody's recording (`choose`), or how a robot's run ended (`outcome`). */
export function ChooseDo({ lease, offer }: { lease: Lease; offer: OfferDetail }) {
  const { t, money } = useI18n()
  const localized = useLocalized()
  const sending = useSending<ChooseAnswer>(lease, { choices: {} })
  const { draft, onDraft, send } = sending
  const { subject } = lease
  if (subject.kind !== 'episode' && subject.kind !== 'rollout') return null
  const { videoUrl, fps, frameCount, durationMs } = subject
  return (
    <AnswerScreen offer={offer} sending={sending}>
      <Ask
        config={offer.config as ChooseConfig}
        terms={offer.ontology}
        instruction={subject.kind === 'rollout' ? localized(subject.instruction) : undefined}
        clip={{ src: videoUrl, ...(subject.kind === 'episode' ? { poster: subject.posterUrl } : {}) }}
        timing={{ fps, frameCount, durationMs }}
        answer={draft}
        onAnswer={onDraft}
        onSend={() => void send(draft)}
        pictureOf={(termId) => {
          const name = PICTURES[termId]
          return name && <Icon name={name} size={28} />
        }}
        note={t('do.paysNote', { amount: money(lease.payMinor, lease.currency) })}
      />
    </AnswerScreen>
  )
}
