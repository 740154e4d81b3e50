import { createOutbox, indexedDbStorage, type Outbox } from '@chiron/client/outbox'

/** What the browser test of the outbox drives. The take is made of bytes that repeat nowhere near. */
const page = {
  open: (): Outbox =>
    createOutbox({
      api: {
        submit: async (body) => {
          const response = await fetch('/submissions', { method: 'POST', body: JSON.stringify(body) })
          if (!response.ok)
            throw Object.assign(new Error('refused'), { status: response.status, code: 'refused' })
          return await response.json()
        },
      },
      uploadUrl: '/api/uploads',
      now: () => Date.now(),
      storage: indexedDbStorage(),
    }),
  makeTake: (bytes: number): Blob => {
    const values = new Uint32Array(bytes / 4)
    for (let at = 0; at < values.length; at++) values[at] = Math.imul(at + 1, 2_654_435_761)
    return new Blob([values], { type: 'video/mp4' })
  },
}
export type OutboxPage = typeof page
Object.assign(window, { outboxPage: page })
