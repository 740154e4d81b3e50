import type { OutboxStorage } from './storage.ts'

/** Runs `work` unless another page of this browser is at it; false when it was. */
export type OneSender = (work: () => Promise<void>) => Promise<boolean>

const LOCK = 'chiron-outbox'
const LEASE_MS = 15_000
const RENEW_MS = 5_000

/**
 * One page sends at a time. By Web Locks, which end with their page; over plain http, where browsers have
 * none, by a lease in storage, which a dead page lets run out.
 */
export function oneSender(options: {
  locks: LockManager | undefined
  storage: OutboxStorage
  now: () => number
  holder: string
}): OneSender {
  const { locks, storage, now, holder } = options
  if (locks !== undefined) {
    return (work) =>
      locks.request(LOCK, { ifAvailable: true }, async (lock) => {
        if (lock === null) return false
        await work()
        return true
      })
  }
  return async (work) => {
    const renew = (): Promise<boolean> => storage.lease(holder, now(), now() + LEASE_MS)
    if (!(await renew())) return false
    const timer = setInterval(() => void renew().catch(() => undefined), RENEW_MS)
    try {
      await work()
    } finally {
      clearInterval(timer)
      await storage.lease(holder, now(), now())
    }
    return true
  }
}
