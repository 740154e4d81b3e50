const PREFIX = 'chiron-draft-'
/** Drafts of tasks that were given back or ran out do not pile up. */
const MAX_DRAFTS = 20

/** What was chosen before the page went away; `empty` where there is nothing. */
export function readDraft<Draft extends object>(leaseId: string, empty: Draft): Draft {
  try {
    return (JSON.parse(localStorage.getItem(PREFIX + leaseId) ?? 'null') as Draft | null) ?? empty
  } catch {
    return empty
  }
}

export function keepDraft(leaseId: string, answer: object): void {
  try {
    localStorage.setItem(PREFIX + leaseId, JSON.stringify(answer))
    const all = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
    // Lease ids rise with time, so the first names are the oldest.
    for (const key of all.sort().slice(0, Math.max(0, all.length - MAX_DRAFTS))) localStorage.removeItem(key)
  } catch {
    // A full device keeps the answer on the screen only.
  }
}

export function forgetDraft(leaseId: string): void {
  localStorage.removeItem(PREFIX + leaseId)
}
