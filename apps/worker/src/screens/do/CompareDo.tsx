import '@chiron/ui/player.css'
import { newId } from '@chiron/client'
import type { Lease, OfferDetail } from '@chiron/contract'
import type { CompareAnswer, ShownCompareConfig } from '@chiron/core/kinds'
import { useI18n, useLocalized } from '@chiron/ui'
import { CompareAsk, type CompareDraft } from '@chiron/ui/compare'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { addToOutbox, onSent } from '../../data/outbox.ts'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { forgetDraft, keepDraft, readDraft } from './draft.ts'
import { NextComes } from './NextComes.tsx'
import { useActiveMs } from './use-active-ms.ts'

/** Which of two robots did better. What is chosen is kept on the device; after sending the next pair comes at once. */
export function CompareDo({ lease, offer }: { lease: Lease; offer: OfferDetail }) {
  const { t, money } = useI18n()
  const localized = useLocalized()
  const { route } = useLocation()
  const [draft, setDraft] = useState<CompareDraft>(() => readDraft<CompareDraft>(lease.id, {}))
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
  if (subject.kind !== 'pair') return null
  const send = async (answer: CompareAnswer) => {
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
  const clipOf = ({ videoUrl, ...timing }: typeof subject.left) => ({ src: videoUrl, ...timing })
  return (
    <Screen title={localized(offer.title)} back="/">
      {sentId !== null ? (
        <NextComes />
      ) : (
        <>
          {error ? <Trouble error={error} /> : null}
          <CompareAsk
            config={offer.config as ShownCompareConfig}
            terms={offer.ontology}
            instruction={localized(subject.instruction)}
            clips={[clipOf(subject.left), clipOf(subject.right)]}
            draft={draft}
            onDraft={(changed) => {
              setDraft(changed)
              keepDraft(lease.id, changed)
            }}
            onSend={(answer) => void send(answer)}
            note={t('do.paysNote', { amount: money(lease.payMinor, lease.currency) })}
          />
        </>
      )}
    </Screen>
  )
}
