import type { TakeLimits } from '@chiron/core/episode'
import { Refusal } from '@chiron/core/kit'
import { type Cupboard, openCupboard } from './cupboard.ts'
import { finishTake } from './finish-take.ts'
import type { Take, TakeNotes } from './take.ts'
import { keepTake, readNotes, readTake, takeIds, takeLock } from './take-notes.ts'

/**
 * The takes kept on this device, oldest first. `open` gives a finished take's film by its name, for upload.
 * `unfinished`: takes whose filming was cut off (not those being filmed in another tab); `recover` finishes
 * one from what was written, losing at most the last second or two; it throws `take-unreadable` when nothing
 * whole was written. `note` adds to what the app knows of a finished one. `remove` deletes everything of a take.
 */
export type Takes = {
  durable: boolean
  open: (name: string) => Promise<Blob | undefined>
  finished: () => Promise<Take[]>
  unfinished: () => Promise<TakeNotes[]>
  recover: (takeId: string, limits: TakeLimits) => Promise<Take>
  note: (takeId: string, context: Record<string, string>) => Promise<void>
  remove: (takeId: string) => Promise<void>
}

let shared: Promise<Cupboard> | undefined

/** The device's one cupboard for takes. */
export function takeCupboard(): Promise<Cupboard> {
  shared ??= openCupboard()
  return shared
}

export async function openTakes(): Promise<Takes> {
  const cupboard = await takeCupboard()
  return {
    durable: cupboard.durable,
    open: (name) => cupboard.get(name),
    finished: async () => {
      const ids = await takeIds(cupboard, 'finished')
      return present(await Promise.all(ids.map((takeId) => readTake(cupboard, takeId))))
    },
    unfinished: async () => {
      const held = await heldLocks()
      const ids = (await takeIds(cupboard, 'unfinished')).filter((takeId) => !held.has(takeLock(takeId)))
      return present(await Promise.all(ids.map((takeId) => readNotes(cupboard, takeId))))
    },
    recover: async (takeId, limits) => {
      const notes = await readNotes(cupboard, takeId)
      if (notes === undefined) throw new Refusal('take-unknown', { takeId })
      return await finishTake({ cupboard, notes, limits })
    },
    note: async (takeId, context) => {
      const take = await readTake(cupboard, takeId)
      if (take) await keepTake(cupboard, { ...take, context: { ...take.context, ...context } })
    },
    remove: async (takeId) => {
      for (const name of await cupboard.names()) {
        if (name.startsWith(`${takeId}.`)) await cupboard.remove(name)
      }
    },
  }
}

const present = <T>(items: (T | undefined)[]): T[] => items.filter((item) => item !== undefined)

async function heldLocks(): Promise<Set<string>> {
  const state = await navigator.locks?.query()
  return new Set(state?.held?.map(({ name }) => name ?? ''))
}
