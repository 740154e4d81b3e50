import { setTimeout as sleep } from 'node:timers/promises'
import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server'
import { newId } from '../../platform/clock.ts'
import { type Ctx, type Deps, systemCtx } from '../../platform/context.ts'
import { tidy } from '../../platform/tx.ts'
import { claimLease, dropLease, type LeaseClaim, renewLease } from './lease-store.ts'

/** A holder that says nothing for this long is dead, or as good as. */
const LEASE_MS = 15_000
const RENEW_MS = 1_000
/** Without an answer of the database for this long the holder stops by itself, before another may begin. */
const SILENCE_MS = 10_000
const LOOK_MS = 150
const WAIT_MS = 30_000

/**
 * One request at a time writes to an upload, whichever process it reached: a row of the database says which. A newer
 * request asks the older to let go, as of a phone whose line broke without a word; one of a dead process runs out.
 */
export class UploadLeases implements Locker {
  readonly #deps: Deps
  /** Requests of this process that hold one: they hear at once that they should let go. */
  readonly #here = new Map<string, RequestRelease>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  newLock(uploadId: string): Lock {
    return new UploadLease(this.#deps, this.#here, uploadId)
  }

  /** Does `work` while nobody else is at the upload; false when it stayed busy for `waitMs`. */
  async hold(uploadId: string, work: () => Promise<void>, waitMs = WAIT_MS): Promise<boolean> {
    const lease = new UploadLease(this.#deps, this.#here, uploadId)
    if (!(await lease.claim(AbortSignal.timeout(waitMs), () => undefined))) return false
    try {
      await work()
    } finally {
      await lease.unlock()
    }
    return true
  }
}

class UploadLease implements Lock {
  readonly #deps: Deps
  readonly #here: Map<string, RequestRelease>
  readonly #claim: LeaseClaim
  readonly #ctx: Ctx
  #timer: ReturnType<typeof setInterval> | undefined
  #release: RequestRelease | undefined

  constructor(deps: Deps, here: Map<string, RequestRelease>, uploadId: string) {
    this.#deps = deps
    this.#here = here
    this.#claim = { uploadId, holder: newId(deps.clock) }
    this.#ctx = { ...systemCtx(deps, 'media.lease-upload', null), secret: uploadId }
  }

  async lock(signal: AbortSignal, release: RequestRelease): Promise<void> {
    const until = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)])
    if (!(await this.claim(until, release))) throw ERRORS.ERR_LOCK_TIMEOUT
  }

  async claim(until: AbortSignal, release: RequestRelease): Promise<boolean> {
    const { uploadId } = this.#claim
    while (!(await tidy(this.#ctx, (tx) => claimLease(tx, this.#claim, LEASE_MS)))) {
      if (until.aborted) return false
      await this.#here.get(uploadId)?.()
      await sleep(LOOK_MS)
    }
    this.#release = release
    this.#here.set(uploadId, release)
    this.#keep(release)
    return true
  }

  async unlock(): Promise<void> {
    clearInterval(this.#timer)
    if (this.#here.get(this.#claim.uploadId) === this.#release) this.#here.delete(this.#claim.uploadId)
    // Left undropped it runs out by itself: what was written is written.
    await tidy(this.#ctx, (tx) => dropLease(tx, this.#claim)).catch((cause: unknown) =>
      this.#deps.log.warn(
        { cause: String(cause), ...this.#claim },
        'the lease of an upload runs out by itself',
      ),
    )
  }

  #keep(release: RequestRelease): void {
    let heardAt = performance.now()
    let isAsking = false
    this.#timer = setInterval(async () => {
      if (performance.now() - heardAt > SILENCE_MS) await release()
      if (isAsking) return
      isAsking = true
      try {
        const state = await tidy(this.#ctx, (tx) => renewLease(tx, this.#claim, LEASE_MS))
        heardAt = performance.now()
        if (state !== 'held') await release()
      } catch {
        // The silence is counted above.
      } finally {
        isAsking = false
      }
    }, RENEW_MS)
    this.#timer.unref()
  }
}
