import { useEffect, useState } from 'preact/hooks'

/** What the browser promises about what is kept here; undefined where it does not say. */
export type StorageState = { isKept: boolean; freeBytes: number | undefined }

/** Asks the browser to keep what is here when room gets short; true when it promises. Chrome decides without a question. */
export async function keepForGood(): Promise<boolean> {
  const storage = navigator.storage as StorageManager | undefined
  return (await storage?.persist?.().catch(() => false)) ?? false
}

/** What the browser promises now, and a way to look again. */
export function useStorage(): [StorageState | undefined, () => void] {
  const [state, setState] = useState<StorageState>()
  const [looks, setLooks] = useState(0)
  useEffect(() => {
    void readStorage().then(setState, () => undefined)
  }, [looks])
  return [state, () => setLooks((count) => count + 1)]
}

async function readStorage(): Promise<StorageState | undefined> {
  const storage = navigator.storage as StorageManager | undefined
  if (!storage?.persisted) return undefined
  const [isKept, estimate] = await Promise.all([storage.persisted(), storage.estimate?.()])
  const { quota, usage } = estimate ?? {}
  return { isKept, freeBytes: quota === undefined ? undefined : Math.max(0, quota - (usage ?? 0)) }
}
