import { useEffect, useMemo } from 'preact/hooks'

const MAX_MS = 24 * 3600 * 1000
const keyOf = (leaseId: string) => `chiron-active-${leaseId}`

/** Measures how long a task is open and in front: what fair time estimates rest on. Nothing else is watched (WR-23). */
export function useActiveMs(leaseId: string): () => number {
  const watch = useMemo(() => stopwatch(leaseId), [leaseId])
  useEffect(() => {
    watch.look()
    document.addEventListener('visibilitychange', watch.look)
    addEventListener('pagehide', watch.rest)
    return () => {
      watch.rest()
      document.removeEventListener('visibilitychange', watch.look)
      removeEventListener('pagehide', watch.rest)
    }
  }, [watch])
  return watch.read
}

function stopwatch(leaseId: string) {
  let sinceMs: number | null = null
  const kept = () => Number(sessionStorage.getItem(keyOf(leaseId)) ?? 0)
  const read = () =>
    Math.min(MAX_MS, Math.round(kept() + (sinceMs === null ? 0 : performance.now() - sinceMs)))
  const rest = () => {
    sessionStorage.setItem(keyOf(leaseId), String(read()))
    sinceMs = null
  }
  const look = () => {
    if (document.visibilityState !== 'visible') rest()
    else sinceMs ??= performance.now()
  }
  return { read, rest, look }
}
