import type { WorkerId } from '@chiron/core/kit'
import { type Ctx, withSecret } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import { read, tidy } from '../../platform/tx.ts'
import { pinMatches } from './pin.ts'
import { type SignedIn, startSession } from './session.ts'
import { countPinTry, readWorkerByHandle, restPin, updateWorker } from './store.ts'

const FREE_TRIES = 5
const FIRST_PAUSE_MS = 60_000
const MAX_PAUSE_MS = 86_400_000

/** How long a handle rests after so many wrong PINs in a row: 1 minute after the fifth, doubling up to a day. */
export function pinPauseMs(failureCount: number): number {
  if (failureCount < FREE_TRIES) return 0
  return Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failureCount - FREE_TRIES))
}

/** Signs a worker in by handle and PIN. What went wrong is not told apart, and takes equally long. */
export async function signInByPin(caller: Ctx, handle: string, pin: string): Promise<SignedIn> {
  const { deps } = caller
  const worker = await read(withSecret(caller, handle), (tx) => readWorkerByHandle(tx, handle))
  const workerId = worker?.id as WorkerId | undefined
  const pinHash = workerId ? await takeTry(caller, workerId) : null
  const matches = await pinMatches(deps, pin, pinHash)
  if (!workerId || !matches)
    return refuse('bad-credentials', 'Handle and PIN do not fit together. Check both and try again.')
  await tidy(asWorker(caller, workerId), (tx) =>
    updateWorker(tx, workerId, { pin_failures: 0, pin_locked_until: null }),
  )
  return startSession(caller, { workerId })
}

/** The kept PIN, after this try has been counted as a failure (success takes that back). */
function takeTry(caller: Ctx, workerId: WorkerId): Promise<string | null> {
  const now = caller.deps.clock.now()
  return tidy(asWorker(caller, workerId), async (tx) => {
    const counted = await countPinTry(tx, workerId, now)
    if (!counted)
      return refuse('too-many', 'Too many wrong PINs. Wait a little, or come back with a passkey.')
    const pauseMs = pinPauseMs(counted.pin_failures)
    if (pauseMs > 0) await restPin(tx, workerId, new Date(now.getTime() + pauseMs))
    return counted.pin_hash
  })
}

const asWorker = (caller: Ctx, id: WorkerId): Ctx => ({ ...caller, actor: { kind: 'worker', id } })
