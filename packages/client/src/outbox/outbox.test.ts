import { expect, test, vi } from 'vitest'
import { chunkBytes, retryDelayMs } from './delay.ts'
import { uploadFailure } from './failure.ts'
import { createOutbox, MAX_SENT_KEPT, memoryStorage, type OutboxItem, type SubmissionBody } from './index.ts'
import { oneSender } from './one-sender.ts'
import { uploadIdOf } from './upload-take.ts'

const answer = (id: string) => ({
  id,
  leaseId: `lease-${id}`,
  answer: { choices: { outcome: 'success' } },
  activeMs: 1200,
})
const refusal = (status: number, code: string) => Object.assign(new Error(code), { status, code })

type Reply = (body: SubmissionBody, attempt: number) => unknown

/** An outbox over memory with a clock of its own; `submit` is the server. */
function setUp(submit: Reply, storage = memoryStorage(), isFreeLink = () => false) {
  let nowMs = Date.UTC(2026, 10, 22)
  const posted: SubmissionBody[] = []
  const outbox = createOutbox({
    api: {
      submit: async (body) => {
        posted.push(body)
        return await submit(body, posted.filter(({ id }) => id === body.id).length)
      },
    },
    uploadUrl: 'http://localhost/api/uploads',
    now: () => nowMs,
    storage,
    isFreeLink,
    openTake: async () => undefined,
  })
  const reaches = async (id: string, state: string): Promise<OutboxItem> =>
    await vi.waitFor(async () => {
      const item = (await outbox.list()).find((one) => one.id === id)
      expect(item?.state).toBe(state)
      return item!
    }, 8_000)
  const pass = (ms: number): void => {
    nowMs += ms
  }
  return { outbox, posted, reaches, pass, storage }
}

test('OUT-1 an answer is listed at once, sent, and adding it again changes nothing', async () => {
  const { outbox, posted, reaches } = setUp(() => ({ submission: {} }))
  const item = await outbox.add(answer('a'))
  expect(item).toMatchObject({ id: 'a', kind: 'submission', createdAt: '2026-11-22T00:00:00.000Z' })
  await reaches('a', 'sent')
  expect(await outbox.add(answer('a'))).toMatchObject({ state: 'sent' })
  expect(posted).toEqual([{ ...answer('a'), sentAt: '2026-11-22T00:00:00.000Z' }])
  outbox.stop()
})

test('OUT-2 OUT-3 a lost reply, a broken server and a busy one are tried again with the same id', async () => {
  for (const [status, code] of [
    [0, 'offline'],
    [503, 'down'],
    [429, 'too-many'],
    [401, 'signed-out'],
  ] as const) {
    const storage = memoryStorage()
    const first = setUp((_, attempt) => {
      if (attempt < 3) throw refusal(status, code)
      return { submission: {} }
    }, storage)
    await first.outbox.add(answer('a'))
    const waiting = await vi.waitFor(async () => {
      const item = (await storage.list())[0]!
      expect(item).toMatchObject({ state: 'waiting', attempts: 1, lastError: { code } })
      return item
    })
    expect(waiting.nextTryMs).toBeGreaterThan(Date.UTC(2026, 10, 22))
    // Waking up does not wait for the back-off to end.
    await first.outbox.retry('a')
    await vi.waitFor(async () => {
      expect(first.posted.length).toBe(2)
      expect((await storage.list())[0]).toMatchObject({ state: 'waiting', lastError: { code } })
    })
    await first.outbox.retry('a')
    await first.reaches('a', 'sent')
    expect(new Set(first.posted.map(({ id }) => id))).toEqual(new Set(['a']))
    expect(first.posted.length).toBe(3)
    first.outbox.stop()
  }
})

test('OUT-3 a waiting item does not hold up the others', async () => {
  const { outbox, reaches } = setUp(({ id }) => {
    if (id === 'a') throw refusal(500, 'broken')
    return {}
  })
  await outbox.add(answer('a'))
  await outbox.add(answer('b'))
  await reaches('b', 'sent')
  await reaches('a', 'waiting')
  outbox.stop()
})

test('OUT-4 a refused item stays with its reason, is not tried again by itself, and can be', async () => {
  let open = false
  const { outbox, posted, reaches } = setUp(() => {
    if (!open) throw refusal(409, 'lease-expired')
    return {}
  })
  await outbox.add(answer('a'))
  const item = await reaches('a', 'refused')
  expect(item.lastError).toEqual({ code: 'lease-expired', message: 'lease-expired' })
  await outbox.add(answer('b'))
  await reaches('b', 'refused')
  expect(posted.length).toBe(2)
  open = true
  await outbox.retry('a')
  await reaches('a', 'sent')
  await outbox.remove('b')
  expect((await outbox.list()).map(({ id }) => id)).toEqual(['a'])
  outbox.stop()
})

