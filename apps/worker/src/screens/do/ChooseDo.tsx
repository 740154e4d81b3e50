import '@chiron/ui/player.css'
import { newId } from '@chiron/client'
import type { Lease, OfferDetail } from '@chiron/contract'
import type { ChooseAnswer, ChooseConfig } from '@chiron/core/kinds'
import { Icon, type IconName, useI18n, useLocalized } from '@chiron/ui'
import { Ask } from '@chiron/ui/choose'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { addToOutbox, onSent } from '../../data/outbox.ts'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { forgetDraft, keepDraft, readDraft } from './draft.ts'
import { NextComes } from './NextComes.tsx'
import { useActiveMs } from './use-active-ms.ts'

/** A picture for the outcomes everybody meets; other terms speak for themselves. */
const PICTURES: Record<string, IconName> = {
  'outcome.success': 'good',
  'outcome.partial': 'attention',
  'outcome.failure': 'bad',
  'outcome.unclear': 'help',
}

/** Questions about a clip. What is chosen is kept on the device; after sending the next one comes at once. */
export function ChooseDo({ lease, offer }: { lease: Lease; offer: OfferDetail }) {
  const { t, money } = useI18n()
  const localized = useLocalized()
  const { route } = useLocation()
  const [answer, setAnswer] = useState<ChooseAnswer>(() => readDraft<ChooseAnswer>(lease.id, { choices: {} }))
  const [sentId, setSentId] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const activeMs = useActiveMs(lease.id)
  useEffect(() => {
    if (sentId === null) return
    return onSent(({ id }, { next }) => {
      if (id === sentId) route(next ? `/do/${next.id}` : `/sent/${sentId}`, true)
    })
  }, [sentId])
  const { subject } = lease
  if (subject.kind !== 'episode') return null
  const send = async () => {
    const id = newId()
    try {
      setSentId(id)
      await addToOutbox({ id, leaseId: lease.id, answer: { ...answer }, activeMs: activeMs() })
      forgetDraft(lease.id)
    } catch (caught) {
      setSentId(null)
      setError(caught)
    }
  }
  return (
    <Screen title={localized(offer.title)} back="/">
      {sentId !== null ? (
        <NextComes />
      ) : (
        <>
          {error ? <Trouble error={error} /> : null}
          <Ask
            config={offer.config as ChooseConfig}
            terms={offer.ontology}
            clip={{ src: subject.videoUrl, poster: subject.posterUrl }}
            timing={{ fps: subject.fps, frameCount: subject.frameCount, durationMs: subject.durationMs }}
            answer={answer}
            onAnswer={(changed) => {
              setAnswer(changed)
              keepDraft(lease.id, changed)
            }}
            onSend={() => void send()}
            pictureOf={(termId) => {
              const name = PICTURES[termId]
              return name && <Icon name={name} size={28} />
            }}
            note={t('do.paysNote', { amount: money(lease.payMinor, lease.currency) })}
          />
        </>
      )}
    </Screen>
  )
}
