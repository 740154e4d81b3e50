import { openTakes, type Take, type TakeNotes } from '@chiron/capture'
import { theOutbox } from '../../data/outbox.ts'

/** What lies on this device for a task from before: a finished take, or one whose filming was cut off. */
export type FoundTakes = { finished: Take | undefined; unfinished: TakeNotes | undefined }

/** Takes that nobody sent are let go after this long. */
const MAX_AGE_MS = 14 * 86_400_000

/** The newest takes of a task that are not on their way already. Forgets what has grown old on the way. */
export async function findTakes(leaseId: string): Promise<FoundTakes> {
  const takes = await openTakes()
  const underWay = new Set((await theOutbox().list()).map(({ takeFile }) => takeFile))
  const finished: Take[] = []
  for (const take of await takes.finished()) {
    if (underWay.has(take.name) || take.context.resultOf || take.context.sentAs) continue
    if (Date.now() - Date.parse(take.recordedAt) > MAX_AGE_MS) await takes.remove(take.takeId)
    else if (take.context.leaseId === leaseId) finished.push(take)
  }
  const unfinished = (await takes.unfinished()).filter(({ context }) => context.leaseId === leaseId)
  return { finished: finished.at(-1), unfinished: unfinished.at(-1) }
}

export async function readTake(takeId: string): Promise<Take | undefined> {
  const takes = await openTakes()
  return (await takes.finished()).find((take) => take.takeId === takeId)
}

/** Lets go of a task's takes except these. */
export async function keepOnly(leaseId: string, takeIds: readonly string[]): Promise<void> {
  const takes = await openTakes()
  for (const take of await takes.finished()) {
    if (take.context.leaseId === leaseId && !takeIds.includes(take.takeId)) await takes.remove(take.takeId)
  }
  for (const notes of await takes.unfinished()) {
    if (notes.context.leaseId === leaseId) await takes.remove(notes.takeId)
  }
}
