import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'

/** Wraps keys with the server's one secret (AES-256-GCM); whoever has only the database or only the disk reads nothing. */
export interface Secrets {
  wrap(key: Uint8Array): string
  unwrap(wrapped: string): Buffer
}

/** The secret comes from CHIRON_SECRET or lives in CHIRON_HOME/secret (made on first use, readable by the owner only). */
export async function openSecrets(home: string, given?: string): Promise<Secrets> {
  const secret = given ?? (await readOrMake(path.join(home, 'secret')))
  const master = Buffer.from(hkdfSync('sha256', secret, '', 'chiron key wrapping', 32))
  return {
    wrap(key) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', master, nonce)
      return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString(
        'base64url',
      )
    },
    unwrap(wrapped) {
      const bytes = Buffer.from(wrapped, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', master, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
    },
  }
}

async function readOrMake(file: string): Promise<string> {
  await fs.mkdir(path.dirname(file), { recursive: true })
  try {
    // `wx` so that two processes starting at once agree on one secret.
    await fs.writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
  return (await fs.readFile(file, 'utf8')).trim()
}

/** How tokens, codes and keys are kept: only their SHA-256 (they are long random strings, not passwords). */
export const secretHash = (secret: string): string => createHash('sha256').update(secret).digest('hex')
