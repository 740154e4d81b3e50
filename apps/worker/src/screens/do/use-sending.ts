import { newId } from '@chiron/client'
import type { Lease } from '@chiron/contract'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { addToOutbox, onSent } from '../../data/outbox.ts'
import { forgetDraft, keepDraft, readDraft } from './draft.ts'
import { useActiveMs } from './use-active-ms.ts'
import { useLeaseOver, type WhyOver } from './use-lease-over.ts'

export type Sending<Draft> = {
  draft: Draft
  /** Kept on the device, so that a killed tab loses nothing. */
  onDraft: (draft: Draft) => void
  /** Into the outbox; from then on the answer is safe. */
  send: (answer: object) => Promise<void>
  isSent: boolean
  error: unknown
  /** The task is no longer in hand, and why; an answer that was begun may be sent all the same where it ran out. */
  over: WhyOver | undefined
  hasDraft: boolean
}

/** What is chosen, and sending it: after the answer has gone, the next task comes at once. */
export function useSending<Draft extends object>(lease: Lease, empty: Draft): Sending<Draft> {
  const { route } = useLocation()
  const [draft, setDraft] = useState<Draft>(() => readDraft<Draft>(lease.id, empty))
  const [sentId, setSentId] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const activeMs = useActiveMs(lease.id)
  const over = useLeaseOver(lease.id)
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
  const hasDraft = JSON.stringify(draft) !== JSON.stringify(empty)
  return { draft, onDraft, send, isSent: sentId !== null, error, over, hasDraft }
}
