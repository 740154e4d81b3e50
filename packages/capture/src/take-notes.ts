import { uuidv7 } from '@chiron/core/kit'
import type { Cupboard } from './cupboard.ts'
import type { Take, TakeNotes } from './take.ts'

const NOTES = '.notes.json'
const TAKE = '.take.json'

/** Where a finished take's film lies. */
export const filmName = (takeId: string): string => `${takeId}.film`
export const partPrefix = (takeId: string): string => `${takeId}.part.`
export const partName = (takeId: string, index: number): string =>
  partPrefix(takeId) + String(index).padStart(6, '0')
/** The lock a page holds while it films a take, so that no other page takes it for one that was cut off. */
export const takeLock = (takeId: string): string => `chiron-take-${takeId}`

export function newTakeId(): string {
  return uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}

export async function writeNotes(cupboard: Cupboard, notes: TakeNotes): Promise<void> {
  await writeJson(cupboard, notes.takeId + NOTES, notes)
}

export async function readNotes(cupboard: Cupboard, takeId: string): Promise<TakeNotes | undefined> {
  return await readJson<TakeNotes>(cupboard, takeId + NOTES)
}

/** Keeps the film, then what is known of it, then lets go of the parts: a kill in between loses nothing. */
export async function keepTake(cupboard: Cupboard, take: Take): Promise<void> {
  const { file, ...facts } = take
  await cupboard.put(take.name, file)
  await writeJson(cupboard, take.takeId + TAKE, facts)
  for (const name of await cupboard.names()) {
    if (name.startsWith(partPrefix(take.takeId)) || name === take.takeId + NOTES) await cupboard.remove(name)
  }
}

/** What takes of an earlier release of the app lack. */
const BEFORE_SIGHTS = { sights: [], hands: [], cameraStartMs: 0 }

export async function readTake(cupboard: Cupboard, takeId: string): Promise<Take | undefined> {
  const facts = await readJson<Omit<Take, 'file'>>(cupboard, takeId + TAKE)
  if (facts === undefined) return undefined
  const file = await cupboard.get(facts.name)
  return file === undefined
    ? undefined
    : { ...BEFORE_SIGHTS, ...facts, file: new Blob([file], { type: facts.mimeType }) }
}

export async function takeIds(cupboard: Cupboard, which: 'unfinished' | 'finished'): Promise<string[]> {
  const names = await cupboard.names()
  const ending = (end: string): string[] =>
    names.filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length))
  const finished = ending(TAKE)
  return which === 'finished' ? finished : ending(NOTES).filter((takeId) => !finished.includes(takeId))
}

async function writeJson(cupboard: Cupboard, name: string, value: object): Promise<void> {
  await cupboard.put(name, new Blob([JSON.stringify(value)], { type: 'application/json' }))
}

async function readJson<T>(cupboard: Cupboard, name: string): Promise<T | undefined> {
  const piece = await cupboard.get(name)
  return piece === undefined ? undefined : (JSON.parse(await piece.text()) as T)
}
