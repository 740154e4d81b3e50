export type CheckId = 'signature' | 'files' | 'manifest' | 'log' | 'consent' | 'structure'

/** One thing that was looked at: whether it holds, in words, and the file it is about. */
export type Check = { id: CheckId; holds: boolean; what: string; file?: string }

export function broken(id: CheckId, what: string, file?: string): Check {
  return { id, holds: false, what, ...(file === undefined ? {} : { file }) }
}

/** The faults found, or, when there are none, the one good sentence. */
export function verdict(id: CheckId, faults: readonly Check[], good: string): Check[] {
  return faults.length > 0 ? [...faults] : [{ id, holds: true, what: good }]
}

/** A release may be made to harm its reader: whatever a look at it throws is a fault of the release. */
export async function guarded(id: CheckId, file: string, look: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await look()
  } catch (error) {
    return [
      broken(id, `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, file),
    ]
  }
}
