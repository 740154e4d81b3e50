import { createClient } from '@chiron/client'

/** What the browser still sends after the page is gone; larger bodies it refuses to keep. */
const MAX_KEEPALIVE_BYTES = 60_000

/** fetch whose writes survive the closing of the page: a decision made is a decision sent. */
const lastingFetch: typeof fetch = (input, init) => {
  const isSmall = typeof init?.body === 'string' && init.body.length < MAX_KEEPALIVE_BYTES
  return fetch(input, { ...init, ...(isSmall ? { keepalive: true } : {}) })
}

/** The one client of this app. */
export const client = createClient({ baseUrl: '', app: 'console', fetch: lastingFetch })
