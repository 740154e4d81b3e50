/** What was last seen, for when there is no network: one entry a question. */
export type Kept = { key: readonly unknown[]; data: unknown }

const NAME = 'chiron-kept'
/** Changes when the form of what is kept does: what an older release kept is not read. */
const VERSION = 1

/** Everything kept; nothing where the browser keeps nothing. */
export function readKept(): Kept[] {
  try {
    const { version, kept } = JSON.parse(localStorage.getItem(NAME) ?? '{}')
    return version === VERSION ? kept : []
  } catch {
    return []
  }
}

/** Keeps it for the next start. A browser without room loses only the copy. */
export function writeKept(kept: Kept[]): void {
  try {
    localStorage.setItem(NAME, JSON.stringify({ version: VERSION, kept }))
  } catch {
    forgetKept()
  }
}

export function forgetKept(): void {
  localStorage.removeItem(NAME)
}
