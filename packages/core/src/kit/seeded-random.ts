import { assert } from './assert.ts'
import { sha256 } from './hash.ts'

const WARM_UP_COUNT = 12
const MAX_RANGE = 2 ** 32

/** Repeatable dice: the same seed gives the same throws on every machine. Never for secrets. */
export type SeededRandom = {
  /** A number in [0, 1) with 53 random bits. */
  next(): number
  /** A whole number in [0, n), each equally likely; n from 1 to 2^32. */
  int(n: number): number
  /** A shuffled copy (Fisher and Yates). */
  shuffle<T>(array: readonly T[]): T[]
}

/** sfc32, "small fast counting", by Chris Doty-Humphrey (PractRand, public domain): a 32-bit throw a call. */
function sfc32(seed: Uint8Array): () => number {
  const view = new DataView(seed.buffer, seed.byteOffset, seed.byteLength)
  let a = view.getUint32(0)
  let b = view.getUint32(4)
  let c = view.getUint32(8)
  let counter = 1
  const throwDice = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < WARM_UP_COUNT; round++) throwDice()
  return throwDice
}

/** Dice from a seed. The number 7 and the text '7' are different seeds. */
export function seededRandom(seed: string | number): SeededRandom {
  const throwDice = sfc32(sha256(`${typeof seed}:${seed}`))

  const int = (n: number): number => {
    assert(Number.isInteger(n) && n >= 1 && n <= MAX_RANGE, 'int(n) needs a whole n from 1 to 2^32')
    const fairLimit = MAX_RANGE - (MAX_RANGE % n)
    let thrown = throwDice()
    while (thrown >= fairLimit) thrown = throwDice() // ends: more than half of all throws are fair
    return thrown % n
  }

  return {
    next: () => ((throwDice() >>> 5) * 2 ** 26 + (throwDice() >>> 6)) / 2 ** 53,
    int,
    shuffle: <T>(array: readonly T[]): T[] => {
      const copy = [...array]
      for (let last = copy.length - 1; last > 0; last--) {
        const other = int(last + 1)
        const kept = copy[last] as T
        copy[last] = copy[other] as T
        copy[other] = kept
      }
      return copy
    },
  }
}
