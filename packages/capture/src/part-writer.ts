import type { Cupboard } from './cupboard.ts'
import { partName } from './take-notes.ts'

/**
 * Writes a recording to the device piece by piece as it grows. What comes in one burst becomes one part.
 * Parts that find no room stay in memory (`spare`), so that filming goes on.
 */
export type PartWriter = {
  add: (bytes: Blob | Uint8Array<ArrayBuffer>) => void
  flush: () => Promise<void>
  spare: ReadonlyMap<string, Blob>
}

/** A burst has ended when nothing came for this long. */
const BURST_MS = 60

export function partWriter(
  cupboard: Cupboard,
  takeId: string,
  onPart: (index: number) => Promise<void>,
): PartWriter {
  const spare = new Map<string, Blob>()
  let pending: Blob[] = []
  let written = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  let count = 0
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    if (pending.length > 0) {
      const part = new Blob(pending)
      const index = count++
      pending = []
      written = written.then(() => keep(part, index))
    }
    return written
  }
  const keep = async (part: Blob, index: number): Promise<void> => {
    const name = partName(takeId, index)
    try {
      await cupboard.put(name, part)
      await onPart(index)
    } catch {
      spare.set(name, part)
    }
  }
  return {
    add: (bytes) => {
      pending.push(bytes instanceof Blob ? bytes : new Blob([bytes]))
      clearTimeout(timer)
      timer = setTimeout(() => void flush(), BURST_MS)
    },
    flush,
    spare,
  }
}