test('OUT-1 what another page left unsent is sent by the next', async () => {
  const storage = memoryStorage()
  const dead = setUp(() => new Promise(() => undefined), storage)
  await dead.outbox.add(answer('a'))
  await dead.reaches('a', 'sending')
  // A killed page lets its lock go; stopping does the same.
  dead.outbox.stop()
  expect((await storage.list())[0]?.state).toBe('sending')
  const next = setUp(() => ({}), storage)
  await next.reaches('a', 'sent')
  next.outbox.stop()
}, 15_000)

test('OUT-5 a recording that is gone is refused in words, not tried for ever', async () => {
  const { outbox, reaches } = setUp(() => ({}))
  await outbox.add({ ...answer('a'), takeFile: 'nowhere.film' })
  expect((await reaches('a', 'refused')).lastError?.code).toBe('take-missing')
  outbox.stop()
})

test('OUT-5 what follows from a failed upload', () => {
  const failed = (status: number, body = '') =>
    uploadFailure({ message: 'x', originalResponse: { getStatus: () => status, getBody: () => body } })
  expect(uploadFailure(new Error('no link'))).toMatchObject({ next: 'retry', error: { code: 'unreachable' } })
  expect([423, 409, 500, 429, 401].map((status) => failed(status).next)).toEqual(Array(5).fill('retry'))
  expect([404, 410].map((status) => failed(status).next)).toEqual(['restart', 'restart'])
  expect(failed(413, '{"code":"too-large"}')).toMatchObject({ next: 'refuse', error: { code: 'too-large' } })
  expect(uploadIdOf('https://host/api/uploads/0192-ab?x=1')).toBe('0192-ab')
  expect(uploadIdOf('/api/uploads/a%2Fb')).toBe('a/b')
})

test('OUT-6 of two pages without Web Locks one sends; a dead one lets its lease run out', async () => {
  const storage = memoryStorage()
  let nowMs = 1_000
  const page = (holder: string) => oneSender({ locks: undefined, storage, now: () => nowMs, holder })
  let release = (): void => undefined
  const busy = page('one')(
    () =>
      new Promise<void>((resolve) => {
        release = resolve
      }),
  )
  await vi.waitFor(() => expect(storage.lease('probe', nowMs, nowMs)).resolves.toBe(false))
  expect(await page('two')(async () => undefined)).toBe(false)
  nowMs += 60_000
  expect(await page('two')(async () => undefined)).toBe(true)
  release()
  expect(await busy).toBe(true)
})

test('OUT-7 pieces are small where the link is slow or dear', () => {
  expect(['slow-2g', '2g', '3g'].map((effectiveType) => chunkBytes({ effectiveType }))).toEqual(
    Array(3).fill(524_288),
  )
  expect(chunkBytes({ effectiveType: '4g', saveData: true })).toBe(524_288)
  expect([chunkBytes({ effectiveType: '4g' }), chunkBytes(undefined)]).toEqual([5_242_880, 5_242_880])
  expect([chunkBytes(undefined, 1), chunkBytes({ effectiveType: '4g' }, 3)]).toEqual([524_288, 524_288])
})

test('OUT-9 a held take waits for a free link or for being told; answers beside it leave', async () => {
  const held = { ...answer('film'), takeFile: 'film', totalBytes: 2_000_000, isHeld: true }
  let isFree = false
  const { outbox, reaches, storage } = setUp(
    () => ({ submission: {} }),
    memoryStorage(),
    () => isFree,
  )
  await outbox.add(held)
  await outbox.add(answer('plain'))
  await reaches('plain', 'sent')
  expect((await storage.list())[0]).toMatchObject({ state: 'waiting', totalBytes: 2_000_000, attempts: 0 })
  // Told to leave it is tried, and this device has no such film.
  await outbox.retry('film')
  expect((await reaches('film', 'refused')).lastError?.code).toBe('take-missing')
  await storage.patch('film', { state: 'waiting', isHeld: true })
  isFree = true
  await outbox.add(answer('later'))
  await reaches('film', 'refused')
  outbox.stop()
})

test('OUT-3 tries are 1 s to 60 s apart, spread by a fifth, for ever', () => {
  expect([0, 1, 2, 5, 6, 1_000].map((attempts) => retryDelayMs(attempts, 0.5))).toEqual([
    1e3, 2e3, 4e3, 32e3, 60e3, 60e3,
  ])
  expect([retryDelayMs(0, 0), retryDelayMs(0, 1)]).toEqual([800, 1200])
})

test('OUT-8 the last sent items stay listed, and no more', async () => {
  const { outbox, posted } = setUp(() => ({}))
  const count = MAX_SENT_KEPT + 5
  for (let at = 0; at < count; at++) await outbox.add(answer(`id-${String(at).padStart(3, '0')}`))
  await vi.waitFor(async () => {
    expect(posted.length).toBe(count)
    expect((await outbox.list()).map(({ id }) => id).sort()[0]).toBe('id-005')
  })
  outbox.stop()
})
