import { assert, compareStrings } from '@chiron/core/kit'
import { createStore, del, promisifyRequest, set, update, values } from 'idb-keyval'
import type { OutboxItem } from './item.ts'

/**
 * Where items lie. A call resolves when the device has kept it. `patch` changes an item that is still there
 * and gives it, or undefined. `lease` takes or renews the right to send until a time, for browsers without
 * Web Locks: false when another page holds it.
 */
export type OutboxStorage = {
  list: () => Promise<OutboxItem[]>
  put: (item: OutboxItem) => Promise<void>
  patch: (id: string, change: Partial<OutboxItem>) => Promise<OutboxItem | undefined>
  remove: (id: string) => Promise<void>
  lease: (holder: string, nowMs: number, untilMs: number) => Promise<boolean>
}

type Lease = { holder: string; untilMs: number }

const oldestFirst = (items: OutboxItem[]): OutboxItem[] =>
  [...items].sort((a, b) => compareStrings(a.createdAt, b.createdAt) || compareStrings(a.id, b.id))

/** The browser's IndexedDB: outlives the tab, the browser and a reboot. */
export function indexedDbStorage(name = 'chiron-outbox'): OutboxStorage {
  const items = createStore(name, 'items')
  const leases = createStore(`${name}-sender`, 'leases')
  return {
    list: async () => oldestFirst(await values<OutboxItem>(items)),
    put: (item) => set(item.id, item, items),
    patch: (id, change) =>
      items('readwrite', async (store) => {
        const before = await promisifyRequest<OutboxItem | undefined>(store.get(id))
        if (before === undefined) return undefined
        const after = { ...before, ...change }
        store.put(after, id)
        await promisifyRequest(store.transaction)
        return after
      }),
    remove: (id) => del(id, items),
    lease: async (holder, nowMs, untilMs) => {
      let granted: Lease | undefined
      await update<Lease>(
        'sender',
        (held) => {
          granted = grant(held, { holder, untilMs }, nowMs)
          return granted
        },
        leases,
      )
      assert(granted !== undefined, 'the lease was read')
      return granted.holder === holder
    },
  }
}

/** For tests and for browsers that keep nothing: lives as long as the page. */
export function memoryStorage(): OutboxStorage {
  const items = new Map<string, OutboxItem>()
  let held: Lease | undefined
  return {
    list: async () => oldestFirst([...items.values()]),
    put: async (item) => {
      items.set(item.id, item)
    },
    patch: async (id, change) => {
      const before = items.get(id)
      if (before === undefined) return undefined
      const after = { ...before, ...change }
      items.set(id, after)
      return after
    },
    remove: async (id) => {
      items.delete(id)
    },
    lease: async (holder, nowMs, untilMs) => {
      held = grant(held, { holder, untilMs }, nowMs)
      return held.holder === holder
    },
  }
}

function grant(held: Lease | undefined, wanted: Lease, nowMs: number): Lease {
  return held === undefined || held.holder === wanted.holder || held.untilMs <= nowMs ? wanted : held
}
