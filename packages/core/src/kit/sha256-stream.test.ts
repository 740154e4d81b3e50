import { expect, test } from 'vitest'
import { sha256, sha256Stream, utf8 } from './index.ts'

test('KIT-3 bytes hashed piece by piece give the hash of the whole', () => {
  const whole = utf8('a take of four hours, in pieces of any size '.repeat(500))
  for (const size of [1, 63, 64, 65, 4_096]) {
    const stream = sha256Stream()
    for (let from = 0; from < whole.length; from += size) stream.add(whole.subarray(from, from + size))
    expect(stream.digest()).toEqual(sha256(whole))
  }
})
