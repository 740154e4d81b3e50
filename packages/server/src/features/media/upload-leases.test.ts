import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newId } from '../../platform/clock.ts'
import { systemCtx } from '../../platform/context.ts'
import { tidy } from '../../platform/tx.ts'
import { testChiron } from '../../testing.ts'
import { claimLease } from './lease-store.ts'
import { UploadLeases } from './upload-leases.ts'

const { deps } = await testChiron({ poolSize: 6 })
/** Two processes know nothing of each other but what the database says. */
const [one, other] = [new UploadLeases(deps), new UploadLeases(deps)]
const never = new AbortController().signal

test('MED-15 of requests at one upload, on whichever process, one is at it at a time', async () => {
  const uploadId = newId(deps.clock)
  let inside = 0
  const most: number[] = []
  const work = async (): Promise<void> => {
    inside += 1
    most.push(inside)
    await sleep(20)
    inside -= 1
  }
  const done = await Promise.all([one, other, one, other, one].map((leases) => leases.hold(uploadId, work)))
  expect(done).toEqual([true, true, true, true, true])
  expect(most).toEqual([1, 1, 1, 1, 1])
})

test('MED-15 a newer request asks the older to let go, and who waits for nothing goes away', async () => {
  const uploadId = newId(deps.clock)
  const held = one.newLock(uploadId)
  let asked = 0
  await held.lock(never, async () => {
    asked += 1
    await held.unlock()
  })
  expect(await other.hold(uploadId, async () => undefined, 0)).toBe(false)
  const next = other.newLock(uploadId)
  await next.lock(never, () => undefined)
  expect(asked).toBe(1)
  await next.unlock()
  const free = one.newLock(uploadId)
  await free.lock(AbortSignal.timeout(100), () => undefined)
  await free.unlock()
})

test('MED-15 the lease of a process that died runs out, and a request that gave up holds nothing', async () => {
  const uploadId = newId(deps.clock)
  const ctx = { ...systemCtx(deps, 'test', null), secret: uploadId }
  const dead = { uploadId, holder: newId(deps.clock) }
  expect(await tidy(ctx, (tx) => claimLease(tx, dead, 600))).toBe(true)
  const early = other.newLock(uploadId)
  await expect(early.lock(AbortSignal.timeout(50), () => undefined)).rejects.toMatchObject({
    status_code: 500,
  })
  let ran = false
  await other.hold(uploadId, async () => {
    ran = true
  })
  expect(ran).toBe(true)
})
