import { listen } from '@chiron/client'
import { useEffect, useState } from 'preact/hooks'
import { refresh, refreshOlderThan } from './queries.ts'

/** What a record makes stale, by its noun. */
const STALE: Record<string, string[]> = {
  consent: ['consents', 'episodes', 'inbox', 'offer', 'submissions'],
  media: ['episodes', 'submissions', 'submission'],
  campaign: ['inbox', 'offer'],
  task: ['inbox', 'offer'],
  submission: ['submissions', 'submission', 'inbox', 'episodes', 'earnings'],
  review: ['submissions', 'submission', 'episodes'],
  consensus: ['submissions', 'submission'],
  appeal: ['appeals', 'submissions', 'submission'],
  pay: ['earnings', 'inbox'],
  payout: ['earnings'],
  worker: ['me', 'inbox'],
  release: ['episodes'],
  recall: ['episodes', 'consents'],
}
const GATHER_MS = 150
const JUST_HEARD_MS = 2_000

/** Listens for what happens elsewhere while mounted. False: what is on the screen may be stale. */
export function useLive(enabled: boolean): boolean {
  const [live, setLive] = useState(true)
  useEffect(() => {
    if (!enabled) return
    const stale = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = listen('worker', {
      onEvent: ({ action }) => {
        for (const name of STALE[action.split('.')[0] ?? ''] ?? []) stale.add(name)
        clearTimeout(timer)
        timer = setTimeout(() => {
          refresh(...stale)
          stale.clear()
        }, GATHER_MS)
      },
      onLive: (isLive) => {
        setLive(isLive)
        // What happened before the line stood was told to nobody.
        if (isLive) refreshOlderThan(JUST_HEARD_MS)
      },
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [enabled])
  return live
}
