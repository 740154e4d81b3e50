import { EVENTS_PATH, type LiveEvent, liveEvent } from '@chiron/contract'

export interface LiveHandlers {
  onEvent(event: LiveEvent): void
  /** False while the connection is down: what is on the screen may be stale. */
  onLive(live: boolean): void
}

/** A browser reconnects by itself after a broken link, but gives up on an answer that is not a stream. */
const REOPEN_MS = 5_000

/** Listens to server-sent events and goes on after every break. Returns a function that stops. */
export function listen(app: 'console' | 'worker', { onEvent, onLive }: LiveHandlers): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  const open = (): void => {
    source = new EventSource(`${EVENTS_PATH}?app=${app}`)
    source.onopen = () => onLive(true)
    source.onerror = () => {
      onLive(false)
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS)
    }
    source.onmessage = (message) => {
      const parsed = liveEvent.safeParse(JSON.parse(message.data))
      if (parsed.success) onEvent(parsed.data)
    }
  }
  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
