import { type Body, reviewRoutes } from '@chiron/contract'
import { useEffect, useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { refresh } from '../../data/queries.ts'

export type Decision = Body<typeof reviewRoutes.decide>

type Held = { body: Decision; onRefused: (cause: Error) => void; undo: () => void }

/** Decisions that can still be taken back, and reviews that are no longer shown as open. */
const pending = new Map<string, Held>()
const hidden = new Set<string>()
const listeners = new Set<() => void>()

const changed = (): void => {
  for (const listener of listeners) listener()
}

/** Holds a decision until `sendDecision` or `takeBack`. The page's end sends what is held. */
export function holdDecision(reviewId: string, held: Held): void {
  // Once for the life of the page, whatever screen it then shows.
  addEventListener('pagehide', sendAll)
  pending.set(reviewId, held)
  hidden.add(reviewId)
  changed()
}

export function takeBack(reviewId: string): void {
  pending.delete(reviewId)
  hidden.delete(reviewId)
  changed()
}

/** Sends a held decision. A refused one comes back into the queue. */
export async function sendDecision(reviewId: string): Promise<void> {
  const held = pending.get(reviewId)
  if (!held) return
  pending.delete(reviewId)
  try {
    await client.call(reviewRoutes.decide, { params: { reviewId }, body: held.body })
  } catch (cause) {
    hidden.delete(reviewId)
    changed()
    held.onRefused(cause as Error)
  }
  refresh('reviews', 'review', 'campaign', 'campaigns', 'episodes', 'episode')
}

/** Takes the latest decision back that was not sent yet. */
export function undoLast(): void {
  ;[...pending.values()].at(-1)?.undo()
}

function sendAll(): void {
  for (const reviewId of [...pending.keys()]) void sendDecision(reviewId)
}

/** Reviews decided here, sent or about to be. */
export function useHidden(): ReadonlySet<string> {
  const [, redraw] = useState(0)
  useEffect(() => {
    const listener = () => redraw((count) => count + 1)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [])
  return hidden
}
