import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Deps } from '../../platform/context.ts'

const scryptAsync = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt)
const SALT_BYTES = 16
const KEY_BYTES = 32
// 16 MB and some 50 ms a try.
const COST: ScryptOptions = { N: 2 ** 14, r: 8, p: 1 }

/** What is kept of a PIN: salted scrypt, wrapped by the server's secret, since six digits alone are soon tried out. */
export async function hashPin({ clock, secrets }: Deps, pin: string): Promise<string> {
  const salt = clock.randomBytes(SALT_BYTES)
  return secrets.wrap(Buffer.concat([salt, await scryptAsync(pin, salt, KEY_BYTES, COST)]))
}

/** Takes as long when there is nothing to compare with. */
export async function pinMatches({ secrets }: Deps, pin: string, hash: string | null): Promise<boolean> {
  const kept = hash === null ? Buffer.alloc(SALT_BYTES + KEY_BYTES) : secrets.unwrap(hash)
  const key = await scryptAsync(pin, kept.subarray(0, SALT_BYTES), KEY_BYTES, COST)
  return timingSafeEqual(key, kept.subarray(SALT_BYTES)) && hash !== null
}
