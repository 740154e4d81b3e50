/** Steps that can be taken back; more than anybody takes back. */
const MAX_STEPS = 200

/** What was, is and would be again. */
export type History<T> = { readonly past: readonly T[]; readonly now: T; readonly ahead: readonly T[] }

export const startHistory = <T>(now: T): History<T> => ({ past: [], now, ahead: [] })

/** `isGoingOn`: the same movement goes on, and is one step to take back. */
export function changeTo<T>({ past, now }: History<T>, next: T, isGoingOn = false): History<T> {
  return { past: isGoingOn ? past : [...past, now].slice(-MAX_STEPS), now: next, ahead: [] }
}

export function undo<T>(history: History<T>): History<T> {
  const { past, now, ahead } = history
  const before = past.at(-1)
  return before === undefined ? history : { past: past.slice(0, -1), now: before, ahead: [now, ...ahead] }
}

export function redo<T>(history: History<T>): History<T> {
  const { past, now, ahead } = history
  const [next, ...rest] = ahead
  return next === undefined ? history : { past: [...past, now], now: next, ahead: rest }
}
