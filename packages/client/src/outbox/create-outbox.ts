import { assert, Refusal } from '@chiron/core/kit'
import { retryDelayMs } from './delay.ts'
import { type Failure, submitFailure } from './failure.ts'
import type { NewOutboxItem, OutboxItem } from './item.ts'
import { oneSender } from './one-sender.ts'
import { type Sending, sendItem } from './send-item.ts'
import { sendingLoop } from './sending-loop.ts'
import type { OutboxStorage } from './storage.ts'

/**
 * - `api.submit` posts an answer; it throws an error with `status` (0: no answer came) and `code`.
 * - `uploadUrl` where tus uploads are made; `headers` go with each of its requests.
 * - `openTake` finds a take's bytes by its name. `onSent` hears of each answer the server took.
 */
export type OutboxOptions = {
  api: { submit: Sending['submit'] }
  uploadUrl: string
  now: () => number
  storage: OutboxStorage
  headers?: () => Record<string, string>
  openTake?: (name: string) => Promise<Blob | undefined>
  onSent?: (item: OutboxItem, reply: unknown) => void
  /** Whether the link costs nothing by the byte: held takes leave on such a one. */
  isFreeLink?: () => boolean
}

/**
 * What a worker did, on its way to the server. What `add` resolved for survives a killed tab and is sent
 * until it is sent or refused. `subscribe` calls at once and then at each change, whichever tab made it.
 * `retry` takes a refused, waiting or held item up again now; `remove` forgets one. `stop` lets go of the page's
 * events and timers; what is not sent stays on the device.
 */
export type Outbox = {
  add: (item: NewOutboxItem) => Promise<OutboxItem>
  list: () => Promise<OutboxItem[]>
  subscribe: (listener: (items: OutboxItem[]) => void) => () => void
  retry: (id: string) => Promise<void>
  remove: (id: string) => Promise<void>
  stop: () => void
}

/** Sent items stay listed up to this many, so that a person sees what has left. */
export const MAX_SENT_KEPT = 30

export function createOutbox(options: OutboxOptions): Outbox {
  const { storage, now } = options
  const stopped = new AbortController()
  const progress = new Map<string, number>()
  const changes = changeFeed(storage, progress)
  const holder = Math.random().toString(36).slice(2)
  const locks = typeof navigator === 'object' ? (navigator.locks as LockManager | undefined) : undefined
  const sender = oneSender({ locks, storage, now, holder })

  const patch = async (id: string, change: Partial<OutboxItem>): Promise<OutboxItem | undefined> => {
    const item = await storage.patch(id, change)
    changes.tell()
    return item
  }
  const sending: Sending = {
    submit: options.api.submit,
    endpoint: options.uploadUrl,
    headers: options.headers ?? (() => ({})),
    openTake: options.openTake ?? (async () => undefined),
    now,
    patch,
    signal: stopped.signal,
    onProgress: (id, sentBytes) => {
      progress.set(id, sentBytes)
      changes.tellHere()
    },
  }
  const mayLeave = (item: OutboxItem): boolean =>
    item.isHeld !== true || item.takeFile === undefined || options.isFreeLink?.() === true
  const due = () => nextDue(storage, now(), mayLeave)
  const sendDue = async (): Promise<void> => {
    for (let item = await due(); item !== undefined; item = await due()) {
      if (stopped.signal.aborted) return
      try {
        const reply = await sendItem(item, sending)
        if (reply !== undefined) options.onSent?.(item, reply)
      } catch (thrown) {
        if (stopped.signal.aborted) return
        const kept = (await storage.list()).find(({ id }) => id === item.id)
        await patch(item.id, afterFailure(kept ?? item, thrown, now()))
      } finally {
        progress.delete(item.id)
      }
    }
    await pruneSent(storage)
  }
  const loop = sendingLoop({
    pass: () => sender(sendDue),
    waitMs: () => waitFor(storage, now(), mayLeave),
    signal: stopped.signal,
  })
  const wake = async (): Promise<void> => {
    for (const item of await storage.list()) {
      if (item.state === 'waiting' && item.nextTryMs > 0) await storage.patch(item.id, { nextTryMs: 0 })
    }
    loop.run()
  }
  const unlisten = listenForWaking(() => void wake().catch(() => undefined))
  loop.run()

  return {
    add: async (added) => {
      const kept = (await storage.list()).find(({ id, state }) => id === added.id && state !== 'refused')
      if (kept !== undefined) return kept
      const item = newItem(added, now())
      await storage.put(item).catch((error: unknown) => {
        throw new Refusal('device-full', { detail: String(error) })
      })
      changes.tell()
      loop.run()
      return item
    },
    list: changes.list,
    subscribe: changes.subscribe,
    retry: async (id) => {
      await patch(id, { state: 'waiting', nextTryMs: 0, attempts: 0, lastError: undefined, isHeld: false })
      loop.run()
    },
    remove: async (id) => {
      await storage.remove(id)
      changes.tell()
    },
    stop: () => {
      stopped.abort(new Error('the outbox was stopped'))
      unlisten()
      changes.close()
    },
  }
}

