import { newId } from '@chiron/client'
import type { Lease } from '@chiron/contract'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { addToOutbox, onSent } from '../../data/outbox.ts'
import { forgetDraft, keepDraft, readDraft } from './draft.ts'
import { useActiveMs } from './use-active-ms.ts'

export type Sending<Draft> = {
  draft: Draft
  /** Kept on the device, so that a killed tab loses nothing. */
  onDraft: (draft: Draft) => void
  /** Into the outbox; from then on the answer is safe. */
  send: (answer: object) => Promise<void>
  isSent: boolean
  error: unknown
}

/** What is chosen, and sending it: after the answer has gone, the next task comes at once. */
export function useSending<Draft extends object>(lease: Lease, empty: Draft): Sending<Draft> {
  const { route } = useLocation()
  const [draft, setDraft] = useState<Draft>(() => readDraft<Draft>(lease.id, empty))
  const [sentId, setSentId] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const activeMs = useActiveMs(lease.id)
  useEffect(() => {
    if (sentId === null) return
    return onSent(({ id }, { next }) => {
      if (id === sentId) route(next ? `/do/${next.id}` : `/sent/${sentId}`, true)
    })
  }, [sentId])
  const onDraft = (changed: Draft) => {
    setDraft(changed)
    keepDraft(lease.id, changed)
  }
  const send = async (answer: object) => {
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
  return { draft, onDraft, send, isSent: sentId !== null, error }
}
