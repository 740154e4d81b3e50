const FIRST_MS = 1_000
const LONGEST_MS = 60_000

/** Tries go on for ever, twice as far apart each time, at most a minute; `dice` (0 … 1) spreads them by ±20%. */
export function retryDelayMs(attempts: number, dice: number): number {
  const plainMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 16))
  return Math.round(plainMs * (0.8 + 0.4 * dice))
}

const SLOW_CHUNK_BYTES = 512 * 1024
const CHUNK_BYTES = 5 * 1024 * 1024

type Connection = { saveData?: boolean; effectiveType?: string }

/**
 * Pieces of an upload: small where a link is slow or dear, so that a broken one repeats little. Browsers that say
 * nothing of their link show it by tries that failed (`attempts`) since it last moved.
 */
export function chunkBytes(connection: Connection | undefined, attempts = 0): number {
  const slow = connection?.saveData === true || /^(slow-)?2g$|^3g$/.test(connection?.effectiveType ?? '')
  return slow || attempts > 0 ? SLOW_CHUNK_BYTES : CHUNK_BYTES
}