function newItem(added: NewOutboxItem, nowMs: number): OutboxItem {
  assert(added.id !== '' && added.leaseId !== '', 'an answer has an id and a lease')
  const totalBytes = added.takeFile instanceof Blob ? added.takeFile.size : (added.totalBytes ?? 0)
  const createdAt = new Date(nowMs).toISOString()
  const start = {
    kind: 'submission',
    state: 'waiting',
    sentBytes: 0,
    attempts: 0,
    nextTryMs: 0,
  } as const
  return { ...added, ...start, totalBytes, createdAt }
}

function afterFailure(item: OutboxItem, thrown: unknown, nowMs: number): Partial<OutboxItem> {
  const known = thrown as { failure?: Failure }
  const { next, error } = known.failure ?? submitFailure(thrown)
  if (next === 'refuse') return { state: 'refused', lastError: error }
  const attempts = item.attempts + 1
  const nextTryMs = nowMs + retryDelayMs(item.attempts, Math.random())
  const restart = next === 'restart' ? { uploadUrl: undefined, sentBytes: 0 } : {}
  return { state: 'waiting', attempts, nextTryMs, lastError: error, ...restart }
}

const isOpen = ({ state }: OutboxItem): boolean => state !== 'sent' && state !== 'refused'

type MayLeave = (item: OutboxItem) => boolean

async function nextDue(
  storage: OutboxStorage,
  nowMs: number,
  mayLeave: MayLeave,
): Promise<OutboxItem | undefined> {
  return (await storage.list()).find((item) => isOpen(item) && item.nextTryMs <= nowMs && mayLeave(item))
}

async function waitFor(
  storage: OutboxStorage,
  nowMs: number,
  mayLeave: MayLeave,
): Promise<number | undefined> {
  const open = (await storage.list()).filter((item) => isOpen(item) && mayLeave(item))
  const times = open.map(({ nextTryMs }) => nextTryMs)
  return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - nowMs)
}

async function pruneSent(storage: OutboxStorage): Promise<void> {
  const sent = (await storage.list()).filter(({ state }) => state === 'sent')
  for (const { id } of sent.slice(0, Math.max(0, sent.length - MAX_SENT_KEPT))) await storage.remove(id)
}

type ChangeFeed = Pick<Outbox, 'list' | 'subscribe'> & {
  tell: () => void
  tellHere: () => void
  close: () => void
}

/** Tells listeners here, and by a channel those of other tabs, that the list changed. */
function changeFeed(storage: OutboxStorage, progress: ReadonlyMap<string, number>): ChangeFeed {
  const listeners = new Set<(items: OutboxItem[]) => void>()
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('chiron-outbox') : undefined
  const list = async (): Promise<OutboxItem[]> =>
    (await storage.list()).map((item) => ({ ...item, sentBytes: progress.get(item.id) ?? item.sentBytes }))
  const tellHere = (): void => {
    if (listeners.size === 0) return
    void list().then(
      (items) => {
        for (const listener of listeners) listener(items)
      },
      () => undefined,
    )
  }
  if (channel !== undefined) channel.onmessage = tellHere
  return {
    list,
    tellHere,
    tell: () => {
      channel?.postMessage('changed')
      tellHere()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      void list().then(listener, () => undefined)
      return () => listeners.delete(listener)
    },
    close: () => {
      listeners.clear()
      channel?.close()
    },
  }
}

/** The link is back, or the person is: no reason to wait any longer. */
function listenForWaking(wake: () => void): () => void {
  if (typeof window === 'undefined') return () => undefined
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') wake()
  }
  const { connection } = navigator as { connection?: EventTarget }
  window.addEventListener('online', wake)
  connection?.addEventListener?.('change', wake)
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    window.removeEventListener('online', wake)
    connection?.removeEventListener?.('change', wake)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
