import { createClient } from '@chiron/client'

/** How far this device's clock is ahead of the server's, by the last reply; null before the first. */
let clockSkewMs: number | null = null
const skewListeners = new Set<(skewMs: number) => void>()

/** A reply's Date has whole seconds and travelled a while: less than this says nothing. */
const SKEW_NOISE_MS = 5_000

/** fetch that also reads the server's clock. */
const timedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const date = response.headers.get('date')
  if (date !== null) {
    const skewMs = Date.now() - Date.parse(date)
    clockSkewMs = Math.abs(skewMs) < SKEW_NOISE_MS ? 0 : skewMs
    for (const listener of skewListeners) listener(clockSkewMs)
  }
  return response
}

/** The one client of this app. */
export const client = createClient({ baseUrl: '', app: 'worker', fetch: timedFetch })

/** Hears how far the device's clock is ahead; at once when it is known already. */
export function onClockSkew(listener: (skewMs: number) => void): () => void {
  skewListeners.add(listener)
  if (clockSkewMs !== null) listener(clockSkewMs)
  return () => skewListeners.delete(listener)
}

/** Now by the server's clock, as far as it is known: what a lease's end is compared with. */
export const serverNow = (): number => Date.now() - (clockSkewMs ?? 0)
