import { useEffect, useState } from 'preact/hooks'

/** A value of this page that screens watch while they are there. */
export type Watched<T> = { now: () => T; set: (changed: T) => void; use: () => T }

export function watched<T>(first: T): Watched<T> {
  let value = first
  const watchers = new Set<(value: T) => void>()
  return {
    now: () => value,
    set: (changed) => {
      value = changed
      for (const watcher of watchers) watcher(changed)
    },
    use: () => {
      const [shown, setShown] = useState(value)
      useEffect(() => {
        const watcher = (changed: T) => setShown(() => changed)
        watcher(value)
        watchers.add(watcher)
        return () => {
          watchers.delete(watcher)
        }
      }, [])
      return shown
    },
  }
}
