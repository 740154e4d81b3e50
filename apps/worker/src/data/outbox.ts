import {
  createOutbox,
  indexedDbStorage,
  memoryStorage,
  type NewOutboxItem,
  type Outbox,
  type OutboxItem,
} from '@chiron/client/outbox'
import { type Lease, mediaPaths, submissionRoutes } from '@chiron/contract'
import { useEffect, useState } from 'preact/hooks'
import { isFreeLink } from '../shell/data-use.ts'
import { client } from './client.ts'
import { queryClient, refresh } from './queries.ts'
import { keepForGood } from './storage.ts'

/** What the server answers to a submission. */
type SubmitReply = { next: Lease | null }
type SentListener = (item: OutboxItem, reply: SubmitReply) => void

let outbox: Outbox | undefined
const sentListeners = new Set<SentListener>()

/** The device's one outbox, made when first asked for. */
export function theOutbox(): Outbox {
  outbox ??= createOutbox({
    api: {
      // Whoever answers questions gets the next one in the same breath; filming is asked for one by one.
      submit: (body) =>
        client.call(submissionRoutes.submit, { body: { ...body, next: !('uploadId' in body.answer) } }),
    },
    uploadUrl: mediaPaths.uploads,
    headers: client.headers,
    now: Date.now,
    isFreeLink,
    storage: typeof indexedDB === 'object' ? indexedDbStorage() : memoryStorage(),
    openTake: async (name) => {
      const { openTakes } = await import('@chiron/capture')
      return await (await openTakes()).open(name)
    },
    onSent: (item, reply) => {
      const { next } = reply as SubmitReply
      if (typeof item.takeFile === 'string') void letGo(item.takeFile)
      if (next) queryClient.setQueryData(['lease', next.id], next)
      for (const listener of sentListeners) listener(item, reply as SubmitReply)
      refresh('inbox', 'offer', 'submissions', 'submission', 'earnings', 'episodes')
    },
  })
  return outbox
}

/** The server has the recording: keeping it here would fill the device. */
async function letGo(takeName: string): Promise<void> {
  const { openTakes } = await import('@chiron/capture')
  const takes = await openTakes()
  const take = (await takes.finished()).find(({ name }) => name === takeName)
  if (take) await takes.remove(take.takeId)
}

/** Hears of each answer the server took. */
export function onSent(listener: SentListener): () => void {
  sentListeners.add(listener)
  return () => sentListeners.delete(listener)
}

/** Undefined until the device has told what it keeps. */
let latest: OutboxItem[] | undefined

/** Puts an answer in; resolves once it is safe on the device and every screen can see it there. */
export async function addToOutbox(item: NewOutboxItem): Promise<void> {
  await theOutbox().add(item)
  if (item.takeFile !== undefined) void keepForGood()
  latest = await theOutbox().list()
}

function useKnownItems(): OutboxItem[] | undefined {
  const [items, setItems] = useState(latest)
  useEffect(
    () =>
      theOutbox().subscribe((changed) => {
        latest = changed
        setItems(changed)
      }),
    [],
  )
  return items
}

/** The outbox as it is now: what is saved here and what has left. */
export const useOutboxItems = (): OutboxItem[] => useKnownItems() ?? []

/**
 * What the server says is in hand, less what was answered here since: it may not have heard, or what it said is old.
 * Undefined until both are known.
 */
export function useStillHeld(leases: readonly Lease[] | undefined): Lease[] | undefined {
  const items = useKnownItems()
  if (!leases || !items) return undefined
  const answered = new Set(items.filter(({ state }) => state !== 'refused').map(({ leaseId }) => leaseId))
  return leases.filter(({ id }) => !answered.has(id))
}

/** Things that are on this device only. */
export const isUnsent = ({ state }: OutboxItem): boolean => state !== 'sent'

/** Waits for a free link or a tap, with the bytes of its recording. */
export const isWaitingForLink = ({ isHeld, state }: OutboxItem): boolean =>
  isHeld === true && state === 'waiting'
