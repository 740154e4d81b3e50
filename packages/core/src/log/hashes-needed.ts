import { sortBy } from '../kit/index.ts'
import { emptyRoot, type HashAddress, type ReadHash } from './merkle.ts'

/**
 * The stored hashes that a call will read, by level and index, so that a caller can fetch them in one
 * query first: `hashesNeeded((read) => inclusionProof(index, size, read))`. Which ones are read
 * depends on sizes alone, never on what the hashes are.
 */
export function hashesNeeded(run: (readHash: ReadHash) => unknown): HashAddress[] {
  const seen = new Map<string, HashAddress>()
  run((level, index) => {
    seen.set(`${level}/${index}`, { level, index })
    return emptyRoot
  })
  return sortBy(
    [...seen.values()],
    (address) => address.level,
    (address) => address.index,
  )
}
