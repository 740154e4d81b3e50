import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Identity } from './identity.ts'
import { PostgresProblem } from './problem.ts'

/** The system keeps about 104 bytes for a socket's path; `/.s.PGSQL.5432.lock` needs 19 of them. */
const MAX_SOCKET_DIR_BYTES = 80

/**
 * The folder for the socket: the data folder itself, or where that is too deep a short private one under
 * the temporary folder, always the same for the same data folder.
 */
export function socketDirFor(dataDir: string, identity: Identity): string {
  if (Buffer.byteLength(dataDir) <= MAX_SOCKET_DIR_BYTES) return dataDir
  const name = `chiron-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`
  const roomy = [tmpdir(), '/tmp'].find((parent) => parent.length + name.length < MAX_SOCKET_DIR_BYTES)
  const folder = path.join(roomy ?? '/tmp', name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  const mine = [process.getuid?.() ?? 0, identity.uid].includes(found.uid)
  if (!found.isDirectory() || !mine || (found.mode & 0o077) !== 0) {
    throw new PostgresProblem(
      'permission',
      `The database could not start: ${folder}, where its socket belongs, was made by somebody else. ` +
        'Remove it, or set CHIRON_HOME to a folder with a shorter name.',
    )
  }
  if (identity.uid !== undefined && found.uid !== identity.uid) chownSync(folder, identity.uid, identity.uid)
  return folder
}
